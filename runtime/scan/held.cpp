// held.cpp - see held.h.
#include "scan/held.h"

#include "scan/knots.h"
#include "scan/ownership.h"

namespace gordian::rt {

bool all_held_from_outside(Heap& heap, Objects& objects, Workers& workers) noexcept {
  const Roots none;
  if (!count_words(none, heap, objects, workers)) return false;
  objects.find_managed_blocks();
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    Object& object = objects[i];
    const std::uint64_t inside = std::uint64_t{object.strong_words} + object.other_words;
    if (!object.expired() && inside < object.use_count) object.state |= kObjHeld;
  }
  if (!flood_from_roots(none, heap, objects, workers)) return false;
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    if (objects.is_undecided(objects[i])) return false;
  }
  PageArray<std::uint32_t> knots;
  return find_knots(heap, objects, knots) && knots.empty();
}

}  // namespace gordian::rt
