// unit_search.h - which units of a module may define a class of some name, without reading them.
//
// A name lies in the module's table of strings, and a unit that has it holds the string's offset: in its
// DIEs, or in its part of .debug_str_offsets; or the name itself lies among the DIEs. So a search for bytes
// tells all units that may know the name, and a few that happen to have the same bytes. It reads a gigabyte
// in a tenth of the time that a walk over the DIEs takes, needs no index that the compiler would have had to
// write, and cannot be out of date.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "program/dwarf/dwarf_die.h"

namespace gordian {

class UnitSearch {
 public:
  // The units' own DIEs in the module's file, by ascending offset in each section. `elsewhere` tells of each
  // whether its DIEs lie in another file: it may define anything.
  UnitSearch(Dwarf* dwarf, std::span<const Dwarf_Die> roots, const std::vector<bool>& elsewhere);

  // Indexes of the units that may define a class whose name up to its template arguments is `base`,
  // ascending. None when that cannot be told sooner than by reading all units.
  std::optional<std::vector<std::uint32_t>> units_naming(std::string_view base) const;

 private:
  struct Area {
    std::string_view bytes;           // of the DIEs; empty when all that is known of them lies elsewhere
    std::string_view string_offsets;  // the unit's part of .debug_str_offsets; empty when it has none
    std::size_t offset_size = 4;      // of an offset there
    bool always = false;
  };

  std::optional<std::vector<std::uint64_t>> offsets_of(std::string_view base) const;
  void add_string_offsets(Area& area, Dwarf_Die root, std::string_view section) const;

  bool possible_ = true;
  std::string_view strings_;  // .debug_str
  std::vector<Area> areas_;   // by unit
};

}  // namespace gordian
