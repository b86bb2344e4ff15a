// classes_by_size.h - the classes that units of debug info define, also those within functions, by their size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "program/dwarf/dwarf_die.h"

namespace gordian {

class ClassesBySize {
 public:
  // Adds the classes of a unit, unless it was added before. `visits` is how many DIEs may still be looked at, of all units; false once
  // it is used up.
  bool add(const Dwarf_Die& unit, int& visits);

  // Definitions of that many bytes, of all units that were added: equal ones once. At least one, or null.
  const std::vector<Dwarf_Die>* of_size(std::uint64_t bytes) const;

 private:
  struct Path {
    std::size_t hash = 0;  // of the scopes' names
    bool local = false;    // to a function, or to a unit: another class may have the same name
  };
  void in_scope(Dwarf_Die scope, Path path, int depth, int& visits);
  void take(const Dwarf_Die& die, Path path);

  const void* seen_ = nullptr;  // what points back would never end
  std::unordered_set<const void*> units_;
  std::unordered_set<std::size_t> known_;  // hashes of scopes, name and size
  std::unordered_map<std::uint64_t, std::vector<Dwarf_Die>> classes_;
};

}  // namespace gordian
