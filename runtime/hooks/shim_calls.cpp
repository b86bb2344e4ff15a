// shim_calls.cpp - what the shim (gordian/shim.hpp) announces.
//
// A handle is named by the address of its one word, which holds the control block's
// address. A stack is taken where a handle or object is made; a handle that moves keeps
// the stack of where it was taken.
#include "hooks/track.h"
#include "start/state.h"
#include "tables/live.h"

#define GORDIAN_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

using namespace gordian::rt;

Address address(const void* p) noexcept { return reinterpret_cast<Address>(p); }

template <class HandleTable>
void take(HandleTable& table, const void* handle) noexcept {
  if (tracking()) add_handle(table, address(handle), capture_here());
}

template <class HandleTable>
StackId stack_of(HandleTable& table, const void* handle) noexcept {
  const std::uint32_t entry = table.get(address(handle));
  return packed_matches(entry, address(handle)) ? packed_stack(entry) : StackId::none;
}

// After a swap: each of the two holds what the other held, or nothing. A handle that was
// not logged before it came here (made where no hook is) is logged from here on.
template <class HandleTable>
void swap(HandleTable& table, const void* one, const void* other) noexcept {
  if (!tracking()) return;
  const StackId from_one = stack_of(table, one);
  const StackId from_other = stack_of(table, other);
  const auto settle = [&table](const void* handle, StackId stack) {
    if (load_word(address(handle)) == 0) {
      table.clear(address(handle));
    } else {
      add_handle(table, address(handle), stack != StackId::none ? stack : capture_here());
    }
  };
  settle(one, from_other);
  settle(other, from_one);
}

}  // namespace

GORDIAN_EXPORT void gordian_shim_started() noexcept { switch_on(kShim); }

GORDIAN_EXPORT void gordian_object_born(const void* control) noexcept {
  if (tracking()) add_object(address(control), capture_here());
}
GORDIAN_EXPORT void gordian_object_died(const void* control) noexcept {
  if (tracking()) remove_object(address(control));
}

GORDIAN_EXPORT void gordian_weak_taken(const void* handle) noexcept { take(g_live.weak, handle); }
GORDIAN_EXPORT void gordian_weak_dropped(const void* handle) noexcept {
  if (tracking()) drop_weak(address(handle));
}
GORDIAN_EXPORT void gordian_weak_moved(const void* from, const void* to) noexcept {
  if (!tracking()) return;
  const StackId stack = stack_of(g_live.weak, from);
  g_live.weak.clear(address(from));
  add_handle(g_live.weak, address(to), stack);
}
GORDIAN_EXPORT void gordian_weak_swapped(const void* one, const void* other) noexcept {
  swap(g_live.weak, one, other);
}

GORDIAN_EXPORT void gordian_strong_taken(const void* handle) noexcept { take(g_live.strong, handle); }
GORDIAN_EXPORT void gordian_strong_dropped(const void* handle) noexcept {
  if (tracking()) drop_strong(address(handle));
}
GORDIAN_EXPORT void gordian_strong_swapped(const void* one, const void* other) noexcept {
  swap(g_live.strong, one, other);
}
