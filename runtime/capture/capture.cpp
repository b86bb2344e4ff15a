// capture.cpp - see capture.h.
#include "capture/capture.h"

#include <boost/stacktrace/safe_dump_to.hpp>

#include "base/inside.h"
#include "base/require.h"
#include "capture/rule_cache.h"
#include "capture/walk.h"
#include "process/own_module.h"

namespace gordian::rt {

constinit std::atomic<Unwinder> g_unwinder{Unwinder::tables};

namespace {

constinit std::atomic<std::uint64_t> g_by_boost{0};
constinit std::atomic<std::uint64_t> g_compared{0};

// A capture by Boost.Stacktrace. Two kilobytes: signal handlers run on small stacks, and it is they that need it.
struct BoostCapture {
  static constexpr unsigned kOwn = 16;  // more than the hooks ever nest
  const void* raw[kMostFrames + kOwn];

  StackFrames take(unsigned most) noexcept {
    // The size counts a terminating null, which Boost writes and counts too.
    std::size_t n = boost::stacktrace::safe_dump_to(0, raw, (most + kOwn) * sizeof raw[0]);
    while (n > 0 && raw[n - 1] == nullptr) --n;
    std::size_t first = 0;
    while (first < n && in_own_module(reinterpret_cast<Address>(raw[first]))) ++first;
    const std::size_t kept = n - first < most ? n - first : most;
    static_assert(sizeof(void*) == sizeof(std::uint64_t));
    return {reinterpret_cast<const std::uint64_t*>(raw + first), static_cast<std::uint32_t>(kept)};
  }
};

__attribute__((noinline)) StackId put_boost_stack(unsigned most) noexcept {
  g_by_boost.fetch_add(1, std::memory_order_relaxed);
  BoostCapture capture;
  return put_stack(capture.take(most));
}

bool same_frames(StackFrames a, StackFrames b) noexcept {
  return a.count == b.count && __builtin_memcmp(a.frames, b.frames, a.count * sizeof a.frames[0]) == 0;
}

// The ids of stacks that were put, by what walk_stack() says of them: a look-up instead of a search in the depot for
// all that a program captures again and again. A word has the upper bits of the hash, and the id. It begins with a
// part of its room, and has more when as many words as it has had to give way to others.
constexpr std::uint64_t kIdBits = (std::uint64_t{1} << kStackIdBits) - 1;
constexpr std::size_t kMostKnown = std::size_t{1} << 16;
constinit std::atomic<std::uint64_t> g_known[kMostKnown] = {};
constinit std::atomic<std::size_t> g_known_mask{(std::size_t{1} << 12) - 1};
constinit std::atomic<std::size_t> g_known_lost{0};

void count_lost() noexcept {
  std::size_t mask = g_known_mask.load(std::memory_order_relaxed);
  if (mask + 1 == kMostKnown || g_known_lost.fetch_add(1, std::memory_order_relaxed) < mask) return;
  g_known_lost.store(0, std::memory_order_relaxed);
  g_known_mask.compare_exchange_strong(mask, 2 * mask + 1, std::memory_order_relaxed);
}

StackId put_known_stack(const WalkedStack& stack) noexcept {
  if (*stack.id != StackId::none) return *stack.id;
  std::atomic<std::uint64_t>& known = g_known[stack.hash & g_known_mask.load(std::memory_order_relaxed)];
  const std::uint64_t word = known.load(std::memory_order_acquire);
  if (((word ^ stack.hash) & ~kIdBits) == 0) {
    const auto id = static_cast<StackId>(word & kIdBits);
    if (same_frames(get_stack(id), stack.frames)) return *stack.id = id;
  }
  const StackId id = *stack.id = put_stack(stack.frames);
  if (word != 0) count_lost();
  known.store((stack.hash & ~kIdBits) | static_cast<std::uint32_t>(id), std::memory_order_release);
  return id;
}

// Gives up where Boost.Stacktrace finds other frames than those of `id`.
__attribute__((noinline)) StackId compared(StackId id, unsigned most) noexcept {
  g_compared.fetch_add(1, std::memory_order_relaxed);
  BoostCapture capture;
  const bool same = same_frames(get_stack(id), capture.take(most));
  GORDIAN_REQUIRE(same, StackId::none);
  return id;
}

// False where a frame is unusual. `id` may be none all the same: the depot is full.
__attribute__((noinline)) bool put_whole_walk(const FrameState& here, unsigned most, StackId& id) noexcept {
  std::uint64_t frames[kMostFrames];
  const unsigned count = walk_stack(here, frames, most);
  id = put_stack({frames, count});
  return count != 0;
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

// As put_whole_walk(), with the memory of the thread's last walk where that is free.
bool put_walk(const FrameState& here, unsigned most, StackId& id) noexcept {
  SharedMemory& shared = memory_of_thread();
  if (most > kMostRemembered || code_is_going() || shared.taken.exchange(true, std::memory_order_acquire))
    return put_whole_walk(here, most, id);
  const WalkedStack walked = walk_stack(here, shared.memory, most);
  const bool usual = walked.frames.count != 0;
  if (usual) id = put_known_stack(walked);
  shared.taken.store(false, std::memory_order_release);
  return usual;
}

}  // namespace

void note_forked_captures() noexcept {
  for (SharedMemory& shared : g_memories) {
    if (!shared.taken.load(std::memory_order_relaxed)) continue;
    // A signal handler has interrupted a walk and forked: the walk goes on in both processes.
    if (t_inside && &shared == &memory_of_thread()) continue;
    shared.memory.count = 0;  // it may be half written
    shared.taken.store(false, std::memory_order_relaxed);
  }
}

std::size_t walks_bytes() noexcept {
  std::size_t bytes = (g_known_mask.load(std::memory_order_relaxed) + 1) * sizeof g_known[0];
  for (const SharedMemory& shared : g_memories) bytes += shared.memory.count != 0 ? sizeof shared : 0;
  return bytes;
}
std::uint64_t captures_by_boost() noexcept { return g_by_boost.load(std::memory_order_relaxed); }
std::uint64_t captures_compared() noexcept { return g_compared.load(std::memory_order_relaxed); }

StackId capture_from(HookFrame hook, unsigned depth) noexcept {
  const Unwinder unwinder = g_unwinder.load(std::memory_order_relaxed);
  if (__builtin_expect(unwinder == Unwinder::boost, 0)) return put_boost_stack(depth);
  const FrameState here = first_frame(hook);
  StackId id = StackId::none;
  if (__builtin_expect(!put_walk(here, depth, id), 0)) return put_boost_stack(depth);
  const bool compare = unwinder == Unwinder::both && id != StackId::none;
  return __builtin_expect(compare, 0) ? compared(id, depth) : id;
}

}  // namespace gordian::rt
