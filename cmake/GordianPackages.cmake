# Debian packages: `cpack --config build/CPackConfig.cmake -B build/packages`, or the target `package`.
#
#   libgordian0     the runtime, by its SONAME
#   libgordian-dev  headers, listeners, the CMake package, gordian.pc, gordian.h(3)
#   gordian         the tool, its manual pages and completions
#
# They are made of the ordinary build, whatever its prefix: see GordianLayout.cmake. What CPack cannot say of a package is
# done to it by debian/finish.cmake.
set(GORDIAN_PACKAGE_MAINTAINER "gordian maintainers <maintainers@gordian.invalid>" CACHE STRING
  "Who answers for the Debian packages: name <address>")

set(folder "${PROJECT_BINARY_DIR}/debian")
set(packages libgordian0 libgordian-dev gordian)

# The day in the form that Debian's changelogs have, in seconds, and whatever SOURCE_DATE_EPOCH says.
set(epoch "$ENV{SOURCE_DATE_EPOCH}")
if(NOT epoch)
  execute_process(COMMAND date --utc "--date=${GORDIAN_RELEASE_DATE}" +%s
    OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
endif()
execute_process(COMMAND env LC_ALL=C date --utc "--date=@${epoch}" --rfc-email
  OUTPUT_VARIABLE day OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(SUBSTRING "${GORDIAN_RELEASE_DATE}" 0 4 year)
file(READ "${PROJECT_SOURCE_DIR}/LICENSE" lines)
string(REGEX REPLACE "\n+$" "" lines "${lines}")
string(REPLACE "\n" "\n " licence " ${lines}")
string(REPLACE "\n \n" "\n .\n" licence "${licence}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/debian/copyright.in" "${folder}/copyright" @ONLY)
configure_file("${PROJECT_SOURCE_DIR}/cmake/debian/changelog.in" "${folder}/changelog" @ONLY)
execute_process(COMMAND gzip -9nfk "${folder}/changelog" COMMAND_ERROR_IS_FATAL ANY)
foreach(package IN LISTS packages)
  install(FILES "${folder}/copyright" "${folder}/changelog.gz" DESTINATION "share/doc/${package}"
    COMPONENT ${package} EXCLUDE_FROM_ALL)
  install(CODE "file(GLOB pages \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/man/man?/*.[137]\")
    if(pages)
      execute_process(COMMAND gzip -9nf \${pages} COMMAND_ERROR_IS_FATAL ANY)
    endif()" COMPONENT ${package} EXCLUDE_FROM_ALL)
endforeach()

# What a program needs that uses a symbol. The list of exported symbols says since which version each is there.
set(exported "${PROJECT_SOURCE_DIR}/tests/integration/exported_symbols.txt")
set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${exported}")
file(STRINGS "${exported}" rows)
set(sorted "")
set(since "")
foreach(row IN LISTS rows)
  if(row MATCHES "^# Since ([0-9.]+)")
    set(since "${CMAKE_MATCH_1}")
  elseif(row MATCHES "^[A-Za-z_]")
    list(APPEND sorted " ${row}@Base ${since}")
  endif()
endforeach()
list(SORT sorted)
list(JOIN sorted "\n" sorted)
file(CONFIGURE OUTPUT "${folder}/symbols" CONTENT "libgordian.so.0 libgordian0 #MINVER#
* Build-Depends-Package: libgordian-dev
${sorted}
")
file(CONFIGURE OUTPUT "${folder}/shlibs" CONTENT "libgordian 0 libgordian0 (>= ${PROJECT_VERSION})\n")
file(CONFIGURE OUTPUT "${folder}/triggers" CONTENT "activate-noawait ldconfig\n")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gordian)
set(CPACK_PACKAGE_CONTACT "${GORDIAN_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_POST_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/debian/finish.cmake")
set(CPACK_GORDIAN_EPOCH "${epoch}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SOURCE gordian)
set(text "gordian finds C++ objects that only a reference cycle keeps alive, such as\ntwo objects that own each other by\
 shared_ptr, and says which reference to\ncut.\n\n")

set(CPACK_DEBIAN_LIBGORDIAN0_PACKAGE_NAME libgordian0)
set(CPACK_DEBIAN_LIBGORDIAN0_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBGORDIAN0_PACKAGE_RECOMMENDS "gordian (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_LIBGORDIAN0_PACKAGE_CONTROL_EXTRA "${folder}/symbols;${folder}/shlibs;${folder}/triggers")
set(CPACK_DEBIAN_LIBGORDIAN0_DESCRIPTION "finds reference cycles of C++ objects (runtime)\n${text}\
This package has the library that sits in a checked program.")

set(CPACK_DEBIAN_LIBGORDIAN-DEV_PACKAGE_NAME libgordian-dev)
set(CPACK_DEBIAN_LIBGORDIAN-DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBGORDIAN-DEV_PACKAGE_DEPENDS
  "libgordian0 (= ${PROJECT_VERSION}), gordian (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_LIBGORDIAN-DEV_DESCRIPTION "finds reference cycles of C++ objects (development files)\n${text}\
This package has what a test program is compiled and linked with: headers,\nlisteners for test frameworks, and files for\
 CMake and pkg-config.")

set(CPACK_DEBIAN_GORDIAN_PACKAGE_NAME gordian)
set(CPACK_DEBIAN_GORDIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_GORDIAN_PACKAGE_DEPENDS "libgordian0 (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_GORDIAN_DESCRIPTION "finds reference cycles of C++ objects\n${text}\
This package has the command that checks a program as it is, makes reports\nof what programs left, and compares and sums\
 them.")
include(CPack)
