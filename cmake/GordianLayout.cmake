# Where everything is installed: under a prefix of somebody's own, and, where Debian packages can be made, a second time as
# those packages have it (/usr/lib/x86_64-linux-gnu for lib/). Both are laid out of one build, each file once below.
#
#   gordian_install(PACKAGE words of install()...)
#
# installs in both. PACKAGE is the Debian package that has it: libgordian0, libgordian-dev or gordian. In the words, @libdir@,
# @completions@ (zsh's), @targets@ (the export set) and @development@ (the component of a library's .so) stand for what differs.
find_program(GORDIAN_DPKG_SHLIBDEPS dpkg-shlibdeps)
mark_as_advanced(GORDIAN_DPKG_SHLIBDEPS)
set(GORDIAN_MAKES_PACKAGES OFF)
if(PROJECT_IS_TOP_LEVEL AND GORDIAN_INSTALL AND GORDIAN_DPKG_SHLIBDEPS AND CMAKE_LIBRARY_ARCHITECTURE
    AND NOT CMAKE_CROSSCOMPILING AND NOT GORDIAN_SANITIZE)
  set(GORDIAN_MAKES_PACKAGES ON)
endif()
set(GORDIAN_PACKAGE_LIBDIR "lib/${CMAKE_LIBRARY_ARCHITECTURE}")

function(gordian_install package)
  if(NOT GORDIAN_INSTALL)
    return()
  endif()
  set(libdir "${CMAKE_INSTALL_LIBDIR}")
  set(completions "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
  set(targets gordian-targets)
  set(development Unspecified)
  string(CONFIGURE "${ARGN}" words @ONLY)
  install(${words})
  if(GORDIAN_MAKES_PACKAGES)
    set(libdir "${GORDIAN_PACKAGE_LIBDIR}")
    set(completions "share/zsh/vendor-completions")
    set(targets gordian-package-targets)
    set(development libgordian-dev)
    string(CONFIGURE "${ARGN}" words @ONLY)
    install(${words} COMPONENT ${package} EXCLUDE_FROM_ALL)
  endif()
endfunction()
