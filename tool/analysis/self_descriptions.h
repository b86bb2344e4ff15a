// self_descriptions.h - what a block says of itself, whoever points to it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
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

  // What the plain block may have been made as, by the code that allocated it, where a raw pointer into it says `pointed`: one class that
  // fills the block and has such a part there, derived from it, or with such a member; else the first that is made there, if it has one
  // there, in a block that somebody has rounded up, or put a header into. It may be another block's that is made there.
  std::optional<Region> made_around(std::uint32_t block, const Region& pointed);

  // Whether the plain block can be nothing but an array of what `region` says: no class that it may be, with such a part there, has
  // words of another kind where something is recorded. It may be any class of that size, and a smaller one that is the first to be made
  // by the code that allocated the block.
  bool is_array(const Region& region, std::uint32_t block, WordTable& words);

  // Whether what a pointer of that type leads to, `offset` bytes into an array that only raw pointers know of, may be an element or a
  // part of one. Bytes are not where an element or a handle in it starts: who points to these makes other things of them.
  bool may_be_element(const Region& array, std::uint64_t offset, const Word& pointer, WordTable& words);

  // Whether a class is the C++ library's own business, as std::_List_node_base is: who points to one is an iterator. What it
  // points to, the container tells.
  bool is_part_of_container(TypeId type);

 private:
  struct Made {
    TypeId type = TypeId::none;
    std::uint32_t start = 0;  // bytes from the block's start
  };

  TypeId thrown_type(std::uint32_t block);
  bool read_array(const Region& region, std::uint32_t block, WordTable& words);
  // Whether all that is recorded in the block is the same where it is one of `made`, or as many as fit exactly.
  bool reads_alike(const Region& array, std::uint32_t block, const Made& made, WordTable& words);
  const std::vector<TypeId>& made_by(std::uint32_t stack);
  // The class made there that fills the block, with `pointed`'s part in its place; none where there are several.
  TypeId made_filling(std::uint32_t block, const Region& pointed);
  // The first made there, where it is larger than that part, which it starts with, or has in that place from the block's start on, and
  // leaves room in the block.
  Made made_within(std::uint32_t block, const Region& pointed);
  const std::optional<std::vector<TypeId>>& having_part(TypeId part, std::uint64_t offset, std::uint64_t size);

  const HeapIndex& index_;
  TypeModel& types_;
  std::unordered_map<std::uint32_t, std::vector<TypeId>> made_;  // by stack
  std::unordered_map<std::uint32_t, bool> parts_of_containers_;
  std::map<std::tuple<std::uint32_t, TypeId, std::uint32_t>, bool> arrays_;  // by block, element and base
  std::map<std::tuple<TypeId, std::uint64_t, std::uint64_t>, std::optional<std::vector<TypeId>>> having_part_;  // by part, offset, size
  std::map<std::tuple<std::uint32_t, TypeId, std::uint32_t, std::uint64_t>, TypeId> filling_;  // by stack, part, its place, size
  std::unordered_map<std::uint32_t, TypeId> dynamic_types_;
  std::unordered_map<std::uint32_t, std::uint64_t> sizes_;
};

}  // namespace gordian
