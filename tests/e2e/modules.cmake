# modules.cmake - plugins that come and go, and the ways in which a program is put together and started.

# Builds modules/<program>.cpp and the libraries it opens, each once linked and once not, and tests both.
function(e2e_modules program libraries)
  foreach(variant IN ITEMS g++-O2 run-g++-O2)
    set(with SOURCE modules/${program}.cpp COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O2 "-I${e2e_include}" ${ARGN})
    if(variant MATCHES "^run")
      list(APPEND with PRELOADED)
    endif()
    if(libraries)
      foreach(number RANGE 1 ${libraries})
        e2e_library(${program} ${variant} NUMBER ${number} ${with})
      endforeach()
    endif()
    e2e_program(${program} ${variant} ${with})
  endforeach()
endfunction()

# Plugins: loaded, used and unloaded, with threads of their own, beside checks.
foreach(program IN ITEMS ring_in_rounds owned_in_rounds ring_beside_plugin_thread owned_by_plugin_thread
    ring_left_at_unload freed_at_unload)
  e2e_modules(${program} 1)
endforeach()
foreach(program IN ITEMS ring_checked_while_loading owned_checked_while_loading)
  e2e_modules(${program} 2)
endforeach()
foreach(program IN ITEMS ring_beside_constructor owned_beside_constructor)
  e2e_modules(${program} 1 LINK -rdynamic)
endforeach()
# At one place, the one after the other.
foreach(program IN ITEMS ring_made_through_gconv owned_made_through_gconv)
  e2e_modules(${program} 2 -fno-pie LINK -no-pie -rdynamic LIBRARY_LINK -Wl,-Ttext-segment=0x300000000000)
endforeach()

# Libraries that allocate past us.
foreach(program IN ITEMS ring_bound_deeply owned_bound_deeply ring_beside_namespace owned_in_namespace)
  e2e_modules(${program} 1)
endforeach()
foreach(program IN ITEMS ring_by_hidden_operator_new owned_by_hidden_operator_new)
  e2e_modules(${program} 1
    LIBRARY_LINK "-Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/programs/modules/hidden_operator_new.map")
endforeach()

# What the program exports comes before libc's. What counts lines calls libc by name.
if(NOT GORDIAN_COVERAGE)
  foreach(program IN ITEMS ring_beside_own_names owned_beside_own_names)
    e2e_modules(${program} 0 LINK -rdynamic)
  endforeach()
endif()

# Before our constructor, and after our check.
foreach(program IN ITEMS ring_before_start owned_before_start ring_mapped_before_start owned_mapped_before_start ring_after_main
    owned_after_main ring_beside_loader_variables owned_beside_loader_variables)
  e2e_modules(${program} 0)
endforeach()

# Without libc's start files.
foreach(program IN ITEMS ring_without_start_files owned_without_start_files)
  e2e_modules(${program} 0 LINK -nostartfiles)
endforeach()
e2e_program(no_libc bare SOURCE run/no_libc.cpp BARE COMPILER ${GORDIAN_GXX} FLAGS -O1 -ffreestanding -fno-stack-protector LINK -static -nostdlib)

# Bound by the versions that functions had in an old libc.
if(GORDIAN_MACHINE STREQUAL "x86_64")
  set(with COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1 -include "${CMAKE_CURRENT_SOURCE_DIR}/programs/modules/old_versions.h")
  foreach(program IN ITEMS ring_in_unloaded owned_in_unloaded)
    e2e_unloading(${program} 1 g++-old-versions ${with})
    e2e_unloading(${program} 1 run-g++-old-versions PRELOADED ${with})
  endforeach()
  foreach(program IN ITEMS quick_exit quick_exit_owned)
    e2e_program(${program} g++-old-versions SOURCE ${program}.cpp ${with})
    e2e_program(${program} run-g++-old-versions PRELOADED SOURCE ${program}.cpp ${with})
  endforeach()
endif()

# How a program is linked. Behind the C++ library, operator new is not ours but malloc is.
foreach(program IN ITEMS ring chain)
  set(with SOURCE ${program}.cpp COMPILER ${GORDIAN_GXX} FLAGS -std=c++17 -g -O1)
  e2e_program(${program} g++-now ${with} LINK -Wl,-z,now)
  e2e_program(${program} g++-lazy ${with} LINK -Wl,-z,lazy)
  e2e_program(${program} g++-last ${with} LINK -Wl,--no-as-needed -lstdc++ -lm)
  e2e_program(${program} run-g++-static-libstdc++ PRELOADED ${with} LINK -static-libstdc++ -static-libgcc)
endforeach()

# Tested by e2e.modules: no runtime can be linked, and one that comes too late.
e2e_program(ring shim-static SOURCE ring.cpp COMPILER ${GORDIAN_GXX} UNLINKED FLAGS -std=c++17 -O1 LINK -static)
e2e_program(ring shim-static-pie SOURCE ring.cpp COMPILER ${GORDIAN_GXX} UNLINKED FLAGS -std=c++17 -O1 LINK -static-pie)
e2e_program(behind_libc so SOURCE modules/behind_libc.cpp COMPILER ${GORDIAN_GXX} BARE FLAGS -fPIC LINK -shared ${e2e_link})
e2e_program(behind_libc bare SOURCE modules/behind_libc.cpp COMPILER ${GORDIAN_GXX} BARE)
e2e_program(ring behind-libc SOURCE ring.cpp COMPILER ${GORDIAN_GXX} BARE FLAGS -std=c++17 -O1
  LINK -Wl,--no-as-needed NEEDS "${CMAKE_CURRENT_BINARY_DIR}/bin/behind_libc.so")
