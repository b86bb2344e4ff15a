// unit.cpp - see unit.h.
#include "program/dwarf/unit.h"

#include <algorithm>

namespace gordian {
namespace {

bool is_scope(Dwarf_Die& die) {
  switch (dwarf_tag(&die)) {
    case DW_TAG_namespace:
    case DW_TAG_class_type:
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
      return true;
    case DW_TAG_subprogram:
      return !dwarf::has(die, DW_AT_declaration);
    default:
      return false;
  }
}

}  // namespace

std::string_view base_of_name(std::string_view name) {
  // operator< is no class: the first '<' opens the arguments, but for g++'s <lambda(...)>.
  const std::size_t open = name.find('<', 1);
  return open == std::string_view::npos ? name : name.substr(0, open);
}

Unit::Unit(Dwarf_Die root) : ranges_left_(dwarf::most_ranges(dwarf_cu_getdwarf(root.cu))) {
  seen_ = root.addr;
  walk(root, -1, 0);
  std::sort(code_.begin(), code_.end(),
            [](const Code& a, const Code& b) { return a.low != b.low ? a.low < b.low : a.high > b.high; });
  std::uint64_t widest = 0;
  for (Code& code : code_) {
    widest = code.widest = std::max(widest, code.high);
  }
}

void Unit::walk(Dwarf_Die parent, int scope, int depth) {
  dwarf::each_child(parent, [&](Dwarf_Die child) {
    if (child.addr <= seen_ || depth > dwarf::kDeepest) {
      return false;  // children that overlap their siblings: seen already
    }
    seen_ = child.addr;
    int inner = scope;
    if (is_scope(child)) {
      inner = static_cast<int>(scopes_.size());
      scopes_.push_back({child, child.addr, scope});
      if (dwarf_tag(&child) == DW_TAG_subprogram) {
        add_code(child);
      } else if (dwarf::is_class(child) &&
                 (!dwarf::has(child, DW_AT_declaration) || dwarf::has(child, DW_AT_signature))) {
        if (const char* name = dwarf_diename(&child); name != nullptr) {
          classes_.emplace(base_of_name(name), inner);
        }
      }
    }
    if (dwarf_haschildren(&child) > 0) {
      walk(child, inner, depth + 1);
    }
    if (inner != scope) {
      scopes_[static_cast<std::size_t>(inner)].last = seen_;
    }
    return true;
  });
}

void Unit::add_code(Dwarf_Die function) {
  Dwarf_Addr base = 0;
  Dwarf_Addr low = 0;
  Dwarf_Addr high = 0;
  for (std::ptrdiff_t at = 0; ranges_left_ > 0 && (at = dwarf_ranges(&function, at, &base, &low, &high)) > 0;) {
    --ranges_left_;
    // What the linker threw away starts at 0.
    if (low != 0 && low < high) {
      code_.push_back({low, high, 0, function});
    }
  }
}

std::optional<Dwarf_Die> Unit::scope_of(const Dwarf_Die& die) const {
  auto after = std::lower_bound(scopes_.begin(), scopes_.end(), die.addr,
                                [](const Scope& scope, const void* addr) { return scope.die.addr < addr; });
  if (after == scopes_.begin()) {
    return std::nullopt;
  }
  int index = static_cast<int>(after - scopes_.begin()) - 1;
  while (index >= 0) {
    const Scope& scope = scopes_[static_cast<std::size_t>(index)];
    if (scope.last >= die.addr) {
      return scope.die;
    }
    index = scope.around;
  }
  return std::nullopt;
}

std::optional<Unit::Function> Unit::function_over(std::uint64_t address) const {
  auto at = std::upper_bound(code_.begin(), code_.end(), address,
                             [](std::uint64_t value, const Code& code) { return value < code.low; });
  while (at != code_.begin()) {
    --at;
    if (address < at->high) {
      return Function{at->function, at->high - at->low};
    }
    if (address >= at->widest) {
      break;
    }
  }
  return std::nullopt;
}

std::vector<Dwarf_Die> Unit::classes_named(std::string_view name) const {
  std::vector<int> found;
  const auto [first, last] = classes_.equal_range(name);
  for (auto it = first; it != last; ++it) {
    found.push_back(it->second);
  }
  std::sort(found.begin(), found.end());
  std::vector<Dwarf_Die> dies;
  dies.reserve(found.size());
  for (const int index : found) {
    dies.push_back(scopes_[static_cast<std::size_t>(index)].die);
  }
  return dies;
}

}  // namespace gordian
