#!/usr/bin/env bash
# debian_programs.sh - a program of Debian's does the same under `gordian run` as without it, and
# gordian reports of it what the table says.
#
#   debian_programs.sh GORDIAN TABLE NAME
#
# Compared are stdout, stderr, the exit status and every file that it leaves in its directory. Nothing is
# skipped: a program that is missing is a failure that names the package to install.
set -euo pipefail
gordian=$1 table=$2 name=$3
unset GORDIAN_OPTIONS GITHUB_ACTIONS
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1000000000 QT_QPA_PLATFORM=offscreen

fail() { echo "$name: $*" >&2; exit 1; }

row=$(grep -E "^$name +\|" "$table") || fail "$table has no such row"
IFS='|' read -r _ package finds rest <<<"$row"
command=${rest##*| }
mask=${rest%| "$command"}
package=${package// /}
read -r cycles orphans <<<"$finds"

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
PATH=$PATH:/usr/sbin:/usr/games
command -v "${program[0]}" >/dev/null || fail "${program[0]} is missing: install the Debian package $package"

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# Runs "$@" in a directory and with a home that are called the same each time; the directory holds the table's files.
run_as() {
  local as=$1 status=0
  shift
  rm -rf -- "$work/home"
  mkdir "$work/run" "$work/home"
  cp -r -- "${table%/*}"/. "$work/run"
  (cd -- "$work/run" && HOME=$work/home "$@") </dev/null >"$work/$as.raw.out" 2>"$work/$as.raw.err" || status=$?
  echo "$status" >"$work/$as.status"
  for stream in out err; do sed -E "$mask" "$work/$as.raw.$stream" >"$work/$as.$stream"; done
  mv -- "$work/run" "$work/$as.files"
}

run_as plain "${before[@]}" "${program[@]}"
run_as under "${before[@]}" "$gordian" run --text="$work/report.txt" --json="$work/report.json" -- "${program[@]}"

same() { diff -r "$work/plain.$1" "$work/under.$1" >&2 || fail "$2 differs under gordian run"; }
same out "standard output"
same err "standard error"
same files "a file that it leaves"

[ -s "$work/report.json" ] || fail "gordian has not reported: does the program end through _exit()?"
number_of() { sed -nE "s/^ *\"$1\": ([0-9]+),?$/\1/p" "$work/report.json" | head -n 1; }
cat -- "$work/report.txt"
check_number() { [ "$2" = - ] || [ "$(number_of "$1")" = "$2" ] || fail "gordian reports $(number_of "$1") $1, not $2"; }
check_number cycles "$cycles"
check_number orphans "$orphans"

expected=$(<"$work/plain.status")
[ "$expected" -ne 0 ] || [ "$cycles" -eq 0 ] || expected=23
[ "$(<"$work/under.status")" -eq "$expected" ] || fail "it ended with $(<"$work/under.status"), not $expected"
