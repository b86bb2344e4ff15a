// live.h - what is alive: heap blocks, control blocks, logged handles.
//
// Five address tables and nothing else; the hooks write them, a check reads them.
//
//   blocks   u32   stack id << 5 | kWatched? | kIgnored? | scope's level << 1 | kLive, and behind it: size << 1, saturating
//   objects  u32   stack id << 5 | half | kLive, and behind it: birth number << 1
//   weak     u32   stack id << 5 | half | kLive, or half | kDropped
//   strong   u32   likewise, or births so far << 5 | half | kDropped; only with GORDIAN_TRACK_STRONG, or announced
//
//   counts   u64   address of the count an object keeps in itself | kWide? | half | kLive
//
// `half` says in which 8 bytes of its granule the control block or handle starts. Two
// never share a granule: a control block is at least 24 bytes, a weak handle 16; a strong one may be a
// single pointer (boost::intrusive_ptr), so that table has an entry for every 8 bytes.
//
// A block and a control block are longer than a granule, so the entry behind theirs is free for what the first has no
// room for: half the memory of one wide entry, and half the cache lines. In an arena two control blocks may
// lie so close that the second starts there, and so may two objects that count themselves; then the first one's
// birth is not known.
//
// A block entry is written and cleared by whoever allocates and frees it. An object or
// handle entry may outlive its object (a destructor compiled without the shim, an arena
// that is just dropped): memory is the truth, and a check believes an entry only while
// the memory agrees.
//
// A block is made in the innermost scope that is open (start/scope.h): of level 1 or 2, or 0 in none. When a scope
// ends, what it has left alive is of the one around it. Level 3 is that of a forked child whose parent had threads.
//
// A handle that was destroyed leaves kDropped: in static data its word still holds the
// address, and would look like one more handle for ever.
#pragma once

#include <atomic>

#include "tables/address_table.h"
#include "tables/stack_depot.h"

