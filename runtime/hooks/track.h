// track.h - what every allocation hook does with a block.
#pragma once

#include "base/inside.h"
#include "capture/capture.h"
#include "start/options.h"
#include "start/state.h"
#include "tables/live.h"

namespace gordian::rt {

inline StackId capture_here() noexcept {
  return capture_stack(g_state.depth.load(std::memory_order_relaxed));
}

// Notes a block the allocator has just handed out, and returns it; `block` may be null.
inline void* track_block(void* block, std::size_t size) noexcept {
  if (block == nullptr || !tracking()) return block;
  Inside inside;
  if (!inside) return block;
  const StackId stack = shim_seen() && !g_options.block_stacks ? StackId::none : capture_here();
  add_block(reinterpret_cast<Address>(block), size, stack);
  return block;
}

// Must come before the allocator gets the block back: afterwards it may be another's.
inline void untrack_block(void* block) noexcept {
  if (block != nullptr && tracking()) remove_block(reinterpret_cast<Address>(block));
}

}  // namespace gordian::rt
