// earlier.cpp - see earlier.h.
#include "start/earlier.h"

#include <time.h>
#include <unistd.h>

#include "base/kernel.h"
#include "base/memory.h"
#include "base/own_descriptor.h"
#include "base/say.h"

namespace gordian::rt {
namespace {

// Lives for the whole process: its destructor must not run before the check at exit.
alignas(PageArray<char>) constinit char g_found_storage[sizeof(PageArray<char>)] = {};
PageArray<char>& found() noexcept { return *reinterpret_cast<PageArray<char>*>(g_found_storage); }

constinit std::uint32_t g_number = 0;   // of the last check that has begun
constinit std::uint32_t g_earlier = 0;  // of the one that `found` is of; 0: none
constinit std::int64_t g_seconds = 0;   // when that was

std::int64_t now_seconds() noexcept {
  timespec t;
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

}  // namespace

std::uint32_t number_check() noexcept { return ++g_number; }
bool has_earlier() noexcept { return g_earlier != 0; }

bool write_earlier(int fd) noexcept {
  if (g_earlier == 0) return true;
  Line line;
  line << g_earlier << " " << now_seconds() - g_seconds << "\n";
  return write_all(fd, line.text(), line.size()) == 0 && write_all(fd, found().data(), found().size()) == 0;
}

void keep_found(std::uint32_t number, int fd) noexcept {
  found().clear();
  const off_t size = fd < 0 ? 0 : is_lost(fd) ? -1 : kernel::lseek(fd, 0, SEEK_END);
  const bool room = size >= 0 && found().resize(static_cast<std::size_t>(size));
  const bool kept = room && (size == 0 || kernel::pread(fd, found().data(), found().size(), 0) == size);
  g_earlier = kept && !is_lost(fd) ? number : 0;  // asked again: what was read by then is surely the tool's
  g_seconds = now_seconds();
}

void forget_earlier() noexcept {
  g_number = 0;
  g_earlier = 0;
}

}  // namespace gordian::rt
