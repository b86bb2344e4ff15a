#!/usr/bin/env bash
# refused_machines.sh - where gordian cannot work, configuring it ends with a sentence that says so.
#
#   refused_machines.sh SOURCE CLANGXX
#
# clang++ compiles for every machine; objects are enough for what is asked before the end.
set -euo pipefail
source=$1 clangxx=$2
clang=${clangxx/clang++/clang}

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
unset CFLAGS CXXFLAGS LDFLAGS

# Configures for the processor $1, the compilers' target $2 with the flags $3; the message must have $4.
refused() {
  local processor=$1 target=$2 flags=$3 words=$4 said
  rm -rf -- "$work/build"
  if cmake -S "$source" -B "$work/build" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="$processor" \
      -DCMAKE_C_COMPILER="$clang" -DCMAKE_CXX_COMPILER="$clangxx" \
      -DCMAKE_C_COMPILER_TARGET="$target" -DCMAKE_CXX_COMPILER_TARGET="$target" \
      -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" \
      -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY >"$work/out" 2>&1; then
    echo "configured for $target:" >&2
    cat -- "$work/out" >&2
    exit 1
  fi
  said=$(tr -s ' \n' ' ' <"$work/out")  # CMake breaks lines
  [[ "$said" == *"$words"* ]] || { echo "for $target nothing says: $words" >&2; cat -- "$work/out" >&2; exit 1; }
}

only="gordian works on 64-bit little-endian Linux on x86_64 and aarch64; this is Linux on"
refused x86_64 i686-linux-gnu "" "$only x86_64, 32-bit, LITTLE_ENDIAN"
refused x86_64 x86_64-linux-gnux32 "" "$only x86_64, 32-bit, LITTLE_ENDIAN"
refused armv7l armv7-linux-gnueabihf "" "$only armv7l, 32-bit, LITTLE_ENDIAN"
refused s390x s390x-linux-gnu "" "$only s390x, 64-bit, BIG_ENDIAN"
refused aarch64 aarch64_be-linux-gnu "" "$only aarch64, 64-bit, BIG_ENDIAN"
refused riscv64 riscv64-linux-gnu "" "$only riscv64, 64-bit, LITTLE_ENDIAN"

# A C library without what is asked for, as musl is: headers of our own stand for it.
mkdir -p -- "$work/libc"
echo '/* dlfcn.h of a library that has dlopen() */ void *dlopen(const char *, int);' >"$work/libc/dlfcn.h"
refused x86_64 x86_64-linux-gnu "-nostdinc -isystem $work/libc" "gordian needs the GNU C library, 2.35 or newer"
