// own_stack.h - a call on a stack of the runtime's own, for what takes more than a small stack of the program's has.
//
// Context: no handler of the program's runs meanwhile, and no cancellation acts.
#pragma once

#include <type_traits>

namespace gordian::rt {

// Calls function(argument) on it. False where there is no memory for one.
bool call_on_own_stack(void (*function)(void*), void* argument) noexcept;
template <class Call>
bool call_on_own_stack(Call&& call) noexcept {
  return call_on_own_stack([](void* self) { (*static_cast<std::remove_reference_t<Call>*>(self))(); }, &call);
}

}  // namespace gordian::rt
