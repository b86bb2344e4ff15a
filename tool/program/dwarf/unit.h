// unit.h - one compilation unit's debug info, indexed by one walk over it.
//
// DWARF keeps no way from a DIE to what encloses it and none from a name to a DIE.
// The walk collects both for scopes (namespaces, classes, function definitions), and
// where each function's code lies. It costs time in proportion to the unit, once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "program/dwarf/dwarf_die.h"

namespace gordian {

class Unit {
 public:
  explicit Unit(Dwarf_Die root);

  // The innermost namespace, class or function around `die`; none at the top.
  std::optional<Dwarf_Die> scope_of(const Dwarf_Die& die) const;

  // The innermost function whose code covers that address of the debug info, and how many bytes that piece of its code has.
  struct Function {
    Dwarf_Die die;
    std::uint64_t bytes;
  };
  std::optional<Function> function_over(std::uint64_t address) const;

  // Classes defined here, in whatever scope, whose name up to its template arguments is `name`.
  // With -fdebug-types-section declarations that refer to a definition stand for it.
  std::vector<Dwarf_Die> classes_named(std::string_view name) const;

 private:
  struct Scope {
    Dwarf_Die die;
    const void* last;  // the last DIE inside
    int around;        // index of the enclosing scope, -1 at the top
  };
  struct Code {
    std::uint64_t low;
    std::uint64_t high;
    std::uint64_t widest;  // the largest `high` up to here, in order of `low`
    Dwarf_Die function;
  };

  void walk(Dwarf_Die parent, int scope, int depth);
  void add_code(Dwarf_Die function);

  std::uint64_t ranges_left_;   // that may be read
  const void* seen_ = nullptr;  // the last DIE visited: each is visited once, in order
  std::vector<Scope> scopes_;   // in the order of the debug info
  std::vector<Code> code_;      // by low
  std::unordered_multimap<std::string_view, int> classes_;
};

// A class's name without its template arguments.
std::string_view base_of_name(std::string_view name);

}  // namespace gordian
