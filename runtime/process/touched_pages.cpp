// touched_pages.cpp - see touched_pages.h.
#include "process/touched_pages.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

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

}  // namespace

// An emulator shows the file of its own process, where pages may lie elsewhere.
TouchedPages::TouchedPages() noexcept
    : file_(is_emulated() ? -1 : ::open("/proc/thread-self/pagemap", O_RDONLY | O_CLOEXEC)) {}

TouchedPages::~TouchedPages() {
  if (file_ >= 0) ::close(file_);
}

void TouchedPages::read(Address page) const noexcept {
  const auto place = static_cast<off_t>(page / page_size() * sizeof entries_[0]);
  const ssize_t size = file_ >= 0 ? ::pread(file_, entries_, sizeof entries_, place) : 0;
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
  PageRegion region = {};
  PageScan scan = {};
  scan.size = sizeof scan;
  scan.start = page;
  scan.end = (high + page_size() - 1) & ~Address{page_size() - 1};
  scan.regions = reinterpret_cast<std::uint64_t>(&region);
  scan.region_count = 1;
  scan.most_pages = 1;
  scan.category_anyof_mask = kPresentOrSwapped;
  scan.return_mask = kPresentOrSwapped;
  const int saved = errno;
  const long found = ::syscall(SYS_ioctl, file_, kPagemapScan, &scan);
  errno = saved;
  if (found < 0) return page;
  return found == 0 || region.start >= high ? high : region.start;
}

}  // namespace gordian::rt
