#!/bin/sh
# run.sh PROGRAM FAILED CORPUS SEEDS [OPTION...] - fuzzes, beginning with what is in the folders CORPUS and SEEDS, where they are.
#
# libFuzzer writes what it finds new into the first folder that it is given: one that is gone afterwards, so that each run
# begins alike. Input that fails is kept as FAILED... The whole run may take 1 GB, and no one allocation 128 MB:
# no reader of a few kilobytes has a use for more, unless it believes a length.
# An input may take a minute, which on a busy machine says little: it is for what never ends.
# Entropic scheduling is off: its books, of ten thousands of features an input, took nine tenths of the time.
set -eu
program=$1 failed=$2 corpus=$3 seeds=$4
shift 4
[ -d "$corpus" ] || corpus=
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export ASAN_OPTIONS="quarantine_size_mb=32${ASAN_OPTIONS:+:$ASAN_OPTIONS}"  # of which memory is to speak: not of what was freed
"$program" -timeout=60 -rss_limit_mb=1024 -malloc_limit_mb=128 -artifact_prefix="$failed" -print_final_stats=1 -entropic=0 \
  "$@" "$scratch" ${corpus:+"$corpus"} ${seeds:+"$seeds"}
