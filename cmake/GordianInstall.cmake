# What an installed gordian brings beside the runtime: the tool, its manual pages and completions, a CMake package and a
# pkg-config file. They find everything relative to themselves, so an installed tree can be moved.
include(CMakePackageConfigHelpers)

gordian_install(gordian TARGETS gordian EXPORT "@targets@" RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
if(GORDIAN_BUILD_REFERENCE)
  set(reference "${PROJECT_BINARY_DIR}/reference")
  foreach(section IN ITEMS 1 7)
    gordian_install(gordian DIRECTORY "${reference}/man/man${section}" DESTINATION "${CMAKE_INSTALL_MANDIR}")
  endforeach()
  gordian_install(libgordian-dev DIRECTORY "${reference}/man/man3" DESTINATION "${CMAKE_INSTALL_MANDIR}")
  gordian_install(gordian FILES "${reference}/gordian.bash"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME gordian)
  gordian_install(gordian FILES "${reference}/_gordian" DESTINATION "@completions@")
endif()

gordian_install(libgordian-dev EXPORT "@targets@" NAMESPACE gordian:: FILE gordian-targets.cmake
  DESTINATION "@libdir@/cmake/gordian")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/gordian-config-version.cmake" COMPATIBILITY SameMinorVersion)
gordian_install(libgordian-dev FILES "${PROJECT_BINARY_DIR}/gordian-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/GordianTest.cmake" "${PROJECT_SOURCE_DIR}/cmake/GordianReports.cmake"
  DESTINATION "@libdir@/cmake/gordian")

# Writes gordian-config.cmake and gordian.pc for a tree whose libraries are in `libdir` of the prefix.
function(gordian_configure_for libdir folder)
  configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/gordian-config.cmake.in" "${folder}/gordian-config.cmake"
    INSTALL_DESTINATION "${libdir}/cmake/gordian" INSTALL_PREFIX "/usr")
  # From the directory of gordian.pc up to the prefix, for its prefix= line.
  file(RELATIVE_PATH gordian_prefix_from_pc "/usr/${libdir}/pkgconfig" "/usr")
  set(gordian_libdir "${libdir}")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/gordian.pc.in" "${folder}/gordian.pc" @ONLY)
endfunction()
gordian_configure_for("${CMAKE_INSTALL_LIBDIR}" "${PROJECT_BINARY_DIR}/installed/${CMAKE_INSTALL_LIBDIR}")
if(GORDIAN_MAKES_PACKAGES)
  gordian_configure_for("${GORDIAN_PACKAGE_LIBDIR}" "${PROJECT_BINARY_DIR}/installed/${GORDIAN_PACKAGE_LIBDIR}")
endif()
gordian_install(libgordian-dev FILES "${PROJECT_BINARY_DIR}/installed/@libdir@/gordian-config.cmake"
  DESTINATION "@libdir@/cmake/gordian")
gordian_install(libgordian-dev FILES "${PROJECT_BINARY_DIR}/installed/@libdir@/gordian.pc"
  DESTINATION "@libdir@/pkgconfig")
