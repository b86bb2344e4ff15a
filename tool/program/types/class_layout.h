// class_layout.h - what lies where in a class, read from its definition once.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "program/dwarf/debug_info.h"
#include "program/types/families.h"
#include "program/types/type_model.h"

namespace gordian {

// How the words of a class are to be read. A library's class is known by its name; what
// is not in the table (std_classes.cpp) and not the user's is opaque.
enum class ClassRole {
  plain,          // by its members
  opaque,         // a library's class that we do not look into: every word unknown
  strong_handle,  // shared_ptr: object pointer, control block
  weak_handle,    // weak_ptr: likewise
  counted_handle,  // intrusive_ptr and the like: one pointer, named by the family's row
  atomic_handle,  // likewise, of the kind that the template argument is
  vector,         // begin, end, end of storage
  deque,          // array of buffers, its size, two iterators of four words
  nodes,          // a container of nodes: plain, but its pointers to them are links (NodeShape)
  container,      // around one of these: plain, but its words are called by its name, not by its members'
  erased,         // a holder of an object whose type only some code knows (ErasedForm)
  bound,          // where boost::bind keeps its arguments: they are called by number
  bind,           // what std::bind makes: plain, but its arguments are called by number
  invoker,        // what std::async keeps: a tuple of the function and what it is called with
  no_handles,     // no word of it is one: std::string, the counts of a control block
  buffer,         // raw memory for an object of the first template argument's type
  unique_ptr,     // plain, but its pointer is called by the handle's name
  tuple,          // plain, but its elements are called by number
  tuple_element,
  control,          // a control block: plain, but for its pointer to the managed object
  foreign_control,  // libc++'s and boost's, and boost's deleters that hold the object: see
                    // foreign_control.cpp
  control_part,     // what a control block keeps beside the object: deleter, allocator
};

// For a tidied, qualified class name.
ClassRole role_of(const std::string& qualified_name);

// How the nodes of a container are laid out, in bytes from a node's start.
struct NodeShape {
  int value_argument = 0;              // which template argument of the container is the value's type
  std::uint32_t value_at = 0;          // where the value lies, unless it is aligned to more than that
  bool hash_behind = false;            // a hash code may lie behind the value
  std::array<std::int8_t, 3> links{};  // of the pointers to other nodes; -1: none
};

// For a class whose role is `nodes`.
const NodeShape& node_shape_of(const std::string& qualified_name);

// A type-erased holder: a buffer, and pointers to functions made for what it holds.
struct ErasedForm {
  std::uint64_t size = 0;    // of the holder, in bytes; libraries are told apart by it
  std::uint64_t buffer = 0;  // where its buffer lies
  ErasedPlace place;         // of the buffer's first word
};

// For a class whose role is `erased`; null when no form of that size is known.
const ErasedForm* erased_form_of(const std::string& qualified_name, std::uint64_t size);

struct Field {
  std::string name;  // "" for a base class and for an anonymous struct or union
  std::uint64_t offset = 0;
  std::uint64_t end = 0;   // one past its last byte
  bool size_known = true;  // else `end` is where the next field starts
  bool is_base = false;
  Dwarf_Die type{};  // peeled; a class may be a declaration
  Dwarf_Die declaration{};
};

struct ClassLayout {
  Dwarf_Die die{};
  std::string name;  // qualified, tidied
  std::uint64_t size = 0;
  ClassRole role = ClassRole::plain;
  std::uint32_t family = 0;  // of a counted handle
  bool is_union = false;
  bool is_closure = false;
  bool is_frame = false;             // a coroutine's: its members are that function's variables
  bool of_library = false;           // in std or the like: its members' names are no names for a report
  bool has_virtual_base = false;     // whose place is known at run time only
  std::vector<Field> fields;         // by offset
  std::vector<Field> virtual_bases;  // by offset: where they lie in an object that is of this very class
};

// The word `distance` bytes before the address point of a class's own virtual table; none
// where that cannot be told.
using VtableReader =
    std::function<std::optional<std::uint64_t>(const std::string& class_name, std::uint64_t distance)>;

class ClassLayouts {
 public:
  // `families` must outlive the object.
  ClassLayouts(DebugInfo& info, const Families& families, VtableReader vtables)
      : info_(info), families_(families), vtables_(std::move(vtables)) {}

  // The layout of a class; null when it is only declared anywhere.
  const ClassLayout* layout_of(const Dwarf_Die& type);

  // Where that member lies in a class, in bytes: its own, or one of a base's, at any depth. Every
  // place, when there are several.
  struct MemberPlace {
    std::uint64_t offset;
    Dwarf_Die type;  // peeled
  };
  std::vector<MemberPlace> find_member(const Dwarf_Die& type, const Member& member);

  // Whether a class has the class `part`, or one of the same name and size, as a base or member there, at any depth.
  bool has_part(const Dwarf_Die& type, std::uint64_t offset, const Dwarf_Die& part);

  // size_of() that looks for a declared class's definition.
  std::uint64_t size_of(const Dwarf_Die& peeled);

  // To how many bytes an object of that type is aligned: a power of two, as far as debug info tells. Where its own is left out, by
  // its members.
  std::uint64_t alignment_of(const Dwarf_Die& peeled);

 private:
  ClassLayout read(const Dwarf_Die& definition);
  void add_field(Dwarf_Die child, ClassLayout& layout);
  void add_virtual_bases(ClassLayout& layout);
  static void close_gaps(ClassLayout& layout);

  void find_member(const Dwarf_Die& type, const Member& member, std::uint64_t base, int depth,
                   std::vector<MemberPlace>& found);
  bool has_part(const Dwarf_Die& type, std::uint64_t offset, const Dwarf_Die& part, int depth, int& steps);
  std::uint64_t alignment_of(const Dwarf_Die& type, int depth, int& steps);

  DebugInfo& info_;
  const Families& families_;
  VtableReader vtables_;
  std::unordered_map<const void*, ClassLayout> known_;
};

}  // namespace gordian
