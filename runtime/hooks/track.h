// track.h - what every allocation hook does with a block.
#pragma once

#include "base/inside.h"
#include "capture/capture.h"
#include "start/state.h"
#include "tables/live.h"

namespace gordian::rt {

// The stack that leads here. None in a signal handler that has interrupted the runtime: tables take what it makes all
// the same, for what is not in them would seem to own nothing.
__attribute__((always_inline)) inline StackId capture_here() noexcept {
  Inside inside;
  return inside ? capture_stack(g_state.depth.load(std::memory_order_relaxed)) : StackId::none;
}

// Notes a block with a stack from the caller of the function with the frame `hook` on.
void track_with_stack(void* block, std::size_t size, HookFrame hook) noexcept;

// What a block holds that the allocator has just handed out.
enum class Contents {
  known,
  // Whatever its memory held before. Pointers among it would seem to own what is made there later. Where test cases are checked
  // one by one, each must fail for what it leaks and not by chance, so there they are cleared. Large blocks come from the system
  // cleared, or are filled by whoever asked for them.
  chance,
};

// Notes a block the allocator has just handed out, and returns it; `block` may be null. Inlined: this is what every
// allocation of a program with the shim pays, and its frame is the hook's.
template <Contents kContents>
__attribute__((always_inline)) inline void* track_block(void* block, std::size_t size) noexcept {
  constexpr std::size_t kLargestCleared = 4096;
  std::uint8_t now = mode();
  if (__builtin_expect((now & kTracking) == 0, 0)) now = learn_mode();
  if (block == nullptr || (now & kTracking) == 0) return block;
  const auto at = reinterpret_cast<Address>(block);
  if (__builtin_expect(now == (kKnown | kTracking | kShim), 1)) {
    add_block(at, size, StackId::none, 0);
    return block;
  }
  const bool clears = kContents == Contents::chance && (now & kScopes) != 0 && size <= kLargestCleared;
  if (clears) __builtin_memset(block, 0, size);
  if ((now & (kShim | kBlockStacks)) == kShim) {
    add_block(at, size, StackId::none);
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
