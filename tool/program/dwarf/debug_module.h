// debug_module.h - one module's debug info: its units by address, its classes by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "program/dwarf/dwarf_die.h"
#include "program/dwarf/unit_search.h"

namespace gordian {

class DebugModule {
 public:
  DebugModule(Dwarf* dwarf, std::uint64_t bias) : dwarf_(dwarf), bias_(bias) {}

  Dwarf* dwarf() const { return dwarf_; }
  std::uint64_t bias() const { return bias_; }

  struct UnitRoot {
    Dwarf_Die lines;  // of the unit in the module: has the line table
    Dwarf_Die dies;   // the same, or what it stands for in a .dwo file
  };
  // The unit whose code covers that address of the process. The first call reads every
  // unit's own DIE (not .debug_aranges: clang writes none).
  const UnitRoot* unit_over(std::uint64_t address);

  // Some unit's classes lie in a .dwo file that cannot be read. False until code is looked for.
  bool lacks_units() const { return lacks_units_; }

  // Definitions, outside functions and unnamed namespaces, whose name without scopes and
  // template arguments is `base`, and which `qualified` may name: equal ones once. Visits the classes of
  // units that may define one; after some names, of all.
  std::vector<Dwarf_Die> classes_named(std::string_view base, std::string_view qualified);

  // The units that may define a class with a base class or a member of a class that is called `name` in debug info; after some names, all. None
  // where that cannot be told.
  std::optional<std::vector<Dwarf_Die>> units_using(std::string_view name);

 private:
  // A range of one unit's code: a large program has a million, so they are searched, and not asked one unit after another.
  struct Code {
    std::uint64_t low;
    std::uint64_t high;
    std::uint64_t widest;  // the largest `high` up to here, in order of `low`
    std::uint32_t unit;
  };
  struct Class {
    Dwarf_Die die;
    std::size_t path;  // hash of its scopes' and its own name
  };

  void read_units();
  void add_code(Dwarf_Die root, std::uint32_t unit);
  void list_class_units();
  void index_units_naming(std::string_view base);
  void index_unit(std::uint32_t index);
  void index_scope(Dwarf_Die scope, std::size_t path, int depth);
  void index_child(Dwarf_Die child, std::size_t path, int depth);

  Dwarf* dwarf_;
  std::uint64_t bias_;
  std::uint64_t ranges_left_ = 0;  // that may be read
  bool units_read_ = false;
  bool lacks_units_ = false;
  const void* seen_ = nullptr;
  std::vector<UnitRoot> units_;
  std::vector<Code> code_;
  // Type units are among these: -fdebug-types-section keeps definitions there.
  struct ClassUnit {
    Dwarf_Die dies;
    bool is_type_unit = false;  // which refers to others by numbers, not by names
    bool indexed = false;
  };
  std::vector<ClassUnit> class_units_;
  bool lacks_names_ = false;  // of what its units use: dwz has moved that, or a unit cannot be read
  std::optional<UnitSearch> search_;  // none before the first name
  bool all_indexed_ = false;
  std::size_t used_ = 0;  // names searched by units_using()
  std::unordered_set<std::string> searched_;
  std::unordered_map<std::string_view, std::vector<Class>> classes_;
  std::unordered_set<std::size_t> known_;
};

}  // namespace gordian
