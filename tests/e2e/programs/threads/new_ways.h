// new_ways.h - shared_ptrs and weak_ptrs made by ways that gordian has not seen before: each captures a new stack.
#pragma once

#include <memory>

template <unsigned kWays>
__attribute__((noinline)) void allocate_in_new_ways() {
  const auto owned = std::make_shared<int>(1);
  const std::weak_ptr<int> seen = owned;
  if constexpr (kWays != 0) allocate_in_new_ways<kWays - 1>();
  asm volatile("# no tail call");
}
