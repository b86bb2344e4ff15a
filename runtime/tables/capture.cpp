// capture.cpp - see capture.h.
#include "tables/capture.h"

#include <boost/stacktrace/safe_dump_to.hpp>

#include "process/own_module.h"

namespace gordian::rt {

StackId capture_stack(unsigned depth) noexcept {
  constexpr unsigned kOwnFrames = 16;  // more than the hooks ever nest
  const void* raw[kMostFrames + kOwnFrames];
  // The size counts a terminating null, which Boost writes and counts too.
  std::size_t n = boost::stacktrace::safe_dump_to(0, raw, (depth + kOwnFrames) * sizeof raw[0]);
  while (n > 0 && raw[n - 1] == nullptr) --n;
  std::size_t first = 0;
  while (first < n && in_own_module(reinterpret_cast<Address>(raw[first]))) ++first;
  const std::size_t kept = n - first < depth ? n - first : depth;
  static_assert(sizeof(void*) == sizeof(std::uint64_t));
  return put_stack({reinterpret_cast<const std::uint64_t*>(raw + first), static_cast<std::uint32_t>(kept)});
}

}  // namespace gordian::rt
