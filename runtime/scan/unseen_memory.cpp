// unseen_memory.cpp - see unseen_memory.h.
#include "scan/unseen_memory.h"

#include <link.h>

#include "machine/addresses.h"
#include "process/touched_pages.h"
#include "scan/roots.h"

extern "C" {
void* __libc_malloc(std::size_t) noexcept;
void* __libc_calloc(std::size_t, std::size_t) noexcept;
void* __libc_realloc(void*, std::size_t) noexcept;
void* __libc_memalign(std::size_t, std::size_t) noexcept;
// The top of the first thread's stack, kept by the loader (GLIBC_2.2.5).
extern void* __libc_stack_end;
}

namespace gordian::rt {
namespace {

// Only with a second namespace the loader tells debuggers of this version.
bool has_namespaces() noexcept { return _r_debug.r_version >= 2; }

bool is_libc_allocator(std::uint64_t word) noexcept {
  const auto is = [word](auto* function) { return word == reinterpret_cast<Address>(function); };
  return is(__libc_malloc) || is(__libc_calloc) || is(__libc_realloc) || is(__libc_memalign);
}

// Whether a library has the address of libc's malloc where others have that of ours.
bool is_bound_past_us(const ModuleMap& modules, const Module& m) noexcept {
  for (const Segment& s : modules.segments()) {
    if (!s.writable || s.unloaded || s.low < m.low || s.high > m.high) continue;
    for (Address at = (s.low + 7) & ~Address{7}; at + 8 <= s.high; at += 8) {
      if (is_libc_allocator(load_word(at))) return true;
    }
  }
  return false;
}

// Room for a block that is not known: the least chunk of the allocator's, with what it takes itself.
constexpr Address kLeastUnseen = 40;

// Goes through what is known, by address.
template <class Rows>
class Known {
 public:
  explicit Known(const Rows& rows) noexcept : rows_(rows) {}

  // The end of what is known at `at`, or `at`; `next` becomes where the next begins, if that is less.
  template <class Low, class High>
  Address skip(Address at, Address& next, Low&& low, High&& high) noexcept {
    while (i_ < rows_.size() && high(rows_[i_]) <= at) ++i_;
    if (i_ == rows_.size()) return at;
    if (low(rows_[i_]) <= at) return high(rows_[i_]);
    if (low(rows_[i_]) < next) next = low(rows_[i_]);
    return at;
  }

 private:
  const Rows& rows_;
  std::size_t i_ = 0;
};

}  // namespace

bool allocates_past_us(const ModuleMap& modules) noexcept {
  if (has_namespaces()) return true;
  for (const Module& m : modules.modules()) {
    if (m.may_go && !m.own && !m.allocator && !m.unloaded && is_bound_past_us(modules, m)) return true;
  }
  return false;
}

// Not the stack of the check itself, nor our own data. Mappings of devices are shared.
void Roots::add_unseen_memory(const ModuleMap& modules) noexcept {
  const auto first_stack_end = reinterpret_cast<Address>(__libc_stack_end);
  const auto own_frame = reinterpret_cast<Address>(__builtin_frame_address(0));
  const auto holds = [](const Mapping& m, Address at) { return m.low <= at && at < m.high; };
  PageArray<RootRange> found;
  const TouchedPages pages;
  Known known_ranges(ranges_);
  Known known_blocks(heap_->blocks());
  Known known_segments(modules.segments());
  for (const Mapping& m : map_.mappings()) {
    if (!m.readable || !m.writable || m.shared || holds(m, first_stack_end - 1) || holds(m, own_frame)) continue;
    for (Address at = m.low; at < m.high;) {
      Address next = m.high;
      Address end = known_ranges.skip(at, next, [](const RootRange& r) { return r.low; },
                                      [](const RootRange& r) { return r.high; });
      end = known_blocks.skip(end, next, [](const Block& b) { return b.start; },
                              [](const Block& b) { return (b.start + b.size + 7) & ~Address{7}; });
      end = known_segments.skip(end, next, [](const Segment& s) { return s.low & ~Address{7}; },
                                [](const Segment& s) { return (s.high + 7) & ~Address{7}; });
      if (end != at) {
        at = end;
        continue;
      }
      if (next - at >= kLeastUnseen) {
        pages.for_each_part(at, next, [&](Address low, Address high) {
          found.push({low, high, snapshot::Place::mapping, false});
        });
      }
      at = next;
    }
  }
  if (!found.failed()) insert(found);
}

// From the end, where there is room.
void Roots::insert(const PageArray<RootRange>& others) noexcept {
  std::size_t left = ranges_.size();
  std::size_t to_place = others.size();
  if (!ranges_.resize(left + to_place)) return;
  for (std::size_t at = ranges_.size(); to_place != 0;) {
    const bool theirs = left == 0 || ranges_[left - 1].low < others[to_place - 1].low;
    ranges_[--at] = theirs ? others[--to_place] : ranges_[--left];
  }
}

}  // namespace gordian::rt
