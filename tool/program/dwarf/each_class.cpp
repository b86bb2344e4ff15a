// each_class.cpp - see each_class.h.
#include "program/dwarf/each_class.h"

namespace gordian::dwarf {
namespace {

constexpr int kDeepest = 100;

bool may_hold_classes(const Dwarf_Die& die, int tag) {
  if (tag == DW_TAG_subprogram) return !has(die, DW_AT_declaration);
  return tag == DW_TAG_namespace || tag == DW_TAG_lexical_block || is_class(die);
}

class Walk {
 public:
  Walk(int& visits, const std::function<void(const Dwarf_Die&)>& visit) : visits_(visits), visit_(visit) {}

  void in_scope(Dwarf_Die scope, int depth) {
    seen_ = scope.addr;
    each_child(scope, [&](Dwarf_Die child) {
      if (child.addr <= seen_ || depth > kDeepest || --visits_ < 0) return false;
      seen_ = child.addr;
      if (is_class(child) && !has(child, DW_AT_declaration)) visit_(child);
      if (may_hold_classes(child, dwarf_tag(&child))) in_scope(child, depth + 1);
      return visits_ >= 0;
    });
  }

 private:
  int& visits_;
  const std::function<void(const Dwarf_Die&)>& visit_;
  const void* seen_ = nullptr;  // what points back would never end
};

}  // namespace

bool each_class(const Dwarf_Die& unit, int& visits, const std::function<void(const Dwarf_Die&)>& visit) {
  if (visits > 0) Walk(visits, visit).in_scope(unit, 0);
  return visits > 0;
}

}  // namespace gordian::dwarf
