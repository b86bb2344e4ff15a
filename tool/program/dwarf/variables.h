// variables.h - a module's variables of static storage, by where they lie.
//
// Globals, statics of classes, and statics of functions. A thread's own have no address that debug info knows.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "program/dwarf/dwarf_die.h"

namespace gordian {

class Variables {
 public:
  // Walks over all units of the module: some seconds for a gigabyte of debug info. `bias`: address in the process
  // minus address in the debug info.
  Variables(Dwarf* dwarf, std::uint64_t bias);

  struct Found {
    Dwarf_Die die;
    std::uint64_t address;  // in the process
  };
  // The last one that starts at `address` of the process or before: how long it is, its type says.
  std::optional<Found> last_from(std::uint64_t address) const;

 private:
  void walk(Dwarf_Die parent, int depth);

  std::uint64_t bias_;
  const void* seen_ = nullptr;  // the last DIE visited: each is visited once, in order
  std::vector<Found> found_;    // by address, each once
};

}  // namespace gordian
