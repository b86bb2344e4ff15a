// frame_place.h - where a frame is on the stack, on aarch64.
//
// Who is called saves the return address where it likes, so the slot and the stack pointer are two things.
#pragma once

#include "base/memory.h"
#include "machine/addresses.h"

namespace gordian::rt {

// Of a frame, as it is after its call has returned.
struct FramePlace {
  Address slot;  // where the return address of that call lies: in the frame of who was called
  Address stack_pointer;
  Address sp() const noexcept { return stack_pointer; }
};

template <unsigned kCount>
struct FramePlaces {
  Address slots[kCount];
  Address stack_pointers[kCount];

  FramePlace operator[](unsigned i) const noexcept { return {slots[i], stack_pointers[i]}; }
  void set(unsigned i, const FramePlace& place) noexcept {
    slots[i] = place.slot;
    stack_pointers[i] = place.stack_pointer;
  }
  bool is(unsigned i, const FramePlace& place) const noexcept {
    return slots[i] == place.slot && stack_pointers[i] == place.stack_pointer;
  }
  void move(unsigned to, unsigned from, unsigned count) noexcept {
    std::memmove(slots + to, slots + from, count * sizeof slots[0]);
    std::memmove(stack_pointers + to, stack_pointers + from, count * sizeof stack_pointers[0]);
  }
};

// Without the bits that pointer authentication puts above an address. Whether a function has put them there its
// description tells; but a return address that nobody has signed has zeros there, and stays what it is.
inline Address load_return_address(Address slot) noexcept {
  return load_word(slot) & ((Address{1} << kAddressBits) - 1);
}

}  // namespace gordian::rt
