#!/usr/bin/env bash
# api_reference.sh - Doxygen makes a reference of the public headers without a warning, it has every function of gordian.h with
# its description, and a function without one is an error.
#
#   api_reference.sh DOXYGEN DOXYFILE HEADERS
set -euo pipefail
doxygen=$1 doxyfile=$2 headers=$3
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "api_reference: $*" >&2; exit 1; }

# Makes the reference of the headers in $1 in $2.
make_reference() { { cat -- "$doxyfile"; printf 'INPUT = %s\nOUTPUT_DIRECTORY = %s\n' "$1" "$2"; } | "$doxygen" - >"$work/log" 2>&1; }

make_reference "$headers" "$work/whole" || fail "there are warnings: $(cat "$work/log")"
functions=$(sed -nE 's/^(GORDIAN_ADDRESS_ONLY )?static inline .*\b(gordian_[a-z_]+)\(.*/\2/p' "$headers/gordian.h")
[ -n "$functions" ] || fail "found no function in gordian.h"
page=$work/whole/html/gordian_8h.html
for function in $functions; do
  grep -q "memtitle.*$function()" "$page" || fail "$function is not described in $page"
done
for words in "Other threads are paused" "It must stay readable" "what a program can ask"; do
  grep -q "$words" "$page" || fail "gordian.h says '$words', the reference does not"
done
! grep -q gordian_runtime_check "$page" || fail "the reference has what nobody is to call"

# Its twin.
cp -r -- "$headers" "$work/headers"
sed -i 's,^/\* Takes gordian_counted() back\. \*/$,,' "$work/headers/gordian.h"
! cmp -s "$headers/gordian.h" "$work/headers/gordian.h" || fail "gordian.h has no comment to take out"
if make_reference "$work/headers" "$work/twin"; then fail "a function without a description is no error"; fi
grep -q 'gordian_uncounted.*is not documented' "$work/log" || fail "it is not the function that is told: $(cat "$work/log")"
