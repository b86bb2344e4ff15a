// address_table.h - a value for every 16 bytes of the address space, mapped lazily.
//
// (For 8 bytes where a handle is but a pointer.)
//
// Which blocks are alive, which control blocks, which weak handles: all three are
// questions about an address, asked on every allocation. So the address is the index:
//
//   top[address / 64 MiB] -> region -> entry[(address % 64 MiB) / 16]
//
// No lock and no read-modify-write: whoever owns the memory at an address is the only
// one that writes its entry, and publishes it by what publishes the memory itself.
// Entries come out in address order, so a check needs no sort.
//
// Invariant: region->base == index << kRegionBits, and a region that is found is listed (one that lost a race is listed, too,
// and empty until another address needs it); an entry of zero means "nothing";
// touched[p] != 0 for every page p of entries that was ever written. (Reading an
// untouched page would map it; mincore(2) would not do, it misses swapped pages.)
//
// Cost: sizeof(Entry) per 16 bytes of address space that holds entries, by pages.
//
// Context: constant-initialised, used before any constructor ran. Regions are never
// unmapped. Where no memory is left, set() says so and the address stays untracked.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/memory.h"
#include "machine/addresses.h"

namespace gordian::rt {

template <class Entry, std::size_t Granule = 16>
class AddressTable {
 public:
  static constexpr std::size_t kGranule = Granule;

  constexpr AddressTable() = default;
  AddressTable(const AddressTable&) = delete;
  AddressTable& operator=(const AddressTable&) = delete;

  // The entry of `address`'s granule; zero where none was set.
  Entry get(Address address) const noexcept {
    const Region* region = find(address);
    return region == nullptr ? Entry{0} : load(region->entries[slot_of(address)]);
  }

  // False when the table could not grow.
  bool set(Address address, Entry value) noexcept {
    Entry* const entry = place(address);
    if (entry != nullptr) __atomic_store_n(entry, value, __ATOMIC_RELAXED);
    return entry != nullptr;
  }
  // Never grows the table.
  void clear(Address address) noexcept {
    if (Region* region = find(address)) __atomic_store_n(&region->entries[slot_of(address)], Entry{0}, __ATOMIC_RELAXED);
  }

  // The entry of `address`'s granule for whoever knows that something is, or will be, there; the one behind it is
  // that of the next granule (where a region ends, a copy that only this one leads to). Null when the table could
  // not grow.
  Entry* place(Address address) noexcept {
    Region* region = find(address);
    if (__builtin_expect(region == nullptr, 0)) region = add_region(address);
    if (region == nullptr) return nullptr;
    const std::size_t slot = slot_of(address);
    __atomic_store_n(&region->touched[slot / kEntriesPerPage], std::uint8_t{1}, __ATOMIC_RELAXED);
    return &region->entries[slot];
  }

  // Calls visit(granule address, entry) for every entry, in address order.
  template <class Visit>
  void for_each(Visit&& visit) const noexcept {
    for_each_pair([&visit](Address granule, Entry entry, Entry) { visit(granule, entry); });
  }
  // Likewise visit(granule address, entry, the entry behind it).
  template <class Visit>
  void for_each_pair(Visit&& visit) const noexcept {
    PageArray<const Region*> regions;
    for (const Region* r = regions_.load(std::memory_order_acquire); r != nullptr; r = r->next) regions.push(r);
    sort_rows(regions, [](const Region* a, const Region* b) { return base_of(*a) < base_of(*b); });
    for (const Region* region : regions) {
      for (std::size_t page = 0; page < kPages; ++page) {
        if (!is_touched(*region, page)) continue;
        for (std::size_t i = page * kEntriesPerPage; i < (page + 1) * kEntriesPerPage; ++i) {
          const Entry entry = load(region->entries[i]);
          if (entry != 0) visit(base_of(*region) + i * kGranule, entry, load(region->entries[i + 1]));
        }
      }
    }
  }

  // Calls visit(address) for each part of the table that is mapped; little of it is in use.
  template <class Visit>
  void for_each_region(Visit&& visit) const noexcept {
    for (const Region* r = regions_.load(std::memory_order_acquire); r != nullptr; r = r->next) {
      visit(reinterpret_cast<Address>(r));
    }
  }

  std::size_t bytes_mapped() const noexcept {
    std::size_t bytes = 0;
    for (const Region* r = regions_.load(std::memory_order_acquire); r != nullptr; r = r->next) {
      for (std::size_t page = 0; page < kPages; ++page) bytes += is_touched(*r, page) ? 4096u : 0u;
    }
    return bytes;
  }

 private:
  static constexpr unsigned kRegionBits = 26;
  static constexpr std::size_t kEntries = (std::size_t{1} << kRegionBits) / kGranule;
  static constexpr std::size_t kEntriesPerPage = 4096 / sizeof(Entry);
  static constexpr std::size_t kPages = kEntries / kEntriesPerPage;

  struct alignas(4096) Region {
    Address base;
    Region* next;
    std::uint8_t touched[kPages];
    alignas(4096) Entry entries[kEntries + 1];
  };

  static Entry load(const Entry& entry) noexcept { return __atomic_load_n(&entry, __ATOMIC_RELAXED); }
  static Address base_of(const Region& region) noexcept { return __atomic_load_n(&region.base, __ATOMIC_RELAXED); }
  static bool is_touched(const Region& region, std::size_t page) noexcept {
    return __atomic_load_n(&region.touched[page], __ATOMIC_RELAXED) != 0;
  }
  static std::size_t slot_of(Address address) noexcept {
    return (address & ((std::size_t{1} << kRegionBits) - 1)) / kGranule;
  }

  Region* find(Address address) const noexcept {
    if (__builtin_expect((address >> kAddressBits) != 0, 0)) return nullptr;
    return __atomic_load_n(&top_[address >> kRegionBits], __ATOMIC_ACQUIRE);
  }

  // Listed before it is found: another thread may note a block in it at once, and who looks, or is forked, at that very
  // moment would not see it.
  __attribute__((noinline)) Region* add_region(Address address) noexcept {
    if ((address >> kAddressBits) != 0) return nullptr;
    Region* fresh = spare_.exchange(nullptr, std::memory_order_acquire);
    const bool listed = fresh != nullptr;
    if (!listed) fresh = static_cast<Region*>(map_pages(sizeof(Region)));
    if (fresh == nullptr) return nullptr;
    __atomic_store_n(&fresh->base, address >> kRegionBits << kRegionBits, __ATOMIC_RELAXED);
    if (!listed) add_to_list(*fresh);
    Region* expected = nullptr;
    if (__atomic_compare_exchange_n(&top_[address >> kRegionBits], &expected, fresh, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE)) {
      return fresh;
    }
    spare_.store(fresh, std::memory_order_release);  // another was quicker
    return expected;
  }

  void add_to_list(Region& region) noexcept {
    region.next = regions_.load(std::memory_order_relaxed);
    while (!regions_.compare_exchange_weak(region.next, &region, std::memory_order_release)) {
    }
  }

  // Plain pointers, read and written by the atomic built-ins: clang's constant evaluator gives
  // up on two million std::atomic objects, and the table must be zero before any constructor.
  Region* top_[std::size_t{1} << (kAddressBits - kRegionBits)] = {};
  std::atomic<Region*> regions_{nullptr};
  std::atomic<Region*> spare_{nullptr};  // listed and empty
};

}  // namespace gordian::rt
