#!/usr/bin/env bash
# memory.sh - what gordian takes of a program's memory grows with what is alive, not with what was allocated.
#
#   memory.sh GORDIAN REPEATED_CALLS
set -euo pipefail
gordian=$1
program=$2

# KiB of all that gordian says it has, after the program has made $2 calls in mode $1.
memory() {
  "$gordian" run --verbosity=1 -- "$program" "$1" "$2" 2>&1 |
    awk '/memory in KiB: / { sub(/.*memory in KiB: /, ""); gsub(/[^0-9]+/, " "); for (i = 1; i <= NF; ++i) sum += $i; print sum }'
}

for mode in same moving; do
  few=$(memory "$mode" 20000)
  many=$(memory "$mode" 2000000)
  echo "$mode: $few KiB, after a hundred times the calls $many KiB"
  # Where the heap begins differs from run to run, and with it how many pages of the tables its blocks touch.
  ((few > 0 && many <= few + 64)) || { echo "memory: it grows with what was allocated"; exit 1; }
done
