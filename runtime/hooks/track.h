// track.h - what every allocation hook does with a block.
#pragma once

#include "base/inside.h"
#include "capture/capture.h"
#include "start/options.h"
#include "start/state.h"
#include "tables/live.h"

namespace gordian::rt {

__attribute__((always_inline)) inline StackId capture_here() noexcept {
  return capture_stack(g_state.depth.load(std::memory_order_relaxed));
}

// Notes a block with a stack from the caller of the function with the frame `hook` on.
void track_with_stack(void* block, std::size_t size, HookFrame hook) noexcept;

// Notes a block the allocator has just handed out, and returns it; `block` may be null. Inlined: this is what every
// allocation of a program with the shim pays, and its frame is the hook's.
__attribute__((always_inline)) inline void* track_block(void* block, std::size_t size) noexcept {
  if (block == nullptr || !tracking() || t_inside) return block;
  if (shim_seen() && !g_options.block_stacks) {
    add_block(reinterpret_cast<Address>(block), size, StackId::none);
  } else {
    track_with_stack(block, size, HookFrame::here());
  }
  return block;
}

// Must come before the allocator gets the block back: afterwards it may be another's.
inline void untrack_block(void* block) noexcept {
  if (block != nullptr && tracking()) remove_block(reinterpret_cast<Address>(block));
}

}  // namespace gordian::rt
