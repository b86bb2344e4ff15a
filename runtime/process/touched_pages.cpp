// touched_pages.cpp - see touched_pages.h.
#include "process/touched_pages.h"

#include <fcntl.h>
#include <unistd.h>

#include "process/emulator.h"

namespace gordian::rt {

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
}

}  // namespace gordian::rt
