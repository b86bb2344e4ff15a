// touched_pages.cpp - see touched_pages.h.
#include "process/touched_pages.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "base/kernel.h"
#include "base/kernel_map.h"
#include "process/emulator.h"

namespace gordian::rt {
namespace {

// As linux/fs.h has them from Linux 6.7 on.
struct PageRegion {
  std::uint64_t start;
  std::uint64_t end;
  std::uint64_t categories;
};
struct PageScan {
  std::uint64_t size;
  std::uint64_t flags;
  std::uint64_t start;
  std::uint64_t end;
  std::uint64_t walk_end;  // set by the kernel
  std::uint64_t regions;
  std::uint64_t region_count;
  std::uint64_t most_pages;
  std::uint64_t category_inverted;
  std::uint64_t category_mask;
  std::uint64_t category_anyof_mask;
  std::uint64_t return_mask;
};
constexpr unsigned long kPagemapScan = _IOWR('f', 16, PageScan);
constexpr std::uint64_t kPresentOrSwapped = 1 << 3 | 1 << 4;

// An emulator shows the file of its own process, where pages may lie elsewhere, or be larger. So it is believed where it
// knows which of some pages were touched.
bool tells_of_program(int file) noexcept {  // not run: but under an emulator
  constexpr std::size_t kPages = 16;
  constexpr unsigned kTouchedOnes = 0b0110'1000'1110'0101;
  auto* const room = static_cast<volatile char*>(map_pages(kPages * page_size()));
  if (room == nullptr) return false;
  for (std::size_t i = 0; i < kPages; ++i) {
    if ((kTouchedOnes >> i & 1) != 0) room[i * page_size()] = 1;
  }
  std::uint64_t entries[kPages];
  const auto place = static_cast<off_t>(reinterpret_cast<Address>(room) / page_size() * sizeof entries[0]);
  bool knows = kernel::pread(file, entries, sizeof entries, place) == static_cast<ssize_t>(sizeof entries);
  for (std::size_t i = 0; knows && i < kPages; ++i) {
    knows = ((entries[i] & TouchedPages::kTouched) != 0) == ((kTouchedOnes >> i & 1) != 0);
  }
  kernel_munmap(const_cast<char*>(room), kPages * page_size());
  return knows;
}

// The first of [low, high), whole pages, that was touched; `high` when there is none. False where the kernel cannot look ahead.
bool find_touched(int file, Address low, Address high, Address& found) noexcept {
  PageRegion region = {};
  PageScan scan = {};
  scan.size = sizeof scan;
  scan.start = low;
  scan.end = high;
  scan.regions = reinterpret_cast<std::uint64_t>(&region);
  scan.region_count = 1;
  scan.most_pages = 1;
  scan.category_anyof_mask = kPresentOrSwapped;
  scan.return_mask = kPresentOrSwapped;
  const int saved = errno;
  const long count = kernel::call(SYS_ioctl, file, kPagemapScan, &scan);
  errno = saved;
  found = count > 0 ? region.start : high;
  return count >= 0;
}

}  // namespace

TouchedPages::TouchedPages() noexcept : file_(kernel::open("/proc/thread-self/pagemap", O_RDONLY | O_CLOEXEC)) {
  if (file_ >= 0 && is_emulated() && !tells_of_program(file_)) {  // not run: but under an emulator
    kernel::close(file_);
    file_ = -1;
  }
  const Address here = reinterpret_cast<Address>(this) & ~Address{page_size() - 1};
  Address found = 0;
  looks_ahead_ = file_ >= 0 && find_touched(file_, here, here + page_size(), found);
}

TouchedPages::~TouchedPages() {
  if (file_ >= 0) kernel::close(file_);
}

void TouchedPages::read(Address page) const noexcept {
  const auto place = static_cast<off_t>(page / page_size() * sizeof entries_[0]);
  const ssize_t size = file_ >= 0 ? kernel::pread(file_, entries_, sizeof entries_, place) : 0;
  for (std::size_t i = size > 0 ? static_cast<std::size_t>(size) / sizeof entries_[0] : 0; i < kEntries; ++i) {
    entries_[i] = kTouched;
  }
  read_ = page;
  std::uint64_t all = 0;
  for (const std::uint64_t entry : entries_) all |= entry;
  is_empty_ = (all & kTouched) == 0;
}

Address TouchedPages::first_touched(Address page, Address high) const noexcept {
  if (page >= high) return high;
  Address found = page;
  if (!find_touched(file_, page, (high + page_size() - 1) & ~Address{page_size() - 1}, found)) return page;
  return found < high ? found : high;
}

}  // namespace gordian::rt
