// type_model.h - what debug info says about a word inside an object.
//
// The analysis knows blocks and words; this interface tells it what a word at a
// given offset of a given type is, and how its author would call it. DwarfTypes
// implements it from DWARF; tests implement it by hand.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gordian {

enum class TypeId : std::uint32_t { none = 0 };

enum class WordKind {
  unknown,        // no debug info reaches here: the word may be anything
  not_a_slot,     // known to be no handle: a number, a raw pointer to something untyped, padding, a union's
                  // unclear half
  strong_handle,  // the control-block word of a strong handle (shared_ptr's second word)
  weak_handle,    // likewise of a weak handle
  vector_begin,   // the first word of a std::vector: `element` tells of what
  deque_begin,    // the first word of libstdc++'s std::deque, likewise
  buffers_begin,  // points to an array of pointers to buffers of `element`, the next word to its end
                  // (libc++'s deque)
  link,           // a container's pointer to a node of its own, of type `element`
  link_array,     // a container's pointer to an array of such links
  erased,         // in a type-erased holder: std::function, std::any; see ErasedPlace
  counted_handle,  // the pointer of a handle (boost::intrusive_ptr) to an object that counts its handles itself:
                   // to an `element`, which may be a base of the object's class; see Word::family
  pointer,        // a raw pointer to a complete class type, `element`
};

// Where a word lies in a holder of an object whose type only some code knows. Such a holder
// has a buffer, in which the object lies or a pointer to it, and pointers to functions (or
// to tables of them) made for that type. In bytes from the start of the buffer.
struct ErasedPlace {
  std::uint32_t at = 0;    // of this word
  std::uint32_t room = 0;  // the buffer's size
  bool trivial = false;    // only what can be copied as bytes lies in the buffer: no handle, no container
  std::array<std::int32_t, 2> code{};  // of the pointers to functions; twice the same where there is one
  std::int32_t self =
      -1;  // of a pointer that leads to the buffer when the object lies there; -1: there is none
};

// One word of a type. Strings are empty where they make no sense for the kind.
struct Word {
  WordKind kind = WordKind::unknown;
  std::string member;  // declaring class and outermost field: Tree::kids; for a capture: captured self
  std::string path;    // the whole way from the object: Tree::kids[1].edge
  std::string type;    // declared type of the handle or container: std::shared_ptr<Tree>
  TypeId element = TypeId::none;   // vector_begin, deque_begin, pointer, links: element, pointee or node type
  std::uint64_t element_size = 0;  // bytes; 0 when not known
  std::string file;                // where `member` is declared, "" when not known
  int line = 0;
  ErasedPlace erased{};  // of an erased word
  std::uint32_t family = 0;  // of a counted handle: for count_offset()
  // Of a counted handle whose `element` is but the count's own class: the object's type, and where in the
  // handle the pointer to the object lies, in bytes from this word.
  TypeId managed = TypeId::none;
  std::int32_t managed_at = 0;
  // It is one alternative of a union or an optional, and whether that is alive is not for the
  // type to say: what was reset keeps its bits. The kind is what the word is if it is alive.
  bool may_be_dead = false;
  // It lies in raw memory that the class around it makes a value in later, as a promise's result does. The kind is what the word is
  // once that is made; before, it is what was there.
  bool may_be_unmade = false;
  std::string declared{};  // the type of `member`: of the handle, or of what holds it, a std::tuple<...>
  std::uint32_t behind = 8;  // of a link: most bytes that its node has behind the element: a hash code, padding
};

// How a control block holds its managed object.
struct ControlType {
  TypeId control =
      TypeId::none;  // the control block's own class: word_at() works on it, and names members of an
                     // object stored in place as that object's (Tree::kids), a deleter's as "deleter.x"
  TypeId managed = TypeId::none;  // the managed object's type
  std::string
      managed_name;  // demangled and tidied, also without debug info: "Tree"; "" when nothing is known
};

// A variable of static storage, or of a call that the checking thread is in.
struct Variable {
  std::string name;  // ns::registry; of a static with its function where it is local to one
  std::uint64_t address = 0;
  std::uint64_t size = 0;  // bytes
  TypeId type = TypeId::none;
  bool is_local = false;  // of a call: it may not be constructed yet, or be destroyed already
  std::string file;  // where it is declared, "" when not known
  int line = 0;
};

class TypeModel {
 public:
  virtual ~TypeModel() = default;

  // The one that lies at `address` of the process.
  virtual std::optional<Variable> variable_at(std::uint64_t address) = 0;

  // `vtable` is an index into Snapshot::vtables of a control block's own vptr.
  virtual ControlType control_type(std::uint32_t vtable) = 0;

  // The dynamic type of a polymorphic block whose first word is that vptr.
  virtual TypeId dynamic_type(std::uint32_t vtable) = 0;

  // The type of what a holder stores whose function (or table of functions) lies at `code`.
  virtual TypeId erased_type(std::uint64_t code) = 0;

  // The type of an asynchronous operation (Asio's) that the function at `code` completes, or of
  // QSharedPointer's count that it destroys.
  virtual TypeId operation_type(std::uint64_t code) = 0;

  // The class whose std::type_info lies at `type_info`: of an object that was thrown.
  virtual TypeId thrown_type(std::uint64_t type_info) = 0;

  // The type of the coroutine frames that the function at `code` resumes.
  virtual TypeId coroutine_frame(std::uint64_t code) = 0;

  // Where an object of that class counts the handles of `family`, in bytes from its start; none
  // where it does not, or in several places.
  virtual std::optional<std::uint64_t> count_offset(TypeId type, std::uint32_t family) = 0;
  // Likewise of handles of any family that says which class has the count.
  virtual std::optional<std::uint64_t> count_offset(TypeId type) = 0;

  // Every class that the program has counted handles to, with their family. Visits all of its debug info.
  struct CountedClass {
    TypeId type;
    std::uint32_t family;
    bool apart;  // the count is not in the object but in a block of its own
  };
  virtual std::vector<CountedClass> counted_classes() = 0;

  // By the code that made them, given a call stack (return addresses, innermost first): the classes of
  // which the block allocated there may be one, the likeliest first; and the class of an object that
  // was announced there by its constructors.
  virtual std::vector<TypeId> allocated_by(std::span<const std::uint64_t> stack) = 0;
  virtual TypeId announced_by(std::span<const std::uint64_t> stack) = 0;

  // Demangled and tidied name of that vtable's class, from RTTI or from symbols; "" when unknown.
  virtual std::string dynamic_name(std::uint32_t vtable) = 0;

  virtual std::string name(TypeId type) = 0;
  // Whether a class has a base class or a member of the class `part` at `offset`, in bytes from its start, at any depth.
  virtual bool has_part(TypeId type, std::uint64_t offset, TypeId part) = 0;
  // The classes of `size` bytes that have that smaller one at `offset`: derived from it, or with such a member. None where that
  // cannot be told.
  virtual std::optional<std::vector<TypeId>> having_part(TypeId part, std::uint64_t offset, std::uint64_t size) = 0;
  virtual std::uint64_t size(TypeId type) = 0;  // bytes, 0 when not known

  // What the 8-byte word at `offset` of `type` is. Offsets past the type's size are unknown.
  virtual Word word_at(TypeId type, std::uint64_t offset) = 0;
};

}  // namespace gordian
