// own_stack.cpp - see own_stack.h.
#include "base/own_stack.h"

#include "base/memory.h"
#include "machine/call_on_stack.h"

namespace gordian::rt {

bool call_on_own_stack(void (*function)(void*), void* argument) noexcept {
  constexpr std::size_t kBytes = std::size_t{256} << 10;
  void* const room = map_pages(kBytes);
  if (room == nullptr) return false;
  gordian_call_on_stack(static_cast<char*>(room) + kBytes, function, argument);
  kernel_munmap(room, kBytes);
  return true;
}

}  // namespace gordian::rt
