# What an installed gordian brings beside the runtime: the tool, a CMake package and a
# pkg-config file. They find everything relative to themselves, so an installed tree can be moved.
include(CMakePackageConfigHelpers)

install(TARGETS gordian EXPORT gordian-targets RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")

set(gordian_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/gordian")
install(EXPORT gordian-targets NAMESPACE gordian:: DESTINATION "${gordian_package_dir}")

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/gordian-config.cmake.in" "${PROJECT_BINARY_DIR}/gordian-config.cmake"
  INSTALL_DESTINATION "${gordian_package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/gordian-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/gordian-config.cmake" "${PROJECT_BINARY_DIR}/gordian-config-version.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/GordianTest.cmake" "${PROJECT_SOURCE_DIR}/cmake/GordianReports.cmake"
  DESTINATION "${gordian_package_dir}")

# From the directory of gordian.pc up to the prefix, for its prefix= line.
set(gordian_pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH gordian_prefix_from_pc
  "${CMAKE_INSTALL_PREFIX}/${gordian_pkgconfig_dir}" "${CMAKE_INSTALL_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/gordian.pc.in" "${PROJECT_BINARY_DIR}/gordian.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/gordian.pc" DESTINATION "${gordian_pkgconfig_dir}")
