// track.cpp - see track.h.
#include "hooks/track.h"

namespace gordian::rt {

void track_with_stack(void* block, std::size_t size, HookFrame hook) noexcept {
  Inside inside;
  const unsigned depth = g_state.depth.load(std::memory_order_relaxed);
  const StackId stack = inside ? capture_from(hook, depth) : StackId::none;
  add_block(reinterpret_cast<Address>(block), size, stack);
}

}  // namespace gordian::rt
