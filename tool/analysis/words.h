// words.h - what the type model says about words, asked once and numbered.
//
// A leak of a million equal objects asks the same few questions a million times; a
// WordId is the answer's number, and fits beside each slot and pointer.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "program/types/type_model.h"

namespace gordian {

// Equal ids mean the same word of the same type. Ids of words that the model does not know
// are made of their offset; they are equal for equal offsets, whatever they lie in.
enum class WordId : std::uint32_t {};

class WordTable {
 public:
  explicit WordTable(TypeModel& types) : types_(&types) {}

  // The word at `offset` of `type`.
  WordId typed(TypeId type, std::uint64_t offset);
  // A container's pointer to a part of it of type `element`, in an array of such pointers.
  WordId link(TypeId element, std::uint64_t element_size);
  // The handle that the pointer `inside` is the inside of, when the program said that it counts: Whole::part
  // of Whole::part.object_. `in_object`: the pointer may be a member of an object's own class, and no
  // handle's. Whatever is left without a name is called by what it is an element of.
  WordId handle_around(WordId inside, bool in_object);
  // What the holder `outer` stores in itself: the word `inner` of that, reached through it.
  WordId stored(WordId outer, WordId inner);
  // A word of which only the offset is known.
  static WordId untyped(std::uint64_t offset);

  // The model knows something of it: at least its kind.
  static bool known(WordId id) { return (static_cast<std::uint32_t>(id) & kUntyped) == 0; }
  // The model has no name for it, so it goes by its offset. The word that a handle or pointer
  // type itself consists of needs none: it is called after what it is an element of.
  bool nameless(WordId id) const;
  // Of a word that is known.
  const Word& word(WordId id) const { return entries_[static_cast<std::uint32_t>(id)].word; }
  // The path with every index left out (Tree::kids[]); "" for a word without one.
  std::string_view shape(WordId id) const;
  // Of the shape, or of the offset of a nameless word: no address, no index, no run in it.
  std::uint64_t shape_hash(WordId id) const;

 private:
  static constexpr std::uint32_t kUntyped = 0x80000000u;

  struct Entry {
    Word word;
    std::string shape;
    std::uint64_t hash;
  };

  WordId add(Word word, std::uint64_t offset);

  TypeModel* types_;
  std::deque<Entry> entries_;
  std::unordered_map<std::uint64_t, WordId> by_place_;   // type and offset
  std::unordered_map<std::uint32_t, WordId> links_;      // by element
  std::unordered_map<std::uint64_t, WordId> handles_;    // by the pointer in it, and where that lies
  std::unordered_map<std::uint64_t, WordId> by_holder_;  // holder's word and its own
};

// What the tidied name of a std::unique_ptr says, from which the usual deleter is left out: std::unique_ptr<File [], Closer>.
struct UniquePtr {
  bool array = false;
  bool own_deleter = false;
};
std::optional<UniquePtr> unique_ptr_of(std::string_view type);

// `path` with the digits of every index left out: kids[1].edge becomes kids[].edge.
std::string without_indexes(std::string_view path);

// FNV-1a: the same on every machine, in every run, for ever. Finding ids are made of it.
std::uint64_t stable_hash(std::string_view text);
// Mixes `value` into `hash`; the order matters.
std::uint64_t mix(std::uint64_t hash, std::uint64_t value);

}  // namespace gordian
