// debug_module.cpp - see debug_module.h.
#include "program/dwarf/debug_module.h"

#include <algorithm>

#include "program/dwarf/unit.h"

namespace gordian {
namespace {

constexpr std::size_t kMostSearches = 16;  // reading all units takes as long as some tens of searches

// The same hash for `a::b::C`; none for a name with template arguments or parentheses,
// where debug info and demangler differ in spelling.
std::optional<std::size_t> path_of(std::string_view qualified) {
  if (qualified.find_first_of("<({") != std::string_view::npos) {
    return std::nullopt;
  }
  std::size_t path = 0;
  for (std::size_t start = 0;;) {
    const std::size_t end = qualified.find("::", start);
    path = dwarf::extend_path(path, qualified.substr(start, end == std::string_view::npos ? end : end - start));
    if (end == std::string_view::npos) {
      return path;
    }
    start = end + 2;
  }
}

}  // namespace

void DebugModule::read_units() {
  units_read_ = true;
  ranges_left_ = dwarf::most_ranges(dwarf_);
  Dwarf_CU* unit = nullptr;
  std::uint8_t kind = 0;
  Dwarf_Die root;
  Dwarf_Die split;
  while (dwarf_get_units(dwarf_, unit, &unit, nullptr, &kind, &root, &split) == 0) {
    if (kind == DW_UT_type || kind == DW_UT_split_type) {
      continue;
    }
    lacks_units_ = lacks_units_ || (kind == DW_UT_skeleton && split.addr == nullptr);
    const auto index = static_cast<std::uint32_t>(units_.size());
    units_.push_back({root, kind == DW_UT_skeleton && split.addr != nullptr ? split : root});
    add_code(root, index);
  }
  std::sort(code_.begin(), code_.end(),
            [](const Code& a, const Code& b) { return a.low != b.low ? a.low < b.low : a.high > b.high; });
  std::uint64_t widest = 0;
  for (Code& code : code_) {
    widest = code.widest = std::max(widest, code.high);
  }
}

void DebugModule::add_code(Dwarf_Die root, std::uint32_t unit) {
  Dwarf_Addr base = 0;
  Dwarf_Addr low = 0;
  Dwarf_Addr high = 0;
  const std::size_t first = code_.size();
  for (std::ptrdiff_t at = 0; ranges_left_ > 0 && (at = dwarf_ranges(&root, at, &base, &low, &high)) > 0;) {
    --ranges_left_;
    // What the linker threw away starts at 0.
    if (low == 0 || low >= high) {
      continue;
    }
    if (code_.size() > first && low == code_.back().high) {
      code_.back().high = high;
    } else {
      code_.push_back({low, high, 0, unit});
    }
  }
}

const DebugModule::UnitRoot* DebugModule::unit_over(std::uint64_t address) {
  if (!units_read_) {
    read_units();
  }
  const std::uint64_t linked = address - bias_;
  auto at = std::upper_bound(code_.begin(), code_.end(), linked,
                             [](std::uint64_t value, const Code& code) { return value < code.low; });
  while (at != code_.begin()) {
    --at;
    if (linked < at->high) {
      return &units_[at->unit];
    }
    if (linked >= at->widest) {
      break;
    }
  }
  return nullptr;
}

std::vector<Dwarf_Die> DebugModule::classes_named(std::string_view base, std::string_view qualified) {
  index_units_naming(base);
  std::vector<Dwarf_Die> found;
  const auto entry = classes_.find(base);
  if (entry == classes_.end()) {
    return found;
  }
  const std::optional<std::size_t> path = path_of(qualified);
  for (const Class& candidate : entry->second) {
    if (!path || candidate.path == 0 || *path == candidate.path) {
      found.push_back(candidate.die);
    }
  }
  return found;
}

void DebugModule::list_class_units() {
  std::vector<Dwarf_Die> roots;
  std::vector<bool> elsewhere;
  Dwarf_CU* unit = nullptr;
  std::uint8_t kind = 0;
  Dwarf_Die root;
  Dwarf_Die split;
  while (dwarf_get_units(dwarf_, unit, &unit, nullptr, &kind, &root, &split) == 0) {
    const bool is_split = kind == DW_UT_skeleton && split.addr != nullptr;
    roots.push_back(root);
    elsewhere.push_back(is_split);
    const bool is_type_unit = kind == DW_UT_type || kind == DW_UT_split_type || dwarf_tag(&root) == DW_TAG_type_unit;
    lacks_names_ = lacks_names_ || (kind == DW_UT_skeleton && split.addr == nullptr) || kind == DW_UT_partial || dwarf_tag(&root) == DW_TAG_partial_unit;
    class_units_.push_back({is_split ? split : root, is_type_unit});
  }
  search_.emplace(dwarf_, roots, elsewhere);
}

void DebugModule::index_units_naming(std::string_view base) {
  if (class_units_.empty()) {
    list_class_units();
  }
  if (all_indexed_ || !search_ || !searched_.emplace(base).second) {
    return;
  }
  const auto units = searched_.size() <= kMostSearches ? search_->units_naming(base) : std::nullopt;
  if (units) {
    for (const std::uint32_t index : *units) {
      index_unit(index);
    }
    return;
  }
  for (std::uint32_t index = 0; index < class_units_.size(); ++index) {
    index_unit(index);
  }
  all_indexed_ = true;
}

std::optional<std::vector<Dwarf_Die>> DebugModule::units_using(std::string_view name) {
  if (class_units_.empty()) {
    list_class_units();
  }
  if (lacks_names_) {
    return std::nullopt;
  }
  const auto named = ++used_ <= kMostSearches ? search_->units_naming(name) : std::nullopt;
  std::vector<Dwarf_Die> units;
  std::size_t next = 0;
  for (std::uint32_t index = 0; index < class_units_.size(); ++index) {
    const bool names_it = !named || (next < named->size() && (*named)[next] == index);
    next += names_it;
    if (names_it || class_units_[index].is_type_unit) {
      units.push_back(class_units_[index].dies);
    }
  }
  return units;
}

void DebugModule::index_unit(std::uint32_t index) {
  ClassUnit& unit = class_units_[index];
  if (!unit.indexed) {
    unit.indexed = true;
    seen_ = unit.dies.addr;
    index_scope(unit.dies, 0, 0);
  }
}

void DebugModule::index_scope(Dwarf_Die scope, std::size_t path, int depth) {
  dwarf::each_child(scope, [&](Dwarf_Die child) {
    if (child.addr <= seen_ || depth > dwarf::kDeepest) {
      return false;
    }
    seen_ = child.addr;
    const int tag = dwarf_tag(&child);
    if (tag == DW_TAG_namespace) {
      if (const char* name = dwarf_diename(&child); name != nullptr) {
        index_scope(child, dwarf::extend_path(path, name), depth + 1);
      }
    } else if (dwarf::is_class(child)) {
      index_child(child, path, depth);
    }
    return true;
  });
}

void DebugModule::index_child(Dwarf_Die child, std::size_t path, int depth) {
  const char* name = dwarf_diename(&child);
  if (name == nullptr) {
    return;
  }
  const std::size_t own = dwarf::extend_path(path, name);
  if (!dwarf::has(child, DW_AT_declaration)) {
    // A nested class that is defined outside its class hangs at the top: its scopes are not its name's.
    const auto inside = dwarf::reference(child, DW_AT_specification);
    const std::uint64_t size = dwarf::number(child, DW_AT_byte_size).value_or(0);
    if (inside || known_.insert(dwarf::extend_path(own + size, "")).second) {
      classes_[base_of_name(name)].push_back({child, inside ? 0 : own});
    }
  }
  index_scope(child, own, depth + 1);
}

}  // namespace gordian
