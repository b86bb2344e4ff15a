# corruption.cmake - programs that overwrite what a check reads, or take it away: linked, and unmodified under the runtime.
file(GLOB e2e_corruption CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/programs"
  "${CMAKE_CURRENT_SOURCE_DIR}/programs/corruption/*.cpp")
foreach(source IN LISTS e2e_corruption)
  get_filename_component(program "${source}" NAME_WE)
  set(with SOURCE ${source} COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1)
  e2e_program(corruption_${program} g++-O1 ${with})
  # Only the shim says where there was a control block; and a header that makes a block huge costs seconds.
  if(NOT program MATCHES "^(first_words|headers)$")
    e2e_program(corruption_${program} run-g++-O1 ${with} PRELOADED)
  endif()
endforeach()
