#!/usr/bin/env bash
# instructions.sh - what an allocation costs with gordian, in instructions: a number that no busy machine changes.
#
#   instructions.sh LIBRARY REPEATED_CALLS
#
# Callgrind counts the instructions of the program at two lengths; the difference is that of the calls. From that is
# taken what the calls cost without gordian. Each may grow by a fifth; who makes one cheaper writes the new number here.
set -euo pipefail
library=$1
program=$2
status=0

# Instructions of the program in mode $1 with $2 calls, with the library $3 preloaded.
instructions() {
  LD_PRELOAD=$3 GORDIAN_OPTIONS=check_at_exit=0 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$program" "$1" "$2" 2>&1 | awk '/Collected/ { print $4 }'
}
each() { echo $((($(instructions "$1" 3000 "$2") - $(instructions "$1" 1000 "$2")) / 2000)); }

expect() {
  local mode=$1 expected=$2 cost
  cost=$(($(each "$mode" "$library") - $(each "$mode" "")))
  printf '%s: %d instructions, expected %d\n' "$mode" "$cost" "$expected"
  if ((cost > expected * 6 / 5)); then
    echo "instructions: $mode has become dearer"
    status=1
  elif ((cost < expected * 4 / 5)); then
    echo "instructions: $mode has become cheaper: write the new number into instructions.sh"
    status=1
  fi
}

expect linked 77
expect same 441
expect moving 1154
exit "$status"
