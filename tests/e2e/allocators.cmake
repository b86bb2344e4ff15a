# allocators.cmake - programs that allocate in every way, for all allocators to work beside (tested by e2e.allocators).
set(with COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1)
foreach(program IN ITEMS every_function owned_by_forms)
  e2e_program(${program} bare SOURCE allocators/${program}.cpp BARE ${with})
  e2e_program(${program} g++-O1 SOURCE allocators/${program}.cpp UNTESTED ${with})
endforeach()

e2e_program(moved_marks g++-O1 SOURCE allocators/moved_marks.cpp ${with})

# An allocator that the program is linked with, by itself or by a library of its own, and one that is a part of it.
find_library(GORDIAN_JEMALLOC NAMES libjemalloc.so.2)
find_library(GORDIAN_JEMALLOC_INSIDE NAMES libjemalloc_pic.a)
find_library(GORDIAN_TCMALLOC NAMES libtcmalloc_minimal.so.4)
find_library(GORDIAN_TCMALLOC_INSIDE NAMES libtcmalloc_minimal.a)
find_library(GORDIAN_MIMALLOC NAMES libmimalloc.so.2)
find_library(GORDIAN_TBBMALLOC NAMES libtbbmalloc_proxy.so.2)
if(NOT GORDIAN_JEMALLOC OR NOT GORDIAN_JEMALLOC_INSIDE OR NOT GORDIAN_TCMALLOC OR NOT GORDIAN_TCMALLOC_INSIDE OR NOT GORDIAN_MIMALLOC OR
    NOT GORDIAN_TBBMALLOC)
  message(WARNING "jemalloc, tcmalloc, mimalloc or tbbmalloc was not found: the end-to-end tests do not cover them all")
endif()
if(GORDIAN_JEMALLOC)
  e2e_program(past_malloc bare SOURCE allocators/past_malloc.cpp BARE ${with} NEEDS ${GORDIAN_JEMALLOC})
endif()
foreach(allocator IN ITEMS jemalloc tcmalloc mimalloc)
  string(TOUPPER "GORDIAN_${allocator}" library)
  if(${library})
    foreach(program IN ITEMS ring owned_by_forms)
      string(REPLACE "owned_by_forms" "allocators/owned_by_forms" source ${program})
      e2e_program(${program} bare-${allocator} SOURCE ${source}.cpp BARE ${with} LINK -Wl,--no-as-needed NEEDS ${${library}})
      e2e_program(${program} ${allocator} SOURCE ${source}.cpp UNTESTED ${with} LINK ${e2e_link} ${${library}})
    endforeach()
  endif()
endforeach()
foreach(allocator IN ITEMS jemalloc tcmalloc)
  string(TOUPPER "GORDIAN_${allocator}_INSIDE" library)
  if(${library})
    set(inside ${with} LINK ${${library}} -pthread -ldl -lm)
    e2e_program(ring bare-${allocator}-inside SOURCE ring.cpp BARE ${inside})
    e2e_program(ring ${allocator}-inside SOURCE ring.cpp UNTESTED ${inside})
    e2e_program(every_function bare-${allocator}-inside SOURCE allocators/every_function.cpp BARE ${inside})
    e2e_program(every_function ${allocator}-inside SOURCE allocators/every_function.cpp UNTESTED ${inside})
  endif()
endforeach()

# One whose lock is held while gordian looks.
set(with COMPILER ${GORDIAN_GXX} SOURCE allocators/held_malloc.cpp FLAGS -std=c++17 -g -O1)
e2e_program(held_malloc so ${with} BARE FLAGS -fPIC -DGORDIAN_LIBRARY LINK -shared)
e2e_program(held_malloc bare ${with} BARE NEEDS "${CMAKE_CURRENT_BINARY_DIR}/bin/held_malloc.so")
e2e_program(held_malloc g++-O1 ${with} UNTESTED LINK ${e2e_link} NEEDS "${CMAKE_CURRENT_BINARY_DIR}/bin/held_malloc.so")

# One that is registered for fork() before gordian is: in front of it, and behind it.
if(GORDIAN_MACHINE STREQUAL "x86_64")
  set(with COMPILER ${GORDIAN_GXX} SOURCE allocators/fork_beside_allocator.cpp)
  e2e_program(fork_beside_allocator so ${with} BARE FLAGS -std=c++17 -g -O1 -fPIC -DGORDIAN_LIBRARY LINK -shared)
  list(APPEND with NEEDS "${CMAKE_CURRENT_BINARY_DIR}/bin/fork_beside_allocator.so" FLAGS -std=c++17 -g -O1 -fno-plt)
  e2e_program(fork_beside_allocator bare ${with} BARE LINK -pthread)
  e2e_program(fork_beside_allocator g++-O1 ${with} UNTESTED)
endif()

# Memory of which no call of malloc() tells all, or anything.
set(with COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1)
foreach(program IN ITEMS owned_beyond_size owned_in_mapping owned_while_unmapping ring_beside_mapping owned_by_mapped_fibre ring_below_mapped_stack
    ring_in_own_limit ring_beside_filled_pages owned_in_filled_page
    owned_in_protected_mapping ring_beside_protected_mapping owned_in_growing_mapping ring_beside_growing_mapping)
  e2e_program(${program} g++-O1 SOURCE allocators/${program}.cpp ${with})
  e2e_program(${program} run-g++-O1 SOURCE allocators/${program}.cpp PRELOADED ${with})
endforeach()
e2e_program(ring_past_malloc g++-O1 SOURCE allocators/ring_past_malloc.cpp UNTESTED ${with})
e2e_program(pressure bare SOURCE allocators/pressure.cpp BARE ${with})
e2e_program(pressure g++-O1 SOURCE allocators/pressure.cpp UNTESTED ${with})

# A plugin whose C++ library only itself sees.
set(with COMPILER ${GORDIAN_GXX} SOURCE allocators/plugin.cpp BARE)
e2e_program(plugin so ${with} FLAGS -std=c++17 -g -O1 -fPIC -DGORDIAN_PLUGIN LINK -shared)
e2e_program(plugin bare ${with} FLAGS -std=c++17 -g -O1 LINK -Wl,--as-needed)
set(with COMPILER ${GORDIAN_GXX} SOURCE allocators/library_new.cpp BARE)
e2e_program(library_new so ${with} FLAGS -std=c++17 -g -O1 -fPIC -DGORDIAN_LIBRARY LINK -shared)
e2e_program(library_new bare ${with} FLAGS -std=c++17 -g -O0 NEEDS "${CMAKE_CURRENT_BINARY_DIR}/bin/library_new.so")

# Takes seven gigabytes of memory, and minutes.
if(GORDIAN_TEST_SOAK)
  e2e_program(large_heap run-g++-O1 SOURCE allocators/large_heap.cpp PRELOADED COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1
    LABELS soak)
  set_tests_properties(e2e.large_heap.run-g++-O1 PROPERTIES TIMEOUT 1200)
endif()
