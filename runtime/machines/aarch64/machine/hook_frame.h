// hook_frame.h - a frame of the runtime's own that a walk begins with, on aarch64.
//
// The frame record that x29 leads to may lie anywhere in its frame, so it does not tell the caller's stack pointer.
// The unwind tables do: the hook is walked like any other function, from an instruction in it.
#pragma once

#include "base/memory.h"
#include "capture/frame_state.h"

namespace gordian::rt {

struct HookFrame {
  Address behind_instruction;
  Address sp;
  Address x29;

  // Of the function that this is in.
  __attribute__((always_inline)) static HookFrame here() noexcept {
    HookFrame hook;
    asm volatile("adr %0, . + 4\n\tmov %1, sp\n\tmov %2, x29"
                 : "=&r"(hook.behind_instruction), "=&r"(hook.sp), "=r"(hook.x29));
    return hook;
  }
};

// Nobody has returned to there, so there is no slot; what is below the stack pointer is nobody else's.
inline FrameState first_frame(const HookFrame& hook) noexcept {
  return {hook.behind_instruction, {hook.sp - 8, hook.sp}, hook.x29};
}

}  // namespace gordian::rt
