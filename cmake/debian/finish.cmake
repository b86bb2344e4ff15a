# Run by CPack on the packages that it has made: what it has no variable for.
#
# It writes no Multi-Arch field, and adds scripts that call ldconfig, which a trigger of dpkg's does. And dpkg-deb gives the
# same bytes for the same files, which CPack does only where its scratch folder lists them in the same order.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} "${CPACK_GORDIAN_EPOCH}")
endif()
foreach(package IN LISTS CPACK_PACKAGE_FILES)
  set(tree "${package}.tree")
  file(REMOVE_RECURSE "${tree}")
  execute_process(COMMAND dpkg-deb --raw-extract "${package}" "${tree}" COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE "${tree}/DEBIAN/postinst" "${tree}/DEBIAN/postrm")
  file(READ "${tree}/DEBIAN/control" control)
  if(control MATCHES "Section: lib")
    string(REGEX REPLACE "\n+$" "\nMulti-Arch: same\n" control "${control}")
  endif()
  file(WRITE "${tree}/DEBIAN/control" "${control}")
  execute_process(COMMAND dpkg-deb -Zxz --root-owner-group --build "${tree}" "${package}"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE_RECURSE "${tree}")
endforeach()
