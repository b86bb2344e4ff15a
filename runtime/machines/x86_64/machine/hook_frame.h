// hook_frame.h - a frame of the runtime's own that a walk begins behind, on x86-64.
//
// The first words of a frame are fixed by the ABI where the function has a frame pointer, as one has that asks for its
// frame's address: the caller's rbp, and where it is returned to. So the walk begins with the caller's frame.
#pragma once

#include "base/memory.h"
#include "capture/frame_state.h"

namespace gordian::rt {

struct HookFrame {
  Address rbp;

  // Of the function that this is in.
  __attribute__((always_inline)) static HookFrame here() noexcept {
    return {reinterpret_cast<Address>(__builtin_frame_address(0))};
  }
};

inline FrameState first_frame(const HookFrame& hook) noexcept {
  return {load_word(hook.rbp + 8), {hook.rbp + 8}, load_word(hook.rbp)};
}

}  // namespace gordian::rt
