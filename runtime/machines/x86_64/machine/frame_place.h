// frame_place.h - where a frame is on the stack, on x86-64.
//
// A call pushes its return address, so the slot that it lies in tells the stack pointer, too.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// Of a frame, as it is after its call has returned.
struct FramePlace {
  Address slot;  // where the return address of that call lies
  Address sp() const noexcept { return slot + 8; }
};

template <unsigned kCount>
struct FramePlaces {
  Address slots[kCount];

  FramePlace operator[](unsigned i) const noexcept { return {slots[i]}; }
  void set(unsigned i, const FramePlace& place) noexcept { slots[i] = place.slot; }
  bool is(unsigned i, const FramePlace& place) const noexcept { return slots[i] == place.slot; }
  void move(unsigned to, unsigned from, unsigned count) noexcept {
    std::memmove(slots + to, slots + from, count * sizeof slots[0]);
  }
};

inline Address load_return_address(Address slot) noexcept { return load_word(slot); }

}  // namespace gordian::rt
