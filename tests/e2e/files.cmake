# files.cmake - programs whose files, or whose rights, are what is tested: by e2e.files and e2e.privileges.
e2e_program(privileged_ring g++-O1 SOURCE files/privileged_ring.cpp COMPILER ${GORDIAN_GXX} UNTESTED FLAGS -std=c++17 -g -O1)
e2e_program(privileged_ring bare SOURCE files/privileged_ring.cpp COMPILER ${GORDIAN_GXX} BARE FLAGS -std=c++17 -g -O1)
e2e_program(replaced_stderr g++-O1 SOURCE files/replaced_stderr.cpp COMPILER ${GORDIAN_GXX} UNTESTED FLAGS -std=c++17 -g -O1)
e2e_program(replaced_stderr bare SOURCE files/replaced_stderr.cpp COMPILER ${GORDIAN_GXX} BARE FLAGS -std=c++17 -g -O1)
e2e_program(rebuilt_program g++-O1 SOURCE files/rebuilt_program.cpp COMPILER ${GORDIAN_GXX} UNTESTED FLAGS -std=c++17 -g -O1)
e2e_program(rebuilt_program without-id SOURCE files/rebuilt_program.cpp COMPILER ${GORDIAN_GXX} BARE LINK -Wl,--build-id=none
  FLAGS -std=c++17 -g -O1)
e2e_program(rebuilt_program bare SOURCE files/rebuilt_program.cpp COMPILER ${GORDIAN_GXX} BARE FLAGS -std=c++17 -g -O1)
