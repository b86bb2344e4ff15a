# sanitizers.cmake - programs that are built with a sanitizer, linked with the runtime and not.

# Tested by e2e.sanitizers; serve and forks by e2e.requests.
foreach(compiler IN ITEMS g++ clang++)
  set(path ${GORDIAN_GXX})
  if(compiler STREQUAL "clang++")
    set(path ${GORDIAN_CLANGXX})
  endif()
  foreach(program IN ITEMS ring chain)
    set(with SOURCE ${program}.cpp COMPILER ${path} FLAGS -g -O1)
    e2e_program(${program} asan-${compiler} UNLINKED ${with} -fsanitize=address LINK ${e2e_link})
    e2e_program(${program} asan-undefined-${compiler} UNLINKED ${with} -fsanitize=address,undefined LINK ${e2e_link})
    e2e_program(${program} undefined-${compiler} UNLINKED ${with} -fsanitize=undefined LINK ${e2e_link})
    e2e_program(${program} bare-undefined-${compiler} BARE ${with} -fsanitize=undefined)
    e2e_program(${program} thread-${compiler} UNLINKED ${with} -fsanitize=thread LINK ${e2e_link})
    e2e_program(${program} leak-${compiler} UNLINKED ${with} -fsanitize=leak LINK ${e2e_link})
  endforeach()
  foreach(program IN ITEMS fake_frames fake_frames_left use_after_free)
    e2e_program(${program} asan-${compiler} SOURCE sanitized/${program}.cpp COMPILER ${path} UNLINKED
      FLAGS -std=c++17 -g -O1 -fsanitize=address LINK ${e2e_link})
  endforeach()
  e2e_program(fatal_undefined asan-undefined-${compiler} SOURCE sanitized/fatal_undefined.cpp COMPILER ${path} UNLINKED
    FLAGS -std=c++17 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all LINK ${e2e_link})
  foreach(program IN ITEMS serve forks)
    e2e_program(${program} asan-${compiler} SOURCE requests/${program}.cpp COMPILER ${path} UNLINKED
      FLAGS -std=c++17 -g -O1 -fno-omit-frame-pointer -fsanitize=address LINK ${e2e_link})
  endforeach()
endforeach()
foreach(program IN ITEMS ring chain)
  e2e_program(${program} asan-static-g++ SOURCE ${program}.cpp COMPILER ${GORDIAN_GXX} UNLINKED
    FLAGS -g -fsanitize=address LINK -static-libasan ${e2e_link})
  e2e_program(${program} memory-clang++ SOURCE ${program}.cpp COMPILER ${GORDIAN_CLANGXX} UNLINKED
    FLAGS -g -fsanitize=memory LINK ${e2e_link})
endforeach()
e2e_program(ring thread-static-g++ SOURCE ring.cpp COMPILER ${GORDIAN_GXX} UNLINKED
  FLAGS -g -fsanitize=thread LINK -static-libtsan ${e2e_link})
e2e_program(ring bare-address-clang++ SOURCE ring.cpp BARE COMPILER ${GORDIAN_CLANGXX} FLAGS -g -fsanitize=address)
foreach(program IN ITEMS fake_frames fake_frames_left)
  e2e_program(${program} asan-always-clang++ SOURCE sanitized/${program}.cpp COMPILER ${GORDIAN_CLANGXX} UNLINKED
    FLAGS -std=c++17 -g -O2 -fsanitize=address -fsanitize-address-use-after-return=always LINK ${e2e_link})
endforeach()

# Programs with AddressSanitizer whose comments say what is found, the cycles being for gordian alone to tell. Left out
# are those that it objects to itself, that take its warning for something said, or whose stacks are too small for both,
# and one whose threads are gone (tested by e2e.sanitizers). With frame pointers: without, it takes each allocation's stack
# for a new one, and a child that was forked meanwhile may find its lock taken.
e2e_program(owned_by_thread_of_parent asan-g++ SOURCE owned_by_thread_of_parent.cpp COMPILER ${GORDIAN_GXX} UNLINKED
  FLAGS -std=c++17 -g -O1 -fsanitize=address LINK ${e2e_link})
e2e_program(beside_kernel_workers asan-g++ SOURCE threads/beside_kernel_workers.cpp COMPILER ${GORDIAN_GXX}
  FLAGS -std=c++17 -g -O1 -fno-omit-frame-pointer -fsanitize=address)
if(TEST e2e.beside_kernel_workers.asan-g++)
  set_tests_properties(e2e.beside_kernel_workers.asan-g++ PROPERTIES ENVIRONMENT ASAN_OPTIONS=detect_leaks=0)
endif()
set(e2e_sanitized ${e2e_sources})
list(TRANSFORM e2e_causes PREPEND causes/ OUTPUT_VARIABLE e2e_sanitized_causes)
list(APPEND e2e_sanitized ${e2e_sanitized_causes})
list(REMOVE_ITEM e2e_sanitized ring.cpp chain.cpp allocators.cpp own_operator_new_base.cpp captures.cpp
  stack_that_shrank.cpp small_stack.cpp fibre_without_base.cpp owned_by_thread_of_parent.cpp)
set(e2e_sanitized_always self_loop ring_threads owned_by_thread_stack owned_by_deaf_thread ring_beside_deaf_thread
  ring_weak_registry owned_by_locals_at_exit fork_child fork_child_clean scopes)
foreach(source IN LISTS e2e_sanitized)
  get_filename_component(program "${source}" NAME_WE)
  set(matrix_g++ MATRIX)
  set(matrix_clang++ MATRIX)
  if(program IN_LIST e2e_sanitized_always)
    set(matrix_g++)
  endif()
  if(program STREQUAL "self_loop")
    set(matrix_clang++)
  endif()
  set(with SOURCE ${source} FLAGS -std=c++17 -g -fno-omit-frame-pointer -fsanitize=address)
  e2e_program(${program} asan-g++ COMPILER ${GORDIAN_GXX} ${with} -O1 ${matrix_g++})
  e2e_program(${program} asan-clang++ COMPILER ${GORDIAN_CLANGXX} ${with} -O2 ${matrix_clang++})
  foreach(compiler IN ITEMS g++ clang++)
    if(TEST e2e.${program}.asan-${compiler})
      set_tests_properties(e2e.${program}.asan-${compiler} PROPERTIES ENVIRONMENT ASAN_OPTIONS=detect_leaks=0)
    endif()
  endforeach()
endforeach()
