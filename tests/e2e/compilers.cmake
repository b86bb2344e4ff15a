# compilers.cmake - whose programs are tested: GORDIAN_GXX and GORDIAN_CLANGXX, and which of the two can do more.
find_program(GORDIAN_GXX g++ REQUIRED)
find_program(GORDIAN_CLANGXX clang++)
if(NOT GORDIAN_CLANGXX)
  message(WARNING "clang++ was not found: the end-to-end tests cover g++ only")
endif()

# Sets `variable` to the compiler where it makes a program of `text` with the flags that follow, else to nothing.
function(e2e_compiler_that_builds variable compiler text)
  set(${variable} "" PARENT_SCOPE)
  if(NOT compiler)
    return()
  endif()
  set(name "${CMAKE_CURRENT_BINARY_DIR}/${variable}")
  file(WRITE "${name}.cpp" "${text}\nint main() {}\n")
  execute_process(COMMAND "${compiler}" ${ARGN} "${name}.cpp" -o "${name}" RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    message(WARNING "${compiler} ${ARGN} does not build: ${text} The end-to-end tests do not cover it")
  else()
    set(${variable} "${compiler}" PARENT_SCOPE)
  endif()
endfunction()

e2e_compiler_that_builds(GORDIAN_LIBCXX_CLANGXX "${GORDIAN_CLANGXX}" "#include <memory>" -stdlib=libc++)
# What older compilers do otherwise is not tested with them (docs/machines.md).
function(e2e_version variable compiler)
  if(compiler)
    execute_process(COMMAND "${compiler}" -dumpversion OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE)
  endif()
  set(${variable} "${version}" PARENT_SCOPE)
endfunction()
e2e_version(GORDIAN_GXX_VERSION "${GORDIAN_GXX}")
e2e_version(GORDIAN_CLANGXX_VERSION "${GORDIAN_CLANGXX}")

# g++ 11's library has no atomic<shared_ptr>, clang++ 13 no coroutines for libstdc++.
set(modern "#include <coroutine>\n#include <atomic>\n#include <memory>\nstd::atomic<std::shared_ptr<int>> a;")
e2e_compiler_that_builds(GORDIAN_MODERN_GXX "${GORDIAN_GXX}" "${modern}" -std=c++2b)
e2e_compiler_that_builds(GORDIAN_MODERN_CLANGXX "${GORDIAN_CLANGXX}" "${modern}" -std=c++2b)
