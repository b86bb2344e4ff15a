# cases.cmake - what no single program can say of itself: test cases that run several, or one in several ways.
# They are one program, as most of its build is Catch2's header; each file of cases is one test, e2e.NAME.
set(e2e_case_files options faults determinism run stripped compare accept terminal whole_heap requests allocators pressure
  processes files privileges modules ${e2e_sanitizers})
list(TRANSFORM e2e_case_files PREPEND test_ OUTPUT_VARIABLE e2e_case_sources)
list(TRANSFORM e2e_case_sources APPEND .cpp)
add_executable(e2e_cases ${e2e_case_sources})
gordian_catch_test(e2e_cases)
gordian_compile_together(e2e_cases)
target_link_libraries(e2e_cases PRIVATE gordian_e2e)
target_include_directories(e2e_cases PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(e2e_cases PRIVATE
  GORDIAN_E2E_BIN="${CMAKE_CURRENT_BINARY_DIR}/bin"
  GORDIAN_MACHINE="${GORDIAN_MACHINE}"
  GORDIAN_TOOL="$<TARGET_FILE:gordian>"
  GORDIAN_RUNTIME="$<TARGET_FILE:gordian_runtime>"
  GORDIAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  GORDIAN_STRIP="${CMAKE_STRIP}"
  GORDIAN_OPTIONS_INC="${PROJECT_SOURCE_DIR}/runtime/options.inc"
  GORDIAN_JEMALLOC="${GORDIAN_JEMALLOC}"
  GORDIAN_TCMALLOC="${GORDIAN_TCMALLOC}"
  GORDIAN_MIMALLOC="${GORDIAN_MIMALLOC}"
  GORDIAN_TBBMALLOC="${GORDIAN_TBBMALLOC}")

# Catch2 gives each case its file as a tag; that none has the tags asked for is a failure.
set(e2e_run_cases e2e_cases --filenames-as-tags --warn NoTests)
foreach(file IN LISTS e2e_case_files)
  set(tags "[#test_${file}]~[.]")
  if(GORDIAN_COVERAGE AND file STREQUAL "allocators")
    string(APPEND tags "~[undisturbed]")  # what counts lines allocates, and sets errno, before main()
  elseif(GORDIAN_COVERAGE AND file STREQUAL "sanitizers")
    string(APPEND tags "~[lsan]")  # a word that it leaves on a stack hides the ring from LeakSanitizer
  endif()
  add_test(NAME e2e.${file} COMMAND ${e2e_run_cases} "${tags}")
  set_tests_properties(e2e.${file} PROPERTIES TIMEOUT 300)
endforeach()
if(CMAKE_CROSSCOMPILING)
  set_tests_properties(e2e.stripped PROPERTIES TIMEOUT 1200)  # two runs each of more than a hundred programs
endif()
add_test(NAME e2e.determinism.long COMMAND ${e2e_run_cases} "[#test_determinism][.]")
set_tests_properties(e2e.determinism.long PROPERTIES TIMEOUT 600 LABELS "e2e;long")
