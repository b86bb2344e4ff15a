// absent_pages.cpp - see absent_pages.h. Formats: proc(5), /proc/pid/fd and /proc/pid/smaps.
#include "process/absent_pages.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/kernel.h"
#include "process/memory_map.h"
#include "process/touched_pages.h"

namespace gordian::rt {
namespace {

bool is_userfaultfd(int directory, const char* name) noexcept {
  constexpr char kTarget[] = "anon_inode:[userfaultfd]";
  char target[sizeof kTarget];
  const long n = ::syscall(SYS_readlinkat, directory, name, target, sizeof target);
  return n == sizeof kTarget - 1 && memcmp(target, kTarget, sizeof kTarget - 1) == 0;
}

}  // namespace

// Raw getdents: opendir() allocates.
bool has_userfaultfd() noexcept {
  const int directory = kernel::open("/proc/thread-self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return true;
  bool found = false;
  alignas(8) char buffer[4096];
  while (!found) {
    const long n = ::syscall(SYS_getdents64, directory, buffer, sizeof buffer);
    if (n <= 0) break;
    for (long at = 0; at < n && !found;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer + at);
      at += entry->d_reclen;
      found = is_userfaultfd(directory, entry->d_name);
    }
  }
  kernel::close(directory);
  return found;
}

bool list_absent_pages(PageArray<AddressRange>& absent) noexcept {
  MemoryMap map;
  if (!map.read_with_flags()) return false;
  const TouchedPages touched;
  if (!touched.is_told()) return false;
  for (const Mapping& m : map.mappings()) {
    if (!m.filled_by_program) continue;
    Address at = m.low;
    const auto end_absent = [&](Address high) {
      if (at != high) absent.push({at, high});
    };
    touched.for_each_part(m.low, m.high, [&](Address from, Address to) {
      end_absent(from);
      at = to;
    }, 0);
    end_absent(m.high);
  }
  return !absent.failed();
}

}  // namespace gordian::rt
