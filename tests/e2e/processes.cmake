# processes.cmake - programs that end, fork and start others in all ways: linked, and as somebody else built them. Tested by
# e2e.processes.
file(GLOB e2e_processes CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/programs/processes"
  "${CMAKE_CURRENT_SOURCE_DIR}/programs/processes/*.cpp")
foreach(source IN LISTS e2e_processes)
  string(REPLACE ".cpp" "" program "${source}")
  set(with SOURCE processes/${source} COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1)
  e2e_program(${program} g++-O1 ${with} UNTESTED)
  e2e_program(${program} bare ${with} BARE LINK -pthread)
endforeach()
