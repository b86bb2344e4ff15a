# threads.cmake - programs whose threads, handlers and stacks are in a state that few programs' are in while gordian looks.
file(GLOB e2e_threads CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/programs/threads"
  "${CMAKE_CURRENT_SOURCE_DIR}/programs/threads/*.cpp")
if(NOT GORDIAN_MACHINE STREQUAL "x86_64")
  list(FILTER e2e_threads EXCLUDE REGEX "^stepping_")  # only there a process can step through itself
endif()
find_library(GORDIAN_BOOST_CONTEXT boost_context)
if(NOT GORDIAN_BOOST_CONTEXT)
  message(WARNING "Boost.Context was not found: the end-to-end tests do not cover its fibres")
  list(REMOVE_ITEM e2e_threads boost_fibres.cpp)
endif()
set(e2e_link_boost_fibres LINK "${GORDIAN_BOOST_CONTEXT}")
foreach(source IN LISTS e2e_threads)
  string(REPLACE ".cpp" "" program "${source}")
  set(with SOURCE threads/${source} COMPILER ${GORDIAN_GXX} ${e2e_link_${program}})
  e2e_program(${program} g++-O1 ${with} FLAGS -std=c++17 -g -O1)
  e2e_program(${program} run-g++-O2 ${with} PRELOADED FLAGS -std=c++17 -g -O2)
endforeach()

# Hundreds of threads.
if(GORDIAN_TEST_SOAK)
  foreach(program IN ITEMS checks_at_once half_created)
    set(with SOURCE threads/${program}.cpp COMPILER ${GORDIAN_GXX} LABELS soak FLAGS -std=c++17 -g -O1 -DGORDIAN_SOAK)
    e2e_program(${program} soak-g++-O1 ${with})
    e2e_program(${program} soak-run-g++-O1 ${with} PRELOADED)
    set_tests_properties(e2e.${program}.soak-g++-O1 e2e.${program}.soak-run-g++-O1 PROPERTIES TIMEOUT 1200)
  endforeach()
endif()
