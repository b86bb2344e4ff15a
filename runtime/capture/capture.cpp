// capture.cpp - see capture.h.
#include "capture/capture.h"

#include <boost/stacktrace/safe_dump_to.hpp>

#include <iterator>

#include "base/inside.h"
#include "base/require.h"
#include "capture/walk.h"
#include "process/own_module.h"

namespace gordian::rt {

constinit std::atomic<Unwinder> g_unwinder{Unwinder::tables};

namespace {

constinit std::atomic<std::uint64_t> g_by_boost{0};
constinit std::atomic<std::uint64_t> g_compared{0};

__attribute__((noinline)) unsigned boost_stack(std::uint64_t* out, unsigned most) noexcept {
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

__attribute__((noinline)) StackId put_boost_stack(unsigned most) noexcept {
  std::uint64_t frames[kMostFrames];
  g_by_boost.fetch_add(1, std::memory_order_relaxed);
  return put_stack({frames, boost_stack(frames, most)});
}

// The ids of stacks that were put, by what walk_stack() says of them: a look-up instead of a search in the depot for
// all that a program captures again and again. A word has the upper bits of the hash, and the id.
constexpr std::uint64_t kIdBits = (std::uint64_t{1} << kStackIdBits) - 1;
constinit std::atomic<std::uint64_t> g_known[4096] = {};

StackId put_known_stack(const WalkedStack& stack) noexcept {
  std::atomic<std::uint64_t>& known = g_known[stack.hash % std::size(g_known)];
  const std::uint64_t word = known.load(std::memory_order_acquire);
  if (((word ^ stack.hash) & ~kIdBits) == 0) {
    const auto id = static_cast<StackId>(word & kIdBits);
    const StackFrames stored = get_stack(id);
    if (stored.count == stack.frames.count && stored.frames[0] == stack.frames.frames[0]) return id;
  }
  const StackId id = put_stack(stack.frames);
  known.store((stack.hash & ~kIdBits) | static_cast<std::uint32_t>(id), std::memory_order_release);
  return id;
}

// Gives up where Boost.Stacktrace finds other frames than those of `id`.
__attribute__((noinline)) StackId compared(StackId id, unsigned most) noexcept {
  std::uint64_t others[kMostFrames];
  const unsigned count = boost_stack(others, most);
  g_compared.fetch_add(1, std::memory_order_relaxed);
  const StackFrames stack = get_stack(id);
  const bool same =
      stack.count == count && __builtin_memcmp(stack.frames, others, count * sizeof others[0]) == 0;
  GORDIAN_REQUIRE(same, StackId::none);
  return id;
}

__attribute__((noinline)) StackId put_whole_walk(const FrameState& here, unsigned most) noexcept {
  std::uint64_t frames[kMostFrames];
  return put_stack({frames, walk_stack(here, frames, most)});
}

// Memories of walks, by thread: here and not in each thread, whose stack may be as small as its program could make
// it. Two threads may have one; who finds it taken does without.
struct alignas(64) SharedMemory {
  std::atomic<bool> taken;
  WalkMemory memory;
};
constexpr unsigned kMemoryBits = 7;
constinit SharedMemory g_memories[1u << kMemoryBits] = {};

SharedMemory& memory_of_thread() noexcept {
  const auto thread = reinterpret_cast<Address>(&t_inside);
  return g_memories[thread * 0x9e3779b97f4a7c15u >> (64 - kMemoryBits)];
}

StackId put_walk(const FrameState& here, unsigned most) noexcept {
  SharedMemory& shared = memory_of_thread();
  if (most > kMostRemembered || shared.taken.exchange(true, std::memory_order_acquire))
    return put_whole_walk(here, most);
  const WalkedStack walked = walk_stack(here, shared.memory, most);
  const StackId id = walked.frames.count != 0 ? put_known_stack(walked) : StackId::none;
  shared.taken.store(false, std::memory_order_release);
  return id;
}

}  // namespace

void note_forked_captures() noexcept {
  for (SharedMemory& shared : g_memories) {
    if (!shared.taken.load(std::memory_order_relaxed)) continue;
    shared.memory.count = 0;  // it may be half written
    shared.taken.store(false, std::memory_order_relaxed);
  }
}

std::uint64_t captures_by_boost() noexcept { return g_by_boost.load(std::memory_order_relaxed); }
std::uint64_t captures_compared() noexcept { return g_compared.load(std::memory_order_relaxed); }

// With a frame of its own, whose first words the ABI fixes: the caller's rbp, and where it is returned to.
__attribute__((noinline)) StackId capture_stack(unsigned depth) noexcept {
  const Unwinder unwinder = g_unwinder.load(std::memory_order_relaxed);
  if (__builtin_expect(unwinder == Unwinder::boost, 0)) return put_boost_stack(depth);
  const auto frame = reinterpret_cast<Address>(__builtin_frame_address(0));
  const FrameState here = {load_word(frame + 8), frame + 16, load_word(frame)};
  const StackId id = put_walk(here, depth);
  if (__builtin_expect(id == StackId::none, 0)) return put_boost_stack(depth);
  return __builtin_expect(unwinder == Unwinder::both, 0) ? compared(id, depth) : id;
}

}  // namespace gordian::rt
