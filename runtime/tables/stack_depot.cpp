// stack_depot.cpp - see stack_depot.h.
#include "tables/stack_depot.h"

#include <sys/resource.h>

#include <atomic>
#include <initializer_list>

#include "base/fork_wait.h"
#include "base/kernel.h"
#include "base/spin_lock.h"

namespace gordian::rt {
namespace {

struct Record {
  std::uint32_t hash;
  std::uint32_t count;
  std::uint64_t frames[];
};

struct Index {
  std::size_t mask;
  std::atomic<std::uint32_t> ids[];
};

constexpr std::size_t kUnit = 8;                 // a record's offset is its id times this
constexpr std::size_t kFirstIndexSlots = 1024;   // 4 KiB: a short program pays for no more

// Records lie in chunks, which are mapped one by one: a program may limit its address space, or lock all of it into
// memory, long after we have started. A record lies in one chunk.
constexpr unsigned kChunkBits = 15;
constexpr std::size_t kChunkUnits = std::size_t{1} << kChunkBits;  // 256 KiB, some thousand stacks
constexpr std::size_t kMostUnits = std::size_t{1} << kStackIdBits;

struct Depot {
  SpinLock lock;
  std::atomic<std::uint64_t*> chunks[kMostUnits / kChunkUnits] = {};
  std::size_t capacity = 0;                      // in units: all of the chunks there are
  std::atomic<std::uint32_t> next{1};            // unit 0 stays empty: id 0 is "no stack"
  std::atomic<Index*> index{nullptr};
  std::size_t stored = 0;
  // Stacks of so many frames or more find no room, nor ever will: dropped without the lock and its system calls.
  std::atomic<std::size_t> no_room_for{SIZE_MAX};
  std::atomic<std::uint64_t> dropped{0};
};
constinit Depot g_depot;

// One odd factor for each frame: the products wait for nothing but their frame, so that a stack of thirty is
// hashed in ten nanoseconds.
constexpr std::uint32_t kFactors = 64;
struct Factors {
  std::uint64_t of[kFactors];
  constexpr Factors() : of() {
    std::uint64_t x = 0;
    for (std::uint64_t& factor : of) {  // splitmix64 (Steele, Lea, Flood 2014)
      std::uint64_t z = x += 0x9e3779b97f4a7c15u;
      z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
      z = (z ^ z >> 27) * 0x94d049bb133111ebu;
      factor = (z ^ z >> 31) | 1;
    }
  }
};
constexpr Factors kFactor;

std::uint32_t hash_of(StackFrames stack) noexcept {
  std::uint64_t h = stack.count;
  for (std::uint32_t i = 0; i < stack.count; ++i) h += stack.frames[i] * kFactor.of[i % kFactors];
  return static_cast<std::uint32_t>(h >> 32);
}

Record& record(std::uint32_t id) noexcept {
  return *reinterpret_cast<Record*>(g_depot.chunks[id / kChunkUnits].load(std::memory_order_acquire) + id % kChunkUnits);
}

bool same(const Record& r, std::uint32_t hash, StackFrames stack) noexcept {
  return r.hash == hash && r.count == stack.count &&
         __builtin_memcmp(r.frames, stack.frames, stack.count * sizeof stack.frames[0]) == 0;
}

// The id, or 0 with *free_slot the place where it belongs.
std::uint32_t look_up(Index& index, std::uint32_t hash, StackFrames stack, std::size_t* free_slot) noexcept {
  for (std::size_t slot = hash & index.mask;; slot = (slot + 1) & index.mask) {
    const std::uint32_t id = index.ids[slot].load(std::memory_order_acquire);
    if (id == 0) {
      *free_slot = slot;
      return 0;
    }
    if (same(record(id), hash, stack)) return id;
  }
}

Index* new_index(std::size_t slots) noexcept {
  auto* index = static_cast<Index*>(map_pages(sizeof(Index) + slots * sizeof(std::uint32_t)));
  if (index != nullptr) index->mask = slots - 1;
  return index;
}

// A program that is held to an address space gets the most of it: it may have become less since it started.
std::size_t most_mapped() noexcept {
  constexpr std::size_t kShare = 16;
  std::size_t most = SIZE_MAX;
  for (const auto resource : {RLIMIT_AS, RLIMIT_DATA}) {
    rlimit limit = {};
    if (kernel::getrlimit(resource, &limit) == 0 && limit.rlim_cur / kShare < most) most = limit.rlim_cur / kShare;
  }
  return most;
}

// Makes room for `units` behind `next`: in the last chunk, or in a new one.
bool make_room_for_record_locked(std::size_t units) noexcept {
  const std::uint32_t next = g_depot.next.load(std::memory_order_relaxed);
  if (next + units <= g_depot.capacity) return true;
  const std::size_t grown = g_depot.capacity + kChunkUnits;
  if (grown > kMostUnits || (g_depot.capacity != 0 && grown * kUnit > most_mapped())) return false;
  void* chunk = map_pages(kChunkUnits * kUnit);
  if (chunk == nullptr) return false;
  g_depot.chunks[g_depot.capacity / kChunkUnits].store(static_cast<std::uint64_t*>(chunk), std::memory_order_release);
  if (g_depot.capacity != 0) g_depot.next.store(static_cast<std::uint32_t>(g_depot.capacity), std::memory_order_release);
  g_depot.capacity = grown;
  return true;
}

// Keeps the index at most half full. Where it cannot grow it fills up to seven eighths.
bool make_room_in_index_locked() noexcept {
  Index* old = g_depot.index.load(std::memory_order_relaxed);
  if (old == nullptr) {
    g_depot.index.store(new_index(kFirstIndexSlots), std::memory_order_release);
    return g_depot.index.load(std::memory_order_relaxed) != nullptr;
  }
  const std::size_t slots = old->mask + 1;
  if (g_depot.stored * 2 < slots) return true;
  Index* grown = new_index(slots * 2);
  if (grown == nullptr) return g_depot.stored * 8 < slots * 7;
  for (std::size_t i = 0; i < slots; ++i) {
    const std::uint32_t id = old->ids[i].load(std::memory_order_relaxed);
    if (id == 0) continue;
    std::size_t slot = record(id).hash & grown->mask;
    while (grown->ids[slot].load(std::memory_order_relaxed) != 0) slot = (slot + 1) & grown->mask;
    grown->ids[slot].store(id, std::memory_order_relaxed);
  }
  g_depot.index.store(grown, std::memory_order_release);
  return true;
}

std::uint32_t drop() noexcept {
  g_depot.dropped.fetch_add(1, std::memory_order_relaxed);
  return 0;
}

std::uint32_t drop_locked(std::size_t frames) noexcept {
  if (frames < g_depot.no_room_for.load(std::memory_order_relaxed)) {
    g_depot.no_room_for.store(frames, std::memory_order_relaxed);
  }
  return drop();
}

std::uint32_t insert(std::uint32_t hash, StackFrames stack) noexcept {
  const LockGuard guard(g_depot.lock, waited_enough_for_fork);
  if (!guard.is_locked()) return 0;  // room there is
  if (!make_room_in_index_locked()) return drop_locked(0);
  Index& index = *g_depot.index.load(std::memory_order_relaxed);
  std::size_t slot = 0;
  if (const std::uint32_t id = look_up(index, hash, stack, &slot); id != 0) return id;
  const std::size_t units = sizeof(Record) / kUnit + stack.count;
  if (!make_room_for_record_locked(units)) return drop_locked(stack.count);
  const std::uint32_t id = g_depot.next.load(std::memory_order_relaxed);
  Record& r = record(id);
  r.hash = hash;
  r.count = stack.count;
  __builtin_memcpy(r.frames, stack.frames, stack.count * sizeof stack.frames[0]);
  g_depot.next.store(id + static_cast<std::uint32_t>(units), std::memory_order_release);
  ++g_depot.stored;
  index.ids[slot].store(id, std::memory_order_release);
  return id;
}

}  // namespace

StackId put_stack(StackFrames stack) noexcept {
  if (stack.count == 0) return StackId::none;
  const std::uint32_t hash = hash_of(stack);
  std::uint32_t id = 0;
  if (Index* index = g_depot.index.load(std::memory_order_acquire); index != nullptr) {
    std::size_t slot = 0;
    id = look_up(*index, hash, stack, &slot);
  }
  if (id == 0) id = stack.count < g_depot.no_room_for.load(std::memory_order_relaxed) ? insert(hash, stack) : drop();
  return static_cast<StackId>(id);
}

StackFrames get_stack(StackId id) noexcept {
  if (id == StackId::none) return {nullptr, 0};
  const Record& r = record(static_cast<std::uint32_t>(id));
  return {r.frames, r.count};
}

// The record stays where its old hash led: nobody looks for the new frames.
void move_frames(StackId id, Address low, Address high, Address by) noexcept {
  Record& r = record(static_cast<std::uint32_t>(id));
  for (std::uint32_t i = 0; i < r.count; ++i) {
    const std::uint64_t call = r.frames[i] - 1;  // a return address may lie behind the code's last byte
    if (call >= low && call < high) __atomic_store_n(&r.frames[i], r.frames[i] + by, __ATOMIC_RELAXED);
  }
}

std::uint32_t stack_id_limit() noexcept { return g_depot.next.load(std::memory_order_acquire); }
std::size_t stack_depot_bytes() noexcept {
  const Index* index = g_depot.index.load(std::memory_order_acquire);
  if (index == nullptr) return 0;
  const std::size_t slots = index->mask + 1;
  const std::size_t outgrown = slots - kFirstIndexSlots;  // each half of the next
  return stack_id_limit() * kUnit + (slots + outgrown) * sizeof(std::uint32_t);
}
std::uint64_t stacks_dropped() noexcept { return g_depot.dropped.load(std::memory_order_relaxed); }
bool try_lock_stack_depot() noexcept { return g_depot.lock.try_lock(); }
void unlock_stack_depot() noexcept { g_depot.lock.unlock(); }

}  // namespace gordian::rt
