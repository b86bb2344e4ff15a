// variables.cpp - see variables.h.
#include "program/dwarf/variables.h"

#include <algorithm>

namespace gordian {
namespace {

// The address in the debug info that the variable always has.
std::optional<std::uint64_t> fixed_address(Dwarf_Die variable) {
  Dwarf_Attribute location;
  Dwarf_Op* operations = nullptr;
  std::size_t count = 0;
  if (dwarf_attr(&variable, DW_AT_location, &location) == nullptr ||
      dwarf_getlocation(&location, &operations, &count) != 0 || count == 0 || count > 2) {
    return std::nullopt;
  }
  // Variables that were merged into one have an offset behind its address.
  const std::uint64_t offset = count == 2 ? operations[1].number : 0;
  if (count == 2 && operations[1].atom != DW_OP_plus_uconst) return std::nullopt;
  Dwarf_Word address = operations[0].number;
  if (operations[0].atom == DW_OP_addrx) {
    Dwarf_Attribute indirect;
    if (dwarf_getlocation_attr(&location, operations, &indirect) != 0 ||
        dwarf_formaddr(&indirect, &address) != 0) {
      return std::nullopt;
    }
  } else if (operations[0].atom != DW_OP_addr) {
    return std::nullopt;
  }
  return address == 0 ? std::nullopt : std::optional(address + offset);  // the linker threw it away
}

bool has_variables(int tag) {
  return tag == DW_TAG_namespace || tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block ||
         tag == DW_TAG_inlined_subroutine;
}

}  // namespace

Variables::Variables(Dwarf* dwarf, std::uint64_t bias) : bias_(bias) {
  Dwarf_CU* unit = nullptr;
  std::uint8_t kind = 0;
  Dwarf_Die root;
  Dwarf_Die split;
  while (dwarf_get_units(dwarf, unit, &unit, nullptr, &kind, &root, &split) == 0) {
    if (kind == DW_UT_type || kind == DW_UT_split_type) continue;
    seen_ = nullptr;
    walk(kind == DW_UT_skeleton && split.addr != nullptr ? split : root, 0);
  }
  std::stable_sort(found_.begin(), found_.end(),
                   [](const Found& a, const Found& b) { return a.address < b.address; });
  const auto same = [](const Found& a, const Found& b) { return a.address == b.address; };
  found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
}

void Variables::walk(Dwarf_Die parent, int depth) {
  dwarf::each_child(parent, [&](Dwarf_Die child) {
    if (child.addr <= seen_ || depth > dwarf::kDeepest) return false;
    seen_ = child.addr;
    const int tag = dwarf_tag(&child);
    if (tag == DW_TAG_variable) {
      if (const auto address = fixed_address(child)) found_.push_back({child, *address + bias_});
    } else if (has_variables(tag)) {
      walk(child, depth + 1);
    }
    return true;
  });
}

std::optional<Variables::Found> Variables::last_from(std::uint64_t address) const {
  const auto after = std::upper_bound(found_.begin(), found_.end(), address,
                                      [](std::uint64_t a, const Found& v) { return a < v.address; });
  if (after == found_.begin()) return std::nullopt;
  return *(after - 1);
}

}  // namespace gordian
