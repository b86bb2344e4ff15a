// erased_holders.h - what std::function, std::any and the like store, by the code that they point to.
#pragma once

#include <cstdint>
#include <optional>

#include "analysis/containers.h"
#include "analysis/heap_index.h"
#include "analysis/words.h"

namespace gordian {

class ErasedHolders {
 public:
  // All must outlive the object.
  ErasedHolders(const HeapIndex& index, TypeModel& types, WordTable& words) : index_(index), types_(types), words_(words) {}

  // The erased word `id`, at `address` in `block`: where the stored object lies in the holder's buffer, that word of it.
  WordId word_in_buffer(WordId id, std::uint32_t block, std::uint64_t address);

  // The block of its own that the stored object lies in, where the row `pointer`, at `place`, leads there; not certain
  // where it might lie in the buffer, for then the pointer may be the object's own.
  std::optional<Part> own_block(const ErasedPlace& place, std::uint32_t pointer);
  // Whether it is known that it does; none where it is known that it does not, or that the holder is empty.
  std::optional<bool> leads_to_own_block(const ErasedPlace& place, std::uint32_t pointer);

 private:
  bool is_empty(const ErasedPlace& place, std::uint32_t block, std::uint64_t address) const;
  TypeId stored_type(const ErasedPlace& place, std::uint32_t block, std::uint64_t address);
  bool fits_buffer(TypeId type, std::uint64_t size, const ErasedPlace& place);
  bool lies_elsewhere(const ErasedPlace& place, std::uint32_t block, std::uint64_t address) const;

  const HeapIndex& index_;
  TypeModel& types_;
  WordTable& words_;
};

}  // namespace gordian
