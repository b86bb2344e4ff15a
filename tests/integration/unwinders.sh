#!/usr/bin/env bash
# unwinders.sh - in real programs, stacks by the unwind tables are those of the C++ runtime's unwinder, frame for frame.
#
#   unwinders.sh GORDIAN SOURCE_DIR
#
# Runs the compilers and CMake on the project's own code, and other programs that a build has anyway, with every
# stack captured in both ways. A difference is a fault of gordian's, which aborts. In all there must be
# half a million comparisons, or the test has tested nothing.
set -euo pipefail
gordian=$1
source_dir=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
compared=0
depth=32
status=0

# The program, its exit status and how often it was compared; children are compared, too.
compare() {
  local expected=0 got=0 count
  "$@" >/dev/null 2>&1 </dev/null || expected=$?
  "$gordian" run --follow --unwinder=both --depth="$depth" --abort --verbosity=1 --exitcode=0 -- "$@" \
    >/dev/null 2>"$scratch/said" </dev/null || got=$?
  count=$(sed -n 's/.*Boost.Stacktrace, \([0-9]*\) compared$/\1/p' "$scratch/said" |
    awk '{ n += $1 } END { print n + 0 }')
  printf '%9d compared: %s\n' "$count" "$*"
  compared=$((compared + count))
  if [ "$got" != "$expected" ] || grep -q "fault of gordian" "$scratch/said"; then
    printf 'unwinders: status %s, expected %s; said:\n%s\n' "$got" "$expected" "$(tail -5 "$scratch/said")"
    status=1
  fi
}

programs=$source_dir/tests/e2e/programs
compare g++ -std=c++17 -O1 -g -c "$programs/captures.cpp" -o "$scratch/g.o"
command -v clang++ >/dev/null && compare clang++ -std=c++17 -O1 -g -c "$programs/ring.cpp" -o "$scratch/clang.o"
compare g++ -pthread "$scratch/g.o" -o "$scratch/program"
for depth in 1 58 59 256 32; do compare "$scratch/program"; done
compare cmake -S "$source_dir/samples" -B "$scratch/build" -G Ninja
compare perl -e 'my %seen; $seen{$_ % 97} .= $_ for 1 .. 20000; print scalar keys %seen'
compare bash -c 'for i in {1..20}; do x=$(printf %d "$i"); done'
compare readelf -W --debug-dump=frames "$scratch/program"
[ "$compared" -ge 500000 ] || { echo "unwinders: $compared stacks were compared in all, too few"; status=1; }
exit "$status"
