// facts.h - what is known of the modules of a program that nobody has run.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "program/elf/executable.h"

namespace gordian {

// What the debug info says. Units are named as the compiler was given their source; those of C count for
// the level only.
struct DebugFacts {
  enum class Level {
    none,
    lines,  // functions and lines (-g1)
    full,   // types and members too, in some unit at least
  };
  Level level = Level::none;
  std::string separate_file;  // where it was found, if not in the module's own file
  std::string missing_file;   // without any: the file that the module names for it
  bool compressed = false;    // in the module's own file

  std::vector<std::string> units;                // of C++
  std::vector<std::string> lines_only;           // of these, those compiled with -g1
  std::vector<std::string> without_dwo;          // whose types and members are in a file that is gone
  std::vector<std::string> with_shim;            // compiled with gordian/shim.hpp
  std::vector<std::string> shared_without_shim;  // that use std::shared_ptr and were not
  std::set<std::string> pointers;                // class templates of smart pointers that gordian knows
};

// What the symbols say.
struct SymbolFacts {
  bool whole = false;                          // not only those for other modules: it is not stripped
  std::vector<std::string> files;              // source files of C++; none after link-time optimisation
  std::vector<std::string> files_with_shim;    // of these
  std::size_t virtual_tables = 0;              // of classes
  std::size_t tables_without_rtti = 0;         // of these
  std::size_t controls_without_rtti = 0;       // of these, those of shared_ptr's control blocks
  std::size_t functions = 0;                   // of known size
  std::vector<std::string> without_unwinding;  // of these, those that no unwind table is about
  bool cxx_runtime_inside = false;             // libstdc++ or libc++ is linked statically
};

struct ModuleFacts {
  std::string name;  // as it is needed; the program's path
  std::string path;  // "" when the loader would not find it
  std::string needed_by;
  Executable file;
  bool runtime_library = false;  // of C or C++, or our own: nobody's leak is explained there
  bool of_system = false;        // it came with the system: not for the user to compile
  std::string unreadable;        // why nothing more is known
  DebugFacts debug;
  SymbolFacts symbols;

  // That something of it was compiled with the shim, as far as the symbols for other modules tell: it
  // cannot be hidden.
  bool has_shim() const {
    return file.imported.count("gordian_shim_started") != 0 || file.exported.count("gordian_new_failed") != 0;
  }
};

}  // namespace gordian
