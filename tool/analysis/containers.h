// containers.h - what the words of a container, a holder or a pointer say of the blocks
// they lead to.
//
// Nothing is searched here: a word of known type says where to look, the words beside it
// how far. What does not fit together (an end before its beginning, a block too small)
// describes nothing, and the block stays untyped.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

struct Part {
  std::uint32_t block;
  Region region;  // kind, type, base and counts; how it was reached is the caller's to add
};

// Each takes the row `p` of a pointer, what its word is, and the size in bytes of `word.element`.

// A vector's buffer: elements up to the end that the vector's second word gives.
std::optional<Region> vector_elements(const HeapIndex& index, std::uint32_t p, const Word& word,
                                      std::uint64_t size);

// A deque's array of buffers, and each buffer with the elements between the two iterators.
std::vector<Part> deque_parts(const HeapIndex& index, std::uint32_t p, const Word& word, std::uint64_t size);

// Buffers of elements of which it is not known where the first and the last lie.
std::vector<Part> buffer_parts(const HeapIndex& index, std::uint32_t p, const Word& word, std::uint64_t size);

// A node: it fills a block of its own.
std::optional<Region> container_node(const HeapIndex& index, std::uint32_t p, const Word& word,
                                     std::uint64_t size);

// What a raw pointer points to: one value, or an array of them when the block is longer, by name only behind the first.
std::optional<Region> pointee(const HeapIndex& index, std::uint32_t p, const Word& word, std::uint64_t size);

// A buffer of which nothing is known but that the pointer at row `p` and the two behind it are
// its beginning, the end of what is used and its end, as in a vector of anything.
std::optional<Region> untyped_buffer(const HeapIndex& index, std::uint32_t p);

// The block that the holder around the word at `address` keeps its object in, given the
// object's size; none when it keeps it in its own buffer.
std::optional<std::uint32_t> erased_block(const HeapIndex& index, std::uint32_t block, std::uint64_t address,
                                          const ErasedPlace& place, std::uint64_t size);

// The value of the recorded pointer at `address` in `block`.
std::optional<std::uint64_t> pointer_at(const HeapIndex& index, std::uint32_t block, std::uint64_t address);

}  // namespace gordian
