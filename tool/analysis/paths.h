// paths.h - the way from an object to a handle, as its author would write it.
//
//   Tree::kids[1]              a member, or an element of one
//   Graph::edges[3].to         a member of an element
//   Tree::impl -> Pimpl::peer  through a pointer
//   +0x18 -> +0x8              the same without debug info: offsets of members from the start of
//                              the managed object or of the block
//   control block +0x18        in a deleter, without debug info
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"

namespace gordian {

// The path along `way`: edges of the heap graph, the first one leaving an object, the last
// one a slot.
std::string path_along(const Heap& heap, std::span<const Edge> way);

// Likewise where the way starts in a variable (root_blocks.h): registry.by_name[key].
std::string path_from_variable(const Heap& heap, const std::string& variable, std::span<const Edge> way);

// Declaring class and field where the way starts; none without debug info.
std::optional<std::string> member_at(const Heap& heap, const Edge& first);

// Declaring class and field that the handle at the end of `way` is, or lies in: Edge::to of
// Graph::edges[3].to, Impl::kids of Tree::impl -> Impl::kids[1]. What a closure captured belongs to the field
// that holds the closure; in a library's class, which nobody can change, it is called `captured self`. None
// without debug info.
std::optional<std::string> field_along(const Heap& heap, std::span<const Edge> way);

// A class or member of the standard library's or boost's own.
bool is_librarys(std::string_view name);

// Where the member that `first` goes through is declared; none when debug info does not say.
std::optional<SourcePosition> declared_at(const Heap& heap, const Edge& first);

// Declared type of the handle that the slot `row` is part of; none without debug info.
std::optional<std::string> handle_type(const Heap& heap, std::uint32_t row);

// Offset of that handle from the start of the object or block that it lies in.
std::uint64_t handle_offset(const Heap& heap, std::uint32_t row);

// What all references through one member have in common: the path without indexes.
struct MemberPath {
  std::string text;                        // Tree::kids[]
  std::uint64_t hash = 0;                  // of the text: the same in every run
  std::optional<std::string> member;       // where it starts
  std::optional<SourcePosition> declared;  // where that is declared
  std::string member_type;                 // declared type of that member, "" when not known
  std::optional<std::string> field;        // where it ends: see field_along()
  bool is_field = false;                   // the handle is that field, and no part or element of it
  std::uint32_t steps = 0;                 // before the last one
  std::uint64_t last_step = 0;             // a hash of it
};

// Numbers the member paths of slots. A slot in a plain block gets the path by which the
// block was first reached. A step that repeats itself (the nodes of a list) counts once.
class MemberPaths {
 public:
  explicit MemberPaths(const Heap& heap)
      : heap_(heap), of_block_(heap.index.block_count(), snapshot::kNone) {}

  std::uint32_t of_slot(std::uint32_t row);
  const MemberPath& path(std::uint32_t id) const { return paths_[id]; }

 private:
  std::uint32_t of_block(std::uint32_t block);
  std::uint32_t extend(std::uint32_t parent, const Edge& step);

  const Heap& heap_;
  std::vector<std::uint32_t> of_block_;
  std::vector<MemberPath> paths_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_steps_;
};

}  // namespace gordian
