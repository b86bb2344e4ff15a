// program_mappings.cpp - see program_mappings.h. A sorted array: a call of mmap() costs more than to move part of it.
#include "process/program_mappings.h"

#include "base/spin_lock.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Constant-initialised and never destroyed: the first call may come before any constructor, the last after all
// destructors.
struct Mappings {
  SpinLock lock;
  alignas(PageArray<AddressRange>) unsigned char room[sizeof(PageArray<AddressRange>)];
};
constinit Mappings g_mappings = {};

PageArray<AddressRange>& ranges() noexcept {
  return *reinterpret_cast<PageArray<AddressRange>*>(g_mappings.room);  // all zeros is an empty one
}

// The first range that ends behind `at`.
std::size_t first_behind(Address at) noexcept {
  std::size_t low = 0;
  std::size_t high = ranges().size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (ranges()[middle].high <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// In place of ranges [first, last) `count` of those at `with`. Where that is more, and no memory is left, nothing
// changes.
void replace_locked(std::size_t first, std::size_t last, const AddressRange* with, std::size_t count) noexcept {
  PageArray<AddressRange>& all = ranges();
  const std::size_t old_size = all.size();
  const std::size_t new_size = old_size - (last - first) + count;
  if (new_size > old_size && !all.resize(new_size)) {
    g_live.unseen_memory.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  memmove(all.data() + first + count, all.data() + last, (old_size - last) * sizeof(AddressRange));
  for (std::size_t i = 0; i < count; ++i) all[first + i] = with[i];
  for (std::size_t i = new_size; i < old_size; ++i) all.pop();
}

void forget_locked(Address low, Address high) noexcept {
  const std::size_t first = first_behind(low);
  std::size_t last = first;
  AddressRange rest[2];
  std::size_t count = 0;
  for (; last < ranges().size() && ranges()[last].low < high; ++last) {
    const AddressRange range = ranges()[last];
    if (range.low < low) rest[count++] = {range.low, low};
    if (range.high > high) rest[count++] = {high, range.high};
  }
  if (last != first) replace_locked(first, last, rest, count);
}

}  // namespace

void note_program_mapping(Address low, Address high) noexcept {
  LockGuard guard(g_mappings.lock);
  forget_locked(low, high);
  std::size_t first = first_behind(low);
  std::size_t last = first;
  if (first > 0 && ranges()[first - 1].high == low) low = ranges()[--first].low;
  if (last < ranges().size() && ranges()[last].low == high) high = ranges()[last++].high;
  const AddressRange whole = {low, high};
  replace_locked(first, last, &whole, 1);
}

void forget_program_mapping(Address low, Address high) noexcept {
  LockGuard guard(g_mappings.lock);
  forget_locked(low, high);
}

bool is_program_mapping(Address low) noexcept {
  LockGuard guard(g_mappings.lock);
  const std::size_t i = first_behind(low);
  return i < ranges().size() && ranges()[i].low <= low;
}

void lock_program_mappings() noexcept { g_mappings.lock.lock(); }
bool try_lock_program_mappings() noexcept { return g_mappings.lock.try_lock(); }
void unlock_program_mappings() noexcept { g_mappings.lock.unlock(); }
const PageArray<AddressRange>& program_mappings() noexcept { return ranges(); }

}  // namespace gordian::rt
