// classes.h - which class a first word says a block is of.
//
// A block whose first word points at a virtual table in a loaded module: the word before
// the table is its type_info, which names the class and its bases (Itanium C++ ABI, 2.5.2
// and 2.9.5). Following the first ones tells a control block whatever it manages,
// polymorphic or not, stripped or not.
//
// A word that looks like a vptr may not be one: every read stays inside the segments
// the loader has mapped, names are bounded, chains are short. Of a library that is unloaded
// nothing is read: its classes are those that were noted before it went (unloading.h).
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "process/modules.h"
#include "scan/families.h"
#include "snapshot_format.h"

namespace gordian::rt {

struct ClassInfo {
  Address vtable;
  const char* name;  // mangled, in the module's memory or, once that is gone, in ours; null without RTTI
  Address functions[snapshot::kVtableFunctions];
  FamilyRow family = FamilyRow::none;  // none: no control block
  ControlKind kind;
  bool table;  // no class's: found by find_table()
  std::uint32_t row;  // index in the snapshot's vtables, once recorded
};

class Classes {
 public:
  explicit Classes(const ModuleMap& modules) noexcept : modules_(modules) {}

  // Index of the class whose virtual table `word` points at, or kNoIndex. Remembered.
  std::uint32_t find(std::uint64_t word) noexcept;
  // Likewise of a table of functions without a class: what a type-erased holder may point to.
  // Bit 0 of `word` may be a tag (boost::function has one).
  std::uint32_t find_table(std::uint64_t word) noexcept;
  ClassInfo& operator[](std::uint32_t i) noexcept { return classes_[i]; }
  const ClassInfo& operator[](std::uint32_t i) const noexcept { return classes_[i]; }
  // Index of the class of a control block that we can read, or kNoIndex.
  std::uint32_t find_control(std::uint64_t word) noexcept;
  // Whether a vptr that find() knows nothing of could hold that: it leads to where a module is, or may be, or was.
  bool may_be_unknown(std::uint64_t word) const noexcept { return modules_.may_hold(word) || modules_.unloaded(word); }
  // Copies all names, for a time when modules may go.
  bool keep_names() noexcept;
  std::size_t size() const noexcept { return classes_.size(); }
  bool failed() const noexcept { return classes_.failed() || memo_.failed(); }

 private:
  struct Memo {
    Address word;         // 0: free
    std::uint32_t index;  // kNoIndex: no class
  };

  std::uint32_t examine(Address vtable) noexcept;
  std::uint32_t recall(Address word, bool table) noexcept;
  std::uint32_t examine_table(Address table) noexcept;
  bool read_functions(ClassInfo& info) const noexcept;
  const char* type_name(Address type_info) const noexcept;
  FamilyRow family_of(Address type_info) const noexcept;
  Address first_base(Address type_info) const noexcept;
  const Memo* remembered(Address word) const noexcept;
  void remember(Address word, std::uint32_t index) noexcept;
  void grow_memo() noexcept;

  const ModuleMap& modules_;
  PageArray<ClassInfo> classes_;
  PageArray<char> names_;  // those that were copied
  PageArray<Memo> memo_;  // open addressing, at most half full
  std::size_t remembered_ = 0;
};

}  // namespace gordian::rt
