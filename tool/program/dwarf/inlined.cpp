// inlined.cpp - see inlined.h. No DIE is visited twice, however the file's siblings overlap.
#include "program/dwarf/inlined.h"

#include <algorithm>
#include <optional>

namespace gordian::dwarf {
namespace {

bool is_block(Dwarf_Die& die) {
  const int tag = dwarf_tag(&die);
  return tag == DW_TAG_lexical_block || tag == DW_TAG_try_block || tag == DW_TAG_catch_block;
}

bool may_hold(Dwarf_Die& die, std::uint64_t address) {
  if (dwarf_tag(&die) == DW_TAG_inlined_subroutine) return dwarf_haspc(&die, address) == 1;
  if (!is_block(die)) return false;
  const bool has_code = has(die, DW_AT_low_pc) || has(die, DW_AT_ranges);
  return !has_code || dwarf_haspc(&die, address) == 1;
}

// `seen` is the last DIE visited.
bool find_around(Dwarf_Die parent, std::uint64_t address, int depth, const void*& seen,
                 std::vector<Dwarf_Die>& found) {
  bool inside = false;
  each_child(parent, [&](Dwarf_Die child) {
    if (child.addr <= seen) return false;
    seen = child.addr;
    if (depth > 0 && may_hold(child, address)) {
      const bool call = dwarf_tag(&child) == DW_TAG_inlined_subroutine;
      if (call) found.push_back(child);
      inside = find_around(child, address, depth - 1, seen, found) || call;
    }
    return !inside;
  });
  return inside;
}

std::optional<std::uint64_t> lowest_address(Dwarf_Die die) {
  std::optional<std::uint64_t> lowest;
  Dwarf_Addr base = 0;
  Dwarf_Addr low = 0;
  Dwarf_Addr high = 0;
  for (std::ptrdiff_t at = 0; (at = dwarf_ranges(&die, at, &base, &low, &high)) > 0;) {
    if (low < high) lowest = std::min(lowest.value_or(low), low);
  }
  return lowest;
}

void visit(Dwarf_Die parent, int depth, const void*& seen,
           const std::function<void(const Dwarf_Die&, std::uint64_t)>& f) {
  each_child(parent, [&](Dwarf_Die child) {
    if (child.addr <= seen) return false;
    seen = child.addr;
    const bool call = dwarf_tag(&child) == DW_TAG_inlined_subroutine;
    if (depth <= 0 || (!call && !is_block(child))) return true;
    if (const auto entry = call ? lowest_address(child) : std::nullopt) f(child, *entry);
    visit(child, depth - 1, seen, f);
    return true;
  });
}

}  // namespace

void append_inlined_around(const Dwarf_Die& function, std::uint64_t address, std::vector<Dwarf_Die>& found) {
  const void* seen = function.addr;
  find_around(function, address, kDeepest, seen, found);
}

void each_inlined(const Dwarf_Die& function, const std::function<void(const Dwarf_Die&, std::uint64_t)>& f) {
  const void* seen = function.addr;
  visit(function, kDeepest, seen, f);
}

}  // namespace gordian::dwarf
