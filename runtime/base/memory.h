// memory.h - the runtime's own memory: pages straight from the kernel.
//
// Context: everything here may run inside a malloc hook. Nothing calls malloc, takes
// a lock the program can hold, or throws. Failure is a null pointer.
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/kernel.h"
#include "base/kernel_map.h"
#include "machine/addresses.h"

namespace gordian::rt {

using Address = std::uintptr_t;

struct AddressRange {
  Address low;  // [low, high)
  Address high;
};

// Whether the kernel may lock all that is mapped from now on, and bring it into memory at once (hooks/mlockall.cpp). It stays
// so after munlockall(), and in children, which costs three system calls a mapping.
inline constinit std::atomic<bool> g_locks_mappings{false};
// Pages that are not, as by mmap(). MAP_FAILED when there is no room.
void* map_unlocked_pages(std::size_t bytes, int protection, int flags) noexcept;

// Fresh zeroed pages; only touched ones cost memory. Huge pages are declined: sparse
// tables would pay two megabytes for every touched word. Null when there is no room.
// errno stays as it is: a malloc that succeeds, or a copy of a weak_ptr, must not touch it.
inline void* map_pages(std::size_t bytes) noexcept {
  const int saved = errno;
  constexpr int kAccess = PROT_READ | PROT_WRITE;
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  const bool locked = g_locks_mappings.load(std::memory_order_relaxed);
  void* p = locked ? map_unlocked_pages(bytes, kAccess, kFlags) : kernel_mmap(nullptr, bytes, kAccess, kFlags);
  if (p != MAP_FAILED) kernel::madvise(p, bytes, MADV_NOHUGEPAGE);
  errno = saved;
  return p != MAP_FAILED ? p : nullptr;
}

// `bytes` of pages in place of the `old_bytes` at `old` (null: none), with what was there in front; zeros behind
// that. Large ones by huge pages, as the system has them: the first touch of a page costs more than all we then do
// with it. Null when there is no room; the old pages stay. Sizes are multiples of kLargestPage.
void* regrow_pages(void* old, std::size_t old_bytes, std::size_t bytes) noexcept;

// Says that `change` bytes more, or less, are mapped for arrays.
void count_array_bytes(std::ptrdiff_t change) noexcept;
// The most that ever was, in bytes.
std::size_t most_array_bytes() noexcept;

// Reads a word of the program's memory, whatever the program thinks its type is.
inline std::uint64_t load_word(Address at) noexcept {
  std::uint64_t word;
  std::memcpy(&word, reinterpret_cast<const void*>(at), sizeof word);
  return word;
}

// Calls visit(address, word) for each aligned word of [low, high).
template <class Visit>
void for_each_word(Address low, Address high, Visit&& visit) noexcept {
  for (Address at = (low + 7) & ~Address{7}; at + 8 <= high; at += 8) visit(at, load_word(at));
}

// A growing array of plain values in its own pages, for the length of a check.
// Elements move when it grows. Once memory ran out, failed() stays true and push() drops.
template <class T>
class PageArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  constexpr PageArray() = default;
  PageArray(const PageArray&) = delete;
  PageArray& operator=(const PageArray&) = delete;
  ~PageArray() {
    if (data_ == nullptr) return;
    kernel_munmap(data_, bytes_);
    count_array_bytes(-static_cast<std::ptrdiff_t>(bytes_));
  }

  void push(const T& value) noexcept {
    if (size_ == capacity_ && !grow(size_ + 1)) return;
    data_[size_++] = value;
  }
  // Appends zeroed elements up to `size`.
  bool resize(std::size_t size) noexcept {
    if (size > capacity_ && !grow(size)) return false;
    size_ = size;
    return true;
  }
  T pop() noexcept { return data_[--size_]; }
  void clear() noexcept { size_ = 0; }

  T& operator[](std::size_t i) noexcept { return data_[i]; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  T* begin() noexcept { return data_; }
  T* end() noexcept { return data_ + size_; }
  const T* begin() const noexcept { return data_; }
  const T* end() const noexcept { return data_ + size_; }
  T& back() noexcept { return data_[size_ - 1]; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  bool failed() const noexcept { return failed_; }

 private:
  bool grow(std::size_t at_least) noexcept {
    std::size_t want = capacity_ * 2 > at_least ? capacity_ * 2 : at_least;
    const std::size_t bytes = (want * sizeof(T) + kLargestPage - 1) / kLargestPage * kLargestPage;
    void* p = regrow_pages(data_, bytes_, bytes);
    if (p == nullptr) {
      failed_ = true;
      return false;
    }
    count_array_bytes(static_cast<std::ptrdiff_t>(bytes - bytes_));
    data_ = static_cast<T*>(p);
    bytes_ = bytes;
    capacity_ = bytes / sizeof(T);
    return true;
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::size_t bytes_ = 0;  // mapped
  bool failed_ = false;
};

// Sorts a few rows in place by less(a, b): insertion sort, for what is nearly in order.
template <class Row, class Less>
void sort_rows(PageArray<Row>& rows, Less&& less) noexcept {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (std::size_t j = i; j > 0 && less(rows[j], rows[j - 1]); --j) {
      const Row swapped = rows[j];
      rows[j] = rows[j - 1];
      rows[j - 1] = swapped;
    }
  }
}

// How many of the rows come before: those first ones for which `is_before` holds.
template <class Row, class IsBefore>
std::size_t count_before(const PageArray<Row>& rows, IsBefore&& is_before) noexcept {
  std::size_t from = 0;
  std::size_t to = rows.size();
  while (from < to) {
    const std::size_t middle = from + (to - from) / 2;
    if (is_before(rows[middle])) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

// The first of ranges by address, none over another, that ends above `low`; their number when there is none.
template <class Range>
std::size_t first_that_ends_above(const PageArray<Range>& ranges, Address low) noexcept {
  return count_before(ranges, [low](const Range& range) { return range.high <= low; });
}

}  // namespace gordian::rt