namespace gordian::rt {

inline constexpr std::uint32_t kLive = 1;
inline constexpr std::uint32_t kUpperHalf = 2;
inline constexpr std::uint32_t kDropped = 4;
inline constexpr std::uint32_t kIgnored = 8;  // a block: it is meant to stay, with what it holds
inline constexpr std::uint32_t kWatched = 16;  // a block: gordian_watch() was called on it
inline constexpr unsigned kStackShift = 5;
inline constexpr std::uint32_t kScopeUnit = 2;  // a block: times the level of its scope
inline constexpr std::uint32_t kScopeBits = 3 * kScopeUnit;
inline constexpr unsigned kDeepestScope = 2;
inline constexpr unsigned kScopeOfChild = 3;
inline constexpr std::uint64_t kWide = std::uint64_t{1} << 62;  // a count of 8 bytes, else of 4
inline constexpr std::uint32_t kHugeSize = 0x7fffffffu;  // a block this large or larger: ask the allocator

struct LiveTables {
  AddressTable<std::uint32_t> blocks;
  AddressTable<std::uint32_t> objects;
  AddressTable<std::uint32_t> weak;
  AddressTable<std::uint32_t, 8> strong;
  AddressTable<std::uint64_t> counts;
  // Of a block with kWatched: which watch it is, counted from 1. Behind that, of one with kIgnored: where its reason lies
  // (start/meant.h).
  AddressTable<std::uint32_t> marks;
  std::atomic<std::uint32_t> scope{0};    // kScopeUnit times the level of blocks that are made now
  std::atomic<std::uint32_t> last_watch{0};
  std::atomic<std::uint64_t> dropped{0};  // entries that found no room
  // Likewise, of memory that may own something: no object can be called lost any more.
  std::atomic<std::uint64_t> unseen_memory{0};
  // On a line of its own: each object counts it up, and each block reads what stands before.
  alignas(64) std::atomic<std::uint32_t> births{0};
};
extern LiveTables g_live;

inline std::uint32_t pack(Address at, StackId stack) noexcept {
  return static_cast<std::uint32_t>(stack) << kStackShift | ((at & 8) != 0 ? kUpperHalf : 0) | kLive;
}
inline StackId packed_stack(std::uint64_t entry) noexcept {
  return static_cast<StackId>(static_cast<std::uint32_t>(entry) >> kStackShift);
}
// Whether `entry`, found in the granule of `at`, says of `at` itself that something lives there.
inline bool packed_matches(std::uint64_t entry, Address at) noexcept {
  return (entry & (kLive | kUpperHalf)) == (kLive | ((at & 8) != 0 ? kUpperHalf : 0));
}
// Likewise that something died there.
inline bool packed_dropped(std::uint64_t entry, Address at) noexcept {
  return (entry & (kDropped | kUpperHalf)) == (kDropped | ((at & 8) != 0 ? kUpperHalf : 0));
}
inline Address packed_address(Address granule, std::uint64_t entry) noexcept {
  return granule + ((entry & kUpperHalf) != 0 ? 8 : 0);
}

inline void store_entry(std::uint32_t& entry, std::uint32_t value) noexcept {
  __atomic_store_n(&entry, value, __ATOMIC_RELAXED);
}

// `scope` is kScopeUnit times the level of its scope.
inline void add_block(Address at, std::size_t size, StackId stack, std::uint32_t scope) noexcept {
  std::uint32_t* const place = g_live.blocks.place(at);
  if (__builtin_expect(place == nullptr, 0)) {
    g_live.unseen_memory.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  store_entry(place[1], static_cast<std::uint32_t>(size < kHugeSize ? size : kHugeSize) << 1);
  store_entry(place[0], pack(at, stack) | scope);
}
// In the innermost scope.
inline void add_block(Address at, std::size_t size, StackId stack) noexcept {
  add_block(at, size, stack, g_live.scope.load(std::memory_order_relaxed));
}
// Says that the block at `at`, if one is there, is of another size than it was asked for.
inline void set_block_size(Address at, std::size_t size) noexcept {
  if ((g_live.blocks.get(at) & kLive) == 0) return;
  store_entry(g_live.blocks.place(at)[1], static_cast<std::uint32_t>(size < kHugeSize ? size : kHugeSize) << 1);
}
inline unsigned scope_level(std::uint32_t block_entry) noexcept { return (block_entry & kScopeBits) / kScopeUnit; }
// Makes the block at `start` one of another level, unless its entry is no longer `entry`: any thread may free it.
inline void set_scope_level(Address start, std::uint32_t entry, unsigned level) noexcept {
  std::uint32_t* const place = g_live.blocks.place(start);
  const std::uint32_t changed = (entry & ~kScopeBits) | level * kScopeUnit;
  if (place != nullptr && changed != entry) {
    __atomic_compare_exchange_n(place, &entry, changed, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  }
}
// Where the second of two entries for the block at `start` lies: no block is shorter than two granules.
inline Address behind(Address start) noexcept { return start + decltype(g_live.marks)::kGranule; }
inline void remove_block(Address at) noexcept { g_live.blocks.clear(at); }

// Calls visit(start, size, entry) for each block, in address order. The size may be kHugeSize.
template <class Visit>
void for_each_block(Visit&& visit) noexcept {
  g_live.blocks.for_each_pair([&visit](Address start, std::uint32_t entry, std::uint32_t next) {
    // Where the next one is alive, too, this one was freed unseen.
    if ((entry & kLive) != 0 && (next & kLive) == 0) visit(start, next >> 1, entry);
  });
}

// The start of the block that `at` points into; 0 where there is none. Looks for it backwards, 16 bytes a step, so it is
// for calls that are rare.
Address find_block(Address at) noexcept;
// Sets kIgnored or kWatched in that block's entry, which goes with it. False where there is none.
bool mark_block(Address at, std::uint32_t mark) noexcept;
bool is_marked_block(Address at, std::uint32_t mark) noexcept;

// What a block has beside its entry for its marks: they go with one that realloc() moves. To be taken before that, as the old
// place may be another thread's block afterwards.
struct MarksOfBlock {
  std::uint32_t marks = 0;  // kIgnored, kWatched
  std::uint32_t watch = 0;
  std::uint32_t reason = 0;
};
MarksOfBlock marks_of_block(Address start, std::uint32_t entry) noexcept;
void mark_moved_block(Address start, const MarksOfBlock& marks) noexcept;

// Watches the block that `at` points into: the number of the watch, which a block keeps as long as it lives; 0 where there is
// none.
std::uint32_t watch_block(Address at) noexcept;
// Whether the block of that watch is still there.
bool is_watched_block(Address at, std::uint32_t watch) noexcept;

inline void add_object(Address control, StackId stack) noexcept {
  const std::uint32_t birth = g_live.births.fetch_add(1, std::memory_order_relaxed) + 1;
  std::uint32_t* const place = g_live.objects.place(control);
  if (__builtin_expect(place == nullptr, 0)) {
    g_live.dropped.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  if ((place[1] & kLive) == 0) store_entry(place[1], birth << 1);
  store_entry(place[0], pack(control, stack));
}
inline void remove_object(Address control) noexcept { g_live.objects.clear(control); }

// Calls visit(control block, stack, birth) for each object, in address order. The birth is 0 where it is not known.
template <class Visit>
void for_each_object_entry(Visit&& visit) noexcept {
  g_live.objects.for_each_pair([&visit](Address granule, std::uint32_t entry, std::uint32_t next) {
    if ((entry & kLive) == 0) return;
    visit(packed_address(granule, entry), packed_stack(entry), (next & kLive) == 0 ? next >> 1 : 0);
  });
}

// An object that counts its handles itself, at `count`: 4 or 8 aligned bytes.
inline void add_counted(Address object, Address count, bool wide, StackId stack) noexcept {
  const std::uint64_t entry = count | (wide ? kWide : 0) | ((object & 8) != 0 ? kUpperHalf : 0) | kLive;
  if (!g_live.counts.set(object, entry)) g_live.dropped.fetch_add(1, std::memory_order_relaxed);
  add_object(object, stack);
}
inline void remove_counted(Address object) noexcept {
  g_live.counts.clear(object);
  remove_object(object);
}
inline Address counted_at(std::uint64_t entry) noexcept { return entry & ~(kWide | kUpperHalf | kLive); }

template <class HandleTable>
void add_handle(HandleTable& table, Address slot, StackId stack) noexcept {
  if (!table.set(slot, pack(slot, stack))) g_live.dropped.fetch_add(1, std::memory_order_relaxed);
}
inline std::uint32_t pack_dropped(Address at) noexcept { return (pack(at, StackId::none) & ~kLive) | kDropped; }
// Unread, for a load would wait for memory: every weak handle is logged, its constructors are all hooked.
inline void drop_weak(Address slot) noexcept { g_live.weak.set(slot, pack_dropped(slot)); }
// A strong one may never have been logged, and the next one at its place, which is not either, must not pass for
// dropped. So this one has, in place of a stack, how many objects had been born by then.
inline void drop_strong(Address slot) noexcept {
  if (g_live.strong.get(slot) == 0) return;
  const std::uint32_t births = g_live.births.load(std::memory_order_relaxed);
  g_live.strong.set(slot, births << kStackShift | pack_dropped(slot));
}
// Whether an object was born after the strong handle that `entry` is about had ended: then what is there holds it since. Where the
// births are not known, or more than there are bits for, nobody can tell.
inline bool is_born_later(std::uint32_t birth, std::uint32_t entry) noexcept {
  constexpr std::uint32_t kMost = ~std::uint32_t{0} >> kStackShift;
  return g_live.births.load(std::memory_order_relaxed) <= kMost && birth > entry >> kStackShift;
}

}  // namespace gordian::rt
