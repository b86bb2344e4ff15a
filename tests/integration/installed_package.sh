#!/usr/bin/env bash
# installed_package.sh - a project outside of this tree uses gordian as it is installed, through
# CMake's find_package, through pkg-config and under gordian run, from a place it was moved to after installation.
#
# --as-needed is some distributions' default: the library must stay linked under it.
#
#   installed_package.sh BUILD_DIR CONSUMER_DIR C_COMPILER CXX_COMPILER
set -euo pipefail
build=$1 consumer=$2 cc=$3 cxx=$4
unset GORDIAN_OPTIONS GITHUB_ACTIONS

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "installed_package: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/first" >"$work/install.log" || { cat "$work/install.log"; exit 1; }
prefix=$work/moved
mv -- "$work/first" "$prefix"

# The command "$@" must end with status 23 and name its member, with the tool that lies beside the library.
check() {
  local status=0
  env PATH=/usr/bin:/bin "$@" 2>"$work/report.txt" || status=$?
  cat -- "$work/report.txt"
  [ "$status" -eq 23 ] || fail "$* ended with status $status, not 23"
  grep -q 'Obj::self' "$work/report.txt" || fail "the report of $* does not name Obj::self"
}

echo "== find_package"
cmake -S "$consumer" -B "$work/build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_EXE_LINKER_FLAGS=-Wl,--as-needed
cmake --build "$work/build"
check "$work/build/leaks"

echo "== pkg-config"
pc=$(find "$prefix" -name gordian.pc)
[ -n "$pc" ] || fail "gordian.pc was not installed"
export PKG_CONFIG_PATH=${pc%/*}
read -ra cflags <<<"$(pkg-config --cflags gordian)"
read -ra libs <<<"$(pkg-config --libs gordian)"
libdir=$(pkg-config --variable=libdir gordian)
"$cc" -g "${cflags[@]}" -c "$consumer/asks.c" -o "$work/asks.o"
"$cxx" -std=c++17 -g "${cflags[@]}" -Wl,--as-needed "$consumer/leaks.cpp" "$work/asks.o" \
  "${libs[@]}" "-Wl,-rpath,$libdir" -o "$work/leaks"
check "$work/leaks"

echo "== with -DGORDIAN_OFF nothing of the calls is left"
"$cc" -DGORDIAN_OFF "-I$prefix/include" -c "$consumer/asks.c" -o "$work/off.o"
if nm --undefined-only "$work/off.o" | grep gordian_; then fail "asks.c refers to gordian though it is off"; fi
nm --undefined-only "$work/asks.o" | grep -q gordian_ || fail "asks.c asks nothing"

echo "== gordian run, without the files for development"
"$cxx" -std=c++17 -g "$consumer/plain.cpp" -o "$work/plain"
find "$prefix" -name libgordian.so -delete
check "$prefix/bin/gordian" run -- "$work/plain"

echo "== nothing refers to the place it was built or first installed in"
for file in "$pc" "$(find "$prefix" -name 'gordian-targets*.cmake' | head -n 1)"; do
  if grep -nF -e "$build" -e "$work/first" "$file"; then fail "$file is not relocatable"; fi
done
