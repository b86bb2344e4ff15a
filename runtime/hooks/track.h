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

// Likewise a block of whose bytes nobody knows what they are. What its memory was before may have left pointers in it, which would
// seem to own what is made there later. Where test cases are checked one by one, each must fail for what it leaks and not by
// chance, so there they are cleared. Large blocks come from the system cleared, or are filled by whoever asked for them.
__attribute__((always_inline)) inline void* track_fresh_block(void* block, std::size_t size) noexcept {
  constexpr std::size_t kLargestCleared = 4096;
  const bool clears = g_live.has_scopes.load(std::memory_order_relaxed);
  if (__builtin_expect(clears, 0) && block != nullptr && size <= kLargestCleared) __builtin_memset(block, 0, size);
  return track_block(block, size);
}

// Must come before the allocator gets the block back: afterwards it may be another's.
inline void untrack_block(void* block) noexcept {
  if (block != nullptr && tracking()) remove_block(reinterpret_cast<Address>(block));
}

}  // namespace gordian::rt
