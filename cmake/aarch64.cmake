# aarch64.cmake - builds for aarch64 on another machine, with Debian's cross compiler, and runs what it builds by qemu.
#
# Headers, libraries and the compilers of test programs come from .cache/aarch64, which `scripts/setup aarch64` makes.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH gordian_root)
set(gordian_aarch64 "${gordian_root}/.cache/aarch64")

set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_SYSROOT "${gordian_aarch64}/root")
foreach(what IN ITEMS GORDIAN_ GORDIAN_FIXTURE_)
  set(${what}GXX "${gordian_aarch64}/bin/g++" CACHE FILEPATH "")
  set(${what}CLANGXX "${gordian_aarch64}/bin/clang++" CACHE FILEPATH "")
endforeach()
set(GORDIAN_VALGRIND NO CACHE FILEPATH "Valgrind runs no code for another machine")

set(CMAKE_FIND_ROOT_PATH "${CMAKE_SYSROOT}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${CMAKE_SYSROOT}")
set(ENV{PKG_CONFIG_LIBDIR} "${CMAKE_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${CMAKE_SYSROOT}/usr/share/pkgconfig")

# Linked statically, qemu is no program that LD_PRELOAD is meant for.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L "${CMAKE_SYSROOT}")
