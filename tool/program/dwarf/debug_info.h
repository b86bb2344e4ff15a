// debug_info.h - the debug info of the whole program: modules, units, and names of DIEs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "program/dwarf/classes_by_size.h"
#include "program/dwarf/debug_module.h"
#include "program/dwarf/dwarf_die.h"
#include "program/dwarf/unit.h"
#include "program/dwarf/variables.h"
#include "program/elf/module_file.h"

namespace gordian {

class DebugInfo {
 public:
  // Both must outlive the object. Opens nothing.
  DebugInfo(const Snapshot& snapshot, Notes& notes);

  // The module mapped at that address of the process; null in none.
  ModuleFile* module_at(std::uint64_t address);

  // A module's debug info; null when it has none.
  DebugModule* debug_of(ModuleFile& module);

  // A place in code: the unit around it and the function, where known, with the bytes of that piece of its code.
  struct Place {
    DebugModule* module;
    const DebugModule::UnitRoot* unit;
    std::optional<Dwarf_Die> function;
    std::uint64_t bytes;
  };
  std::optional<Place> place_of(std::uint64_t address);

  // The variable of static storage that starts last at `address` or before, in the module there. The first call walks over all
  // of the module's debug info.
  std::optional<Variables::Found> variable_before(std::uint64_t address);

  // Says in a note why the type of an object made on that stack is unknown: of the first module there that is
  // no system library. Where the stack tells none, of all modules without debug info.
  void note_unknown_type(std::span<const std::uint64_t> stack);

  Unit& unit_of(Dwarf_Die die);

  // A class's or function's name with its scopes, tidied: `ns::Tree`, `(anonymous namespace)::Node<int>`.
  const std::string& qualified_name(const Dwarf_Die& die);

  // Any type as in a declaration: `const Tree*`, `int[4]`; `void` for none.
  std::string type_name(std::optional<Dwarf_Die> type);

  // The definition of the class that `type` names: itself, or, where it is a declaration
  // only, the one its unit, its module, another module has. None when there is no
  // definition, or when there are several that differ.
  std::optional<Dwarf_Die> definition_of(const Dwarf_Die& type);

  // Likewise for a class's tidied name: looks first in the units that hold code of `functions`, which its virtual table
  // leads to, then in the modules around `address` and elsewhere. One that is local to a file or function is
  // known by its own functions, or where it is the only one of its name in the module around `address`.
  std::optional<Dwarf_Die> class_named(const std::string& name, const std::vector<std::uint64_t>& functions,
                                       std::uint64_t address);

  // The classes made of a class template, given by its qualified name, in all modules. Visits all
  // classes there are.
  std::vector<Dwarf_Die> classes_of_template(const std::string& name);

  // Classes of `size` bytes, local ones too: all that have the class `part` as a base or a member are among them, but for
  // those of code without debug info. None where that cannot be told, or not in about a second for all that is asked.
  std::optional<std::vector<Dwarf_Die>> classes_perhaps_with(const Dwarf_Die& part, std::uint64_t size);

  // Absolute path of the declaration's file; "" when not known.
  std::string declared_in(Dwarf_Die die);
  std::string file_of(Dwarf_Die unit, std::uint64_t index);

 private:
  static constexpr int kMostVisits = 10'000'000;

  std::string own_name(const Dwarf_Die& die, int depth);
  std::string function_name(const Dwarf_Die& function, int depth);
  std::string closure_name(const Dwarf_Die& die);
  std::string name_in_scopes(Dwarf_Die die, int depth);
  std::string type_name(std::optional<Dwarf_Die> type, int depth);
  std::optional<Dwarf_Die> class_in_unit(const std::string& name, Unit& unit);
  std::optional<Dwarf_Die> class_with_functions(const std::string& name, const std::vector<std::uint64_t>& functions);
  std::optional<Dwarf_Die> class_in_modules(const std::string& name, const ModuleFile* first);
  std::optional<Dwarf_Die> only_one(const std::string& name, const std::vector<Dwarf_Die>& candidates);

  struct Entry {
    std::unique_ptr<ModuleFile> file;
    std::unique_ptr<DebugModule> debug;
    std::unique_ptr<Variables> variables;
    ClassesBySize by_size;
    bool asked = false;
    bool noted = false;  // that it lacks classes
  };
  Entry* entry_at(std::uint64_t address);
  DebugModule* debug_of(Entry& entry);

  std::vector<Entry> modules_;  // as in the snapshot: by low address
  std::unordered_map<const void*, std::unique_ptr<Unit>> units_;
  std::unordered_map<const void*, std::string> names_;
  std::unordered_map<const void*, std::optional<Dwarf_Die>> definitions_;
  std::map<std::pair<const ModuleFile*, std::string>, std::optional<Dwarf_Die>>
      classes_;         // by where to look first
  int steps_left_ = 0;  // of the name being put together
  int visits_left_ = kMostVisits;  // of DIEs, by classes_perhaps_with()
};

// Whether a class is a lambda's: it has no name of its own but a call operator.
bool is_closure(const Dwarf_Die& die);

}  // namespace gordian
