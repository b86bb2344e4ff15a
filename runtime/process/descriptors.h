// descriptors.h - what the process has open, as the kernel lists it.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/kernel.h"

namespace gordian::rt {

// Calls visit(directory, name) of each, until it returns false. False where nobody tells. Raw getdents: opendir() allocates.
template <class Visit>
bool for_each_descriptor(Visit&& visit) noexcept {
  const int directory = kernel::open("/proc/thread-self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return false;
  bool goes_on = true;
  alignas(8) char buffer[4096];
  while (goes_on) {
    const long n = kernel::call(SYS_getdents64, directory, buffer, sizeof buffer);
    if (n <= 0) break;
    for (long at = 0; at < n && goes_on;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer + at);
      at += entry->d_reclen;
      goes_on = visit(directory, entry->d_name);
    }
  }
  kernel::close(directory);
  return true;
}

// Whether one is what the kernel calls `what`, as "anon_inode:[eventpoll]".
template <std::size_t kSize>
bool is_descriptor_of(int directory, const char* name, const char (&what)[kSize]) noexcept {
  char target[kSize];
  const long n = kernel::call(SYS_readlinkat, directory, name, target, sizeof target);
  return n == kSize - 1 && memcmp(target, what, kSize - 1) == 0;
}

}  // namespace gordian::rt
