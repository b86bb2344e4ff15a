// classes_by_size.cpp - see classes_by_size.h.
#include "program/dwarf/classes_by_size.h"

namespace gordian {
namespace {

bool may_hold_classes(const Dwarf_Die& die, int tag) {
  if (tag == DW_TAG_subprogram) return !dwarf::has(die, DW_AT_declaration);
  return tag == DW_TAG_namespace || tag == DW_TAG_lexical_block || dwarf::is_class(die);
}

}  // namespace

bool ClassesBySize::add(const Dwarf_Die& unit, int& visits) {
  if (visits > 0 && units_.insert(dwarf::identity(unit)).second) in_scope(unit, {}, 0, visits);
  return visits > 0;
}

const std::vector<Dwarf_Die>* ClassesBySize::of_size(std::uint64_t bytes) const {
  const auto found = classes_.find(bytes);
  return found != classes_.end() ? &found->second : nullptr;
}

void ClassesBySize::in_scope(Dwarf_Die scope, Path path, int depth, int& visits) {
  seen_ = scope.addr;
  dwarf::each_child(scope, [&](Dwarf_Die child) {
    if (child.addr <= seen_ || depth > dwarf::kDeepest || --visits < 0) return false;
    seen_ = child.addr;
    const int tag = dwarf_tag(&child);
    if (!may_hold_classes(child, tag)) return true;
    const char* name = dwarf_diename(&child);
    const bool local = path.local || name == nullptr || tag == DW_TAG_subprogram;
    const Path own{dwarf::extend_path(path.hash, name != nullptr ? name : ""), local};
    if (dwarf::is_class(child) && !dwarf::has(child, DW_AT_declaration)) take(child, own);
    in_scope(child, own, depth + 1, visits);
    return visits >= 0;
  });
}

void ClassesBySize::take(const Dwarf_Die& die, Path path) {
  const std::uint64_t bytes = dwarf::number(die, DW_AT_byte_size).value_or(0);
  if (path.local || known_.insert(path.hash + bytes).second) classes_[bytes].push_back(die);
}

}  // namespace gordian
