// capture.cpp - see capture.h.
#include "capture/capture.h"

#include <boost/stacktrace/safe_dump_to.hpp>

#include "base/require.h"
#include "capture/walk.h"
#include "process/own_module.h"

namespace gordian::rt {

constinit std::atomic<Unwinder> g_unwinder{Unwinder::tables};

namespace {

constinit std::atomic<std::uint64_t> g_by_boost{0};
constinit std::atomic<std::uint64_t> g_compared{0};

__attribute__((noinline)) unsigned boost_stack(std::uint64_t* out, unsigned most) noexcept {
  constexpr unsigned kOwnFrames = 16;  // more than the hooks ever nest
  const void* raw[kMostFrames + kOwnFrames];
  // The size counts a terminating null, which Boost writes and counts too.
  std::size_t n = boost::stacktrace::safe_dump_to(0, raw, (most + kOwnFrames) * sizeof raw[0]);
  while (n > 0 && raw[n - 1] == nullptr) --n;
  std::size_t first = 0;
  while (first < n && in_own_module(reinterpret_cast<Address>(raw[first]))) ++first;
  const std::size_t kept = n - first < most ? n - first : most;
  static_assert(sizeof(void*) == sizeof(std::uint64_t));
  __builtin_memcpy(out, raw + first, kept * sizeof raw[0]);
  return static_cast<unsigned>(kept);
}

__attribute__((noinline)) unsigned compared_stack(std::uint64_t* frames, unsigned n, unsigned most) noexcept {
  std::uint64_t others[kMostFrames];
  const unsigned other = boost_stack(others, most);
  g_compared.fetch_add(1, std::memory_order_relaxed);
  const bool same = n == other && __builtin_memcmp(frames, others, n * sizeof frames[0]) == 0;
  GORDIAN_REQUIRE(same, 0);
  return n;
}

}  // namespace

std::uint64_t captures_by_boost() noexcept { return g_by_boost.load(std::memory_order_relaxed); }
std::uint64_t captures_compared() noexcept { return g_compared.load(std::memory_order_relaxed); }

// With a frame of its own, whose first words the ABI fixes: the caller's rbp, and where it is returned to.
__attribute__((noinline)) StackId capture_stack(unsigned depth) noexcept {
  std::uint64_t frames[kMostFrames];
  const Unwinder unwinder = g_unwinder.load(std::memory_order_relaxed);
  unsigned n = 0;
  if (unwinder != Unwinder::boost) {
    const auto frame = reinterpret_cast<Address>(__builtin_frame_address(0));
    n = walk_stack({load_word(frame + 8), frame + 16, load_word(frame)}, frames, depth);
  }
  if (n == 0) {
    g_by_boost.fetch_add(1, std::memory_order_relaxed);
    n = boost_stack(frames, depth);
  } else if (unwinder == Unwinder::both) {
    n = compared_stack(frames, n, depth);
  }
  return put_stack({frames, n});
}

}  // namespace gordian::rt
