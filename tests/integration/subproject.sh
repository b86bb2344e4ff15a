#!/usr/bin/env bash
# subproject.sh - a project that builds gordian as a part of itself keeps what is its own: its build type, its tests, what it
# installs, where its programs go, its flags.
#
#   subproject.sh SOURCE_DIR CXX_COMPILER            looks at what would be built
#   subproject.sh SOURCE_DIR CXX_COMPILER --build    builds it and runs its tests; takes minutes
set -euo pipefail
source=$1
export CXX=$2
unset GORDIAN_OPTIONS GITHUB_ACTIONS CMAKE_BUILD_TYPE

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "subproject: $*" >&2; exit 1; }

configure() {
  local place=$1
  shift
  cmake -S "$source/tests/integration/subproject" -B "$place" -G "${generator:-Ninja}" "-DGORDIAN_SOURCE=$source" "$@" >"$work/log" 2>&1 ||
    { cat "$work/log"; fail "it was not configured"; }
}

look_at() {
  local place=$1 tests
  grep -qx 'CMAKE_BUILD_TYPE:STRING=' "$place/CMakeCache.txt" || fail "the outer build type is no longer empty"
  tests=$(ctest --test-dir "$place" -N | sed -n 's/^ *Test *#[0-9]*: //p' | sort | tr '\n' ' ')
  [ "$tests" = "clean_test gordian.clear_reports gordian.merge_reports leaks_test unlinked_test " ] || fail "its tests are $tests"
  ! grep -rqE 'libgordian|bin/gordian' --include=cmake_install.cmake "$place" || fail "gordian would be installed"
  # Commands: what a program that links the runtime needs has the tool in it, where the runtime looks for it.
  ninja -C "$place" -t commands leaks_test >"$work/commands"
  grep -qE -- '-o (gordian|_deps/gordian-build)/bin/gordian ' "$work/commands" || fail "the tool is not built with the runtime"
  grep -qE -- '-o (gordian|_deps/gordian-build)/lib/libgordian.so' "$work/commands" || fail "the runtime is not beside the tool"
  grep -qE -- '-o leaks_test ' "$work/commands" || fail "the outer programs were moved"
  ! grep -q -- '-Werror' "$work/commands" || fail "warnings are errors"
  grep 'live.cpp.o -c' "$work/commands" | grep -q -- '-O2' || fail "the runtime is not optimised"
  # What runs before any sanitizer does has none, whatever the outer flags are.
  grep 'live.cpp.o -c' "$work/commands" | grep -q -- '-fsanitize=address.* -fno-sanitize=all' || fail "the runtime has a sanitizer"
  grep 'leaks_test.cpp.o -c' "$work/commands" | grep -q -- '-include gordian/shim.hpp' || fail "the shim is not included"
  ! grep 'leaks_test.cpp.o -c' "$work/commands" | grep -q -- '-O2\|-Wconversion\|-std=c++20\|-fno-' || fail "flags leak out"
}

if [ "${3-}" != --build ]; then
  for fetch in OFF ON; do
    echo "== WITH_FETCH_CONTENT=$fetch"
    configure "$work/build-$fetch" -DWITH_FETCH_CONTENT=$fetch -DCMAKE_CXX_FLAGS=-fsanitize=address
    look_at "$work/build-$fetch"
  done
  echo "== several configurations"
  generator="Ninja Multi-Config" configure "$work/several"
  ninja -C "$work/several" -f build-Debug.ninja -t commands leaks_test:Debug >"$work/commands"
  for part in bin/gordian lib/libgordian.so; do
    grep -qE -- "-o gordian/Debug/$part" "$work/commands" || fail "there is no Debug/$part"
  done
  exit
fi

configure "$work/build" -DWITH_FETCH_CONTENT=ON
cmake --build "$work/build" --parallel "${GORDIAN_JOBS:-$(nproc)}" --target leaks_test clean_test unlinked_test
status=0
ctest --test-dir "$work/build" >"$work/log" 2>&1 || status=$?
cat "$work/log"
[ "$status" -eq 8 ] || fail "ctest ended with $status"
grep -q 'clean_test .*Passed' "$work/log" || fail "clean_test did not pass"
grep -q 'leaks_test .*Failed' "$work/log" || fail "leaks_test did not fail"
grep -q 'unlinked_test .*Failed' "$work/log" || fail "unlinked_test did not fail"
grep -q 'tests="3" failures="2"' "$work/build/gordian-reports/all.junit.xml" || fail "the merged report is not theirs"
