#!/usr/bin/env bash
# quick_start.sh - what docs/quick-start.md tells to write is built with the installed gordian, as it tells to build it; each
# test fails, and what the page shows is a part of what is printed. Mended as it says at its end, the same programs pass.
#
#   quick_start.sh BUILD_DIR PAGE CXX_COMPILER
set -euo pipefail
build=$(realpath "$1") page=$(realpath "$2") cxx=$3
unset GORDIAN_OPTIONS GITHUB_ACTIONS CMAKE_PREFIX_PATH

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "quick_start: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/prefix" >"$work/install.log" || { cat "$work/install.log"; exit 1; }

# The block number $3 (from 1) of those in language $2 ("" where none is named) in the part of the page with heading $1.
block() {
  awk -v heading="## $1" -v fence="\`\`\`$2" -v wanted="$3" '
    /^## / { here = $0 == heading }
    !here { next }
    inside && /^```/ { inside = 0; printing = 0; next }
    !inside && /^```/ { inside = 1; printing = $0 == fence && ++seen == wanted; next }
    printing' "$page"
}

# What differs from run to run: process ids, times, colours.
plain() { sed -E 's/\x1b\[[0-9;]*m//g; s/pid [0-9]+/pid PID/; s/ \([0-9]+ ms\)//'; }

# That each line of the text $1, but "...", is a part of a line that the file $2 has.
expect_shown() {
  local line
  [ -n "$1" ] || fail "found nothing that is shown"
  while IFS= read -r line; do
    [ "$line" = "..." ] || grep -qF -- "$line" <(plain <"$2") || { cat "$2"; fail "this is shown, and not printed: $line"; }
  done < <(plain <<<"$1")
}

# Runs the rest, expects status $1 of it, and leaves what it prints in $work/output.
expect_status() {
  local wanted=$1 status=0
  shift
  "$@" >"$work/output" 2>&1 || status=$?
  [ "$status" -eq "$wanted" ] || { cat "$work/output"; fail "$*: status $status, not $wanted"; }
}

# The project in the part $1 of the page: it is built, fails with status $2, and prints what the page shows.
follow() {
  local part=$1 status=$2 shown project=$work/$1
  echo "== $part"
  mkdir -p "$project"
  block "The code under test" cpp 1 >"$project/family.hpp"
  block "$part" cpp 1 >"$project/tests.cpp"
  block "$part" cmake 1 >"$project/CMakeLists.txt"
  shown=$(block "$part" "" 1)
  cmake -S "$project" -B "$project/build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_CXX_COMPILER="$cxx" >"$work/log" 2>&1 && cmake --build "$project/build" >>"$work/log" 2>&1 || { cat "$work/log"; fail "$part"; }
  cd "$project"
  expect_status "$status" build/tests
  [ "$part" = "A plain program" ] || expect_shown "$shown" "$work/output"
  grep -q "cut Child::parent" "$work/output" || { cat "$work/output"; fail "$part does not say what to cut"; }
}

follow "Catch2" 1
follow "GoogleTest" 1
follow "doctest" 1
follow "Boost.Test" 201
follow "A plain program" 23

echo "== A program as it is"
cd "$work/A plain program"
"$cxx" -g tests.cpp -o tests
expect_status 23 "$work/prefix/bin/gordian" run -- ./tests
expect_shown "$(block "A program as it is" "" 2)" "$work/output"

echo "== Mend it"
mended=$(block "Mend it" cpp 1)
for part in GoogleTest "A plain program"; do
  cd "$work/$part"
  sed -i "s/^struct Child {.*/$mended/" family.hpp
  grep -qxF -- "$mended" family.hpp || fail "family.hpp has nothing to mend"
  cmake --build build >"$work/log" 2>&1 || { cat "$work/log"; fail "what is mended does not compile"; }
  expect_status 0 build/tests
  ! grep -q gordian "$work/output" || { cat "$work/output"; fail "gordian has something to say of $part"; }
done
"$cxx" -g tests.cpp -o tests
expect_status 0 "$work/prefix/bin/gordian" run -- ./tests
[ ! -s "$work/output" ] || { cat "$work/output"; fail "gordian run has something to say"; }
