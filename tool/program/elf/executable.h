// executable.h - what a file says about how it would run, before anybody runs it.
//
// Reads the ELF header, the dynamic section and the dynamic symbols; no debug info.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace gordian {

struct Executable {
  enum class Kind {
    ours,     // ELF for the machine that gordian is built for (machine.h)
    foreign,  // ELF for another machine, or 32-bit
    script,   // begins with #!
    other,    // none of these, or cut short
  };
  Kind kind = Kind::other;

  // Of a script: what stands behind #!, the interpreter and at most one argument.
  std::vector<std::string> interpreter_line;

  // Of one of ours.
  std::string loader;                        // the dynamic loader's path; "" when linked statically
  std::vector<std::string> needed;           // names of libraries
  std::unordered_set<std::string> exported;  // functions and data that other modules can see
  std::unordered_set<std::string> imported;  // those that it wants of other modules
  std::string soname;                        // what it is called as a library; "" without
  std::string rpath;                         // where its libraries are, as it says, before LD_LIBRARY_PATH
  std::string runpath;                       // and behind it
  bool unwind_tables = false;                // it has a table of them by address (.eh_frame_hdr)
  std::uint64_t span = 0;                    // bytes of address space that it is loaded into
};

// Throws Error when the file cannot be read. One that makes no sense is `other`; what an
// unusual file lacks (section headers) is empty.
Executable read_executable(const std::string& path);

}  // namespace gordian
