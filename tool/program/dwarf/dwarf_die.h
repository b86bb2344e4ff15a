// dwarf_die.h - reading debug info that may be anything.
//
// libdw reads single attributes safely, but debug info is a graph drawn by whoever made
// the file: references may run in circles, siblings backwards, nesting a million deep.
// All walks of it go through here, and every one has an end.
#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gordian::dwarf {

// Long enough for any compiler's chain of typedefs, qualifiers, origins; a cycle ends here.
inline constexpr int kLongestChain = 64;

// Scopes within scopes, and names of them. No compiler gets near it; a made-up file must not exhaust our stack.
inline constexpr int kDeepest = 200;

// Which DIE it is, within the process: debug info stays where it was mapped.
inline const void* identity(const Dwarf_Die& die) {
  return die.addr;
}

std::string name_of(Dwarf_Die die);  // DW_AT_name, also of what the DIE specifies or stems from; "" without
bool has(Dwarf_Die die, unsigned attribute);
bool flag(Dwarf_Die die, unsigned attribute);
std::optional<std::uint64_t> number(Dwarf_Die die, unsigned attribute);
std::optional<std::string> text(Dwarf_Die die, unsigned attribute);
std::optional<Dwarf_Die> reference(Dwarf_Die die, unsigned attribute);

// The symbol of a function, given by the DIE or by one it specifies or stems from; "" without.
std::string linkage_name(Dwarf_Die die);

// The DIE at the end of DW_AT_abstract_origin and DW_AT_specification: a function's
// first declaration, which lies in its class.
Dwarf_Die declaration_of(Dwarf_Die die);

// With -fdebug-types-section a unit has but a sign that points at a class: the class itself,
// or `type` when it is no such sign. clang's signs have no name.
Dwarf_Die whole_class(const Dwarf_Die& type);

// The type behind DW_AT_type without typedefs and qualifiers; none for void.
std::optional<Dwarf_Die> type_of(Dwarf_Die die);
std::optional<Dwarf_Die> peel(Dwarf_Die type);

// A member's or base's constant offset in its class; none when it is computed at run time.
std::optional<std::uint64_t> offset_in_class(Dwarf_Die member);

// Where the offset of a virtual base is kept: bytes before the address point of the virtual
// table that the class's own vptr leads to (Itanium C++ ABI, 2.5.2); none for any other base.
std::optional<std::uint64_t> virtual_base_slot(Dwarf_Die inheritance);

// The n-th (from 0) DW_TAG_template_type_parameter's type, peeled.
std::optional<Dwarf_Die> template_type(Dwarf_Die die, int n);

// Bytes of an object of that (peeled) type; 0 when not known.
std::uint64_t size_of(Dwarf_Die type);

// Elements of an array type per dimension, outermost first; 0 for a dimension without a constant bound.
std::vector<std::uint64_t> array_bounds(Dwarf_Die array);

// How many ranges of code may be read from `dwarf`: as many as its file has bytes. All of a compiler's are fewer; a made-up
// file may name one list for each of its units and functions.
std::uint64_t most_ranges(Dwarf* dwarf);

// The hash of a path of scopes' names with one more; 0 is that of none.
std::size_t extend_path(std::size_t path, std::string_view name);

bool is_class(const Dwarf_Die& die);  // class, struct or union

// Calls `visit(Dwarf_Die)` for each child in order, until it returns false.
template <typename Visit>
void each_child(Dwarf_Die parent, Visit visit) {
  Dwarf_Die child;
  int status = dwarf_child(&parent, &child);
  while (status == 0) {
    if (!visit(child)) {
      return;
    }
    Dwarf_Die next;
    status = dwarf_siblingof(&child, &next);
    if (status != 0 || next.addr <= child.addr) {
      return;  // a sibling attribute that points back would never end
    }
    child = next;
  }
}

}  // namespace gordian::dwarf
