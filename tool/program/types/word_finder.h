// word_finder.h - what the word at an offset of a type is, from debug info.
//
// Follows members, bases, array elements and raw buffers down to a handle, a pointer or
// a number, and keeps the names it passes. In doubt a word is `unknown`, never
// `not_a_slot`: counts then decide, and what they leave open counts as owned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "program/types/class_layout.h"
#include "program/dwarf/debug_info.h"
#include "program/types/type_model.h"

namespace gordian {

inline constexpr std::uint64_t kWord = 8;  // bytes

// The nodes of a container, and what they hold.
struct FoundNodes {
  Dwarf_Die container{};
  Dwarf_Die value{};
  NodeShape shape;
  bool map = false;  // the value is a pair of key and mapped value
  std::uint32_t behind = 8;  // see Word
};

// A word before its types have ids.
struct FoundWord {
  WordKind kind = WordKind::unknown;
  bool covered = true;  // false: it lies between members
  std::string member;
  std::string declared;
  std::string path;
  std::string type;
  std::string file;
  int line = 0;
  std::optional<Dwarf_Die> element;
  std::optional<FoundNodes> nodes;  // of links
  ErasedPlace erased;
  std::uint32_t family = 0;  // of a counted handle
  std::optional<Dwarf_Die> managed;
  std::int32_t managed_at = 0;
  bool may_be_dead = false;  // see Word
  bool may_be_unmade = false;
};

class WordFinder {
 public:
  WordFinder(DebugInfo& info, const Families& families, ClassLayouts& layouts)
      : info_(info), families_(families), layouts_(layouts) {}

  // `type` is peeled and `offset` within it.
  FoundWord find(const Dwarf_Die& type, std::uint64_t offset);

 private:
  // The way from the object to the word, in the program's own names.
  struct Trail {
    std::string member;
    std::string declared;  // the type of that member
    std::string path;
    std::string file;
    int line = 0;
    std::string owner;         // the class that an unnamed member's members are said to belong to
    std::string handle;        // the smart pointer or container we are inside of
    bool prefix_only = false;  // `path` is but "deleter": the first member still belongs to `member`
    bool in_deleter_block = false;
    bool count_elements = false;      // inside a tuple
    bool bound = false;               // inside what std::bind has made
    bool invoked = false;             // inside what std::async calls: the first element is the function
    bool makes_at_once = false;       // the class at hand makes a value in its raw memory when it is made itself
    bool in_base = false;             // the class at hand is a base: its own virtual bases lie elsewhere
    std::optional<FoundNodes> nodes;  // inside a container of nodes
  };

  static FoundWord at_end(WordKind kind, const Trail& trail, std::string type = {});
  static FoundWord no_slot();
  FoundWord in_type(const Dwarf_Die& type, std::uint64_t offset, Trail trail, int depth);
  FoundWord in_array(const Dwarf_Die& array, std::uint64_t offset, Trail trail, int depth);
  FoundWord in_class(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth);
  FoundWord in_members(const ClassLayout& layout, std::uint64_t offset, const Trail& trail, int depth);
  FoundWord in_union(const ClassLayout& layout, std::uint64_t offset, const Trail& trail, int depth);
  FoundWord in_field(const ClassLayout& layout, const Field& field, std::uint64_t offset, Trail trail,
                     int depth);
  std::optional<WordKind> link_to(const Dwarf_Die& pointee);
  FoundWord pointer(const Dwarf_Die& type, const Trail& trail);
  bool is_empty(const Dwarf_Die& type);
  void step(const ClassLayout& layout, const Field& field, Trail& trail);
  static void append(const std::string& owner, const std::string& name, Trail& trail);
  // known_words.cpp
  FoundWord in_handle(const std::string& name, ClassRole role, std::uint64_t offset, const Trail& trail);
  FoundWord in_counted_handle(const ClassLayout& layout, std::uint64_t offset, const Trail& trail, int depth);
  FoundWord in_vector(const ClassLayout& layout, std::uint64_t offset, const Trail& trail);
  FoundWord in_deque(const ClassLayout& layout, std::uint64_t offset, const Trail& trail);
  FoundWord in_erased(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth);
  std::optional<FoundNodes> nodes_of(const ClassLayout& container);
  // foreign_control.cpp
  FoundWord in_foreign_control(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth);
  FoundWord in_emplaced(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth);
  FoundWord in_pointing(const ClassLayout& layout, std::uint64_t offset, Trail trail, int depth);
  static void name_part(const std::string& part, Trail& trail);

  DebugInfo& info_;
  const Families& families_;
  ClassLayouts& layouts_;
  int steps_left_ = 0;  // for the word being found
};

}  // namespace gordian
