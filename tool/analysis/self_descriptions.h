// self_descriptions.h - what a block says of itself, whoever points to it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

// A plain block by a word of its own, which may be a dead object's: never certain.
Region pointee_of(TypeId type);

// Asks the type model once for each answer.
class SelfDescriptions {
 public:
  // Both must outlive the object.
  SelfDescriptions(const HeapIndex& index, TypeModel& types) : index_(index), types_(types) {}

  // What an object of that vtable is; none for kNone.
  TypeId dynamic_type(std::uint32_t vtable);
  std::uint64_t size(TypeId type);

  // What a plain block says it is: by its vptr, or by what Asio's operations and QSharedPointer's counts
  // have instead: a word, and then a function of their class.
  TypeId own_type(std::uint32_t block);

  // Likewise also by the type of an exception, or by the function that resumes a coroutine. Leaves
  // `region` alone where nothing is said.
  void describe(std::uint32_t block, Region& region);

  // The class that the plain block may have been made as, by the code that allocated it, where one fills the block and has a
  // `part` at `offset` bytes: derived from it, or with such a member. It may be another block's that is made there.
  TypeId made_around(std::uint32_t block, TypeId part, std::uint64_t offset);

  // Whether the plain block can be nothing but an array of what `region` says: no class that it may be, starting with such an element, has
  // words of another kind where something is recorded.
  bool is_array(const Region& region, std::uint32_t block, WordTable& words);

  // Whether a class is the C++ library's own business, as std::_List_node_base is: who points to one is an iterator. What it
  // points to, the container tells.
  bool is_part_of_container(TypeId type);

 private:
  TypeId thrown_type(std::uint32_t block);
  bool read_array(const Region& region, std::uint32_t block, WordTable& words);
  const std::optional<std::vector<TypeId>>& starting_with(TypeId part, std::uint64_t size);

  const HeapIndex& index_;
  TypeModel& types_;
  std::unordered_map<std::uint32_t, std::vector<TypeId>> made_;  // by stack
  std::unordered_map<std::uint32_t, bool> parts_of_containers_;
  std::unordered_map<std::uint64_t, bool> arrays_;  // by block and element
  std::map<std::pair<TypeId, std::uint64_t>, std::optional<std::vector<TypeId>>> starting_with_;  // by part and size
  std::unordered_map<std::uint32_t, TypeId> dynamic_types_;
  std::unordered_map<std::uint32_t, std::uint64_t> sizes_;
};

}  // namespace gordian
