#!/usr/bin/env bash
# debian_programs.sh - a program of Debian's does the same under `gordian run` as without it, and
# gordian reports of it what the table says.
#
#   debian_programs.sh GORDIAN TABLE NAME
#   debian_programs.sh --measure GORDIAN TABLE [NAME...]    prints what it costs, as rows of Markdown
#
# Compared are stdout, stderr, the exit status and every file that it leaves in its directory. Nothing is
# skipped: a program that is missing is a failure that names the package to install.
#
# Measured are medians of three runs, plain and under gordian by turns: seconds of wall time, seconds of all processors,
# and MB of the largest process. The tool that gordian starts at the end is one of the processes; its own MB come last.
# Needs the package time.
set -euo pipefail
measure=0
if [ "$1" = --measure ]; then
  measure=1
  shift
fi
gordian=$(realpath -- "$1") table=$2
shift 2
unset GORDIAN_OPTIONS GITHUB_ACTIONS
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1000000000 QT_QPA_PLATFORM=offscreen
PATH=$PATH:/usr/sbin:/usr/games

# A server gives up root's rights and still has to write its report.
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/reports"
chmod 755 "$work"
chmod 777 "$work/reports"

fail() { echo "$name: $*" >&2; exit 1; }

read_row() {
  local row rest finds words i
  name=$1
  row=$(grep -E "^$name +\|" "$table") || fail "$table has no such row"
  IFS='|' read -r _ package finds rest <<<"$row"
  command=${rest##*| }
  mask=${rest%| "$command"}
  package=${package// /}
  read -r cycles orphans processes <<<"$finds"

  # In front of the program: env and its words.
  eval "words=($command)"
  before=()
  program=("${words[@]}")
  for ((i = 0; i < ${#words[@]}; ++i)); do
    if [[ "${words[0]}" == env && "${words[i]}" == -- ]]; then
      before=("${words[@]:0:i}")
      program=("${words[@]:i + 1}")
      break
    fi
  done
  command -v "${program[0]}" >/dev/null || fail "${program[0]} is missing: install the Debian package $package"
}

# Runs "$@" in a directory and with a home that are called the same each time; the directory holds the table's files
# and what inputs.py, where there is one, makes for this row.
run_as() {
  local as=$1 status=0
  shift
  if [ ! -e "$work/input" ]; then
    cp -r -- "${table%/*}" "$work/run"
    [ ! -e "$work/run/inputs.py" ] || (cd -- "$work/run" && ./inputs.py "$name") >&2 || fail "its input cannot be made"
    mv -- "$work/run" "$work/input"
  fi
  rm -rf -- "$work/home" "$work/$as.files"
  mkdir "$work/home"
  cp -a -- "$work/input" "$work/run"
  (cd -- "$work/run" && HOME=$work/home "$@") </dev/null >"$work/$as.raw.out" 2>"$work/$as.raw.err" || status=$?
  echo "$status" >"$work/$as.status"
  for stream in out err; do sed -E "$mask" "$work/$as.raw.$stream" >"$work/$as.$stream"; done
  mv -- "$work/run" "$work/$as.files"
}

run_plain() { run_as plain "${before[@]}" "${program[@]}"; }

# With the option --follow or without.
run_under() {
  rm -f -- "$work"/reports/*
  run_as under "${before[@]}" "$gordian" run "$@" --text="$work/reports/%p.txt" --json="$work/reports/%p.json" -- "${program[@]}"
}

same() { diff -r "$work/plain.$1" "$work/under.$1" >&2 || fail "$2 differs under gordian run $how"; }
number_of() { sed -nE "s/^ *\"$1\": ([0-9]+),?$/\1/p" "$work/sum.json" | head -n 1; }
check_number() { [ "$2" = - ] || [ "$(number_of "$1")" = "$2" ] || fail "gordian reports $(number_of "$1") $1, not $2, $how"; }

compare() {
  local reports expected
  how=$*
  # The mask holds for text files, too, but not in megabytes of what is the same anyway.
  { diff -rq "$work/plain.files" "$work/under.files" || true; } | sed -nE 's/^Files (.*) and (.*) differ$/\1\n\2/p' |
    while read -r file; do ! grep -Iq . "$file" || sed -Ei "$mask" "$file"; done
  same out "standard output"
  same err "standard error"
  same files "a file that it leaves"
  reports=("$work"/reports/*.json)
  if [ "$cycles" = none ]; then
    [ ! -e "${reports[0]}" ] || fail "gordian has reported"
    [ "$(<"$work/under.status")" -eq 0 ] || fail "it ended with $(<"$work/under.status")"
    return
  fi
  [ -s "${reports[0]}" ] || fail "gordian has not reported $how: does the program end through _exit()?"
  "$gordian" merge --json="$work/sum.json" -- "${reports[@]}" >/dev/null
  cat -- "$work"/reports/*.txt
  check_number cycles "$cycles"
  check_number orphans "$orphans"
  [ -z "$how" ] || [ "${#reports[@]}" -ge "$processes" ] || fail "${#reports[@]} processes reported, not $processes"
  expected=0
  [ "$cycles" = 0 ] || expected=23
  [ "$(<"$work/under.status")" -eq "$expected" ] || fail "it ended with $(<"$work/under.status"), not $expected $how"
}

# Seconds by the clock, of all processors, KB of the largest process, KB of the largest tool or 0.
timed() {
  local as=$1
  shift
  rm -f -- "$work"/reports/*
  run_as "$as" /usr/bin/time -q -o "$work/time" -f '%e %U %S %M' "$@"
  case $(<"$work/$as.status") in
    0) ;;
    23) [ "$as" = under ] ;;
    *) false ;;
  esac || fail "it ended with $(<"$work/$as.status")"
  echo "$(tail -n 1 "$work/time") $(cat "$work/reports/tool" 2>/dev/null | sort -n | tail -n 1)" |
    awk '{ printf "%s %.2f %d %d\n", $1, $2 + $3, $4, $5 }' >>"$work/$as.times"
}

median() { cut -d ' ' -f "$2" "$work/$1.times" | sort -n | sed -n 2p; }

measured_row() {
  rm -rf -- "$work/input" "$work"/*.times
  for _ in 1 2 3; do
    timed plain "${before[@]}" "${program[@]}"
    timed under "${before[@]}" "$gordian" run --tool="$work/tool" -- "${program[@]}"
  done
  echo "$name $(median plain 1) $(median under 1) $(median plain 2) $(median under 2) $(median plain 3) $(median under 3) $(median under 4)" |
    awk '{ printf "| %s | %.2f | %.2f | %.1f | %.2f | %.2f | %.1f | %.0f | %.0f | %.1f | %s |\n", $1, $2, $3, $3 / ($2 + 0.001), $4, $5,
           $5 / ($4 + 0.001), $6 / 1024, $7 / 1024, $7 / $6, $8 ? sprintf("%.0f", $8 / 1024) : "" }'
}

if [ "$measure" = 1 ]; then
  [ $# -gt 0 ] || set -- $(sed -nE 's/^([a-z][a-z0-9_]*) +\|.*/\1/p' "$table")
  printf '#!/bin/sh\nexec /usr/bin/time -q -a -o %s -f %%M %s "$@"\n' "$work/reports/tool" "$gordian" >"$work/tool"
  chmod 755 "$work/tool"
  echo '| Program | s | s under gordian | ratio | s of processors | under gordian | ratio | MB | MB under gordian | ratio | MB of the tool |'
  echo '|---|---|---|---|---|---|---|---|---|---|---|'
  for name in "$@"; do
    read_row "$name"
    measured_row
  done
else
    read_row "$1"
    run_plain
    [ "$(<"$work/plain.status")" -eq 0 ] || { cat -- "$work/plain.raw.err" >&2; fail "it fails without gordian"; }
    run_under
    compare
    if [ -n "$processes" ]; then
      run_under --follow
      compare --follow
    fi
fi
