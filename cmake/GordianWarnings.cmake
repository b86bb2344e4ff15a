# The compile options every target of ours shares.
function(gordian_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion)
  if(GORDIAN_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  gordian_cover(${target})
endfunction()

# Counts which lines run (scripts/coverage), in a file that is mapped into the process: what ends through _exit() or a
# signal has been counted, too, and nothing allocates in the runtime's hooks or at exit.
function(gordian_cover target)
  if(NOT GORDIAN_COVERAGE)
    return()
  endif()
  target_compile_options(${target} PRIVATE
    "-fprofile-instr-generate=${PROJECT_BINARY_DIR}/profiles/%m%c.profraw" -fcoverage-mapping
    "SHELL:-mllvm -runtime-counter-relocation")
  target_link_options(${target} PRIVATE -fprofile-instr-generate)
endfunction()

# A layer of the tool: a static library that the layers below it and the tests link.
function(gordian_layer target)
  add_library(${target} STATIC ${ARGN})
  gordian_warnings(${target})
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/tool" "${PROJECT_SOURCE_DIR}")
  gordian_sanitize(${target})
  gordian_compile_together(${target})
  # Counters that tests/fuzz steers by: of each function, which costs a build nothing; for long runs of each branch, and the
  # values that are compared, which would cost a fifth of it.
  if(GORDIAN_BUILD_FUZZERS AND GORDIAN_TEST_SOAK)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  elseif(GORDIAN_BUILD_FUZZERS)
    target_compile_options(${target} PRIVATE -fsanitize-coverage=func,inline-8bit-counters,pc-table)
  endif()
endfunction()

# Files are compiled sixteen at a time: most of the time goes to headers, and to what these make. -DCMAKE_UNITY_BUILD=OFF
# compiles each alone, and tells what it fails to include.
function(gordian_compile_together target)
  if(NOT DEFINED CMAKE_UNITY_BUILD)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON)
    if(NOT DEFINED CMAKE_UNITY_BUILD_BATCH_SIZE)
      set_target_properties(${target} PROPERTIES UNITY_BUILD_BATCH_SIZE 16)
    endif()
  endif()
endfunction()

# Linked by lld, where it is there: with all that sanitizers add the usual linker takes three times as long.
find_program(GORDIAN_LLD ld.lld)
function(gordian_sanitize target)
  if(GORDIAN_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${GORDIAN_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${GORDIAN_SANITIZE} "$<$<BOOL:${GORDIAN_LLD}>:-fuse-ld=lld>")
  endif()
endfunction()

# What a test program spends its time on is in the layers: it is not optimised itself.
function(gordian_test_options name)
  gordian_warnings(${name})
  gordian_sanitize(${name})
  target_compile_options(${name} PRIVATE -O0 -g1)
endfunction()
