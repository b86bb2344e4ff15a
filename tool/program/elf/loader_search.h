// loader_search.h - the modules that the dynamic loader would bring into a process, in the order in which it
// looks symbols up in them.
//
// Nothing is run and nothing is loaded: `ldd` starts the program's own loader, and a program that somebody
// else wrote may name any program as that. What ld.so(8) says of the search is done here again, but for
// the directories that are for some processors only (glibc-hwcaps). Libraries that the program opens later
// (dlopen) are not known.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "program/elf/executable.h"
#include "program/elf/loader_cache.h"

namespace gordian {

struct LoaderPlaces {
  std::string library_path;              // LD_LIBRARY_PATH
  LoaderCache cache{""};                 // /etc/ld.so.cache
  std::vector<std::string> directories;  // where libraries are by default

  // Those of this machine and environment.
  static LoaderPlaces of_this_machine();
};

struct LoadedModule {
  std::string name;  // as the module that needs it calls it; the path of the program
  std::string path;  // "" when it was not found
  Executable file;
  std::size_t needed_by = 0;  // index of the module; its own of the program
};

// The program first. Throws Error when the program's file cannot be read.
std::vector<LoadedModule> modules_of(const std::string& program, const LoaderPlaces& places);

}  // namespace gordian
