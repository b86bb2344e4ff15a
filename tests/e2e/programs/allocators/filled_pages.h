// filled_pages.h - pages that a thread of the program fills in when somebody reads them. Where the kernel has no userfaultfd for
// us they are plain ones.
#pragma once

#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <thread>

constexpr std::size_t kPage = 4096;

inline void fill(int fd) {
  alignas(kPage) static char zeros[kPage];
  uffd_msg message;
  while (read(fd, &message, sizeof message) == sizeof message) {
    uffdio_copy copy = {};
    copy.dst = message.arg.pagefault.address & ~(kPage - 1);
    copy.src = reinterpret_cast<std::uintptr_t>(zeros);
    copy.len = kPage;
    ioctl(fd, UFFDIO_COPY, &copy);
  }
}

inline void fill_on_demand(void* at, std::size_t size) {
  constexpr int kUserModeOnly = 1;  // what everybody may have
  const int fd = static_cast<int>(syscall(SYS_userfaultfd, kUserModeOnly));
  if (fd < 0) return;
  uffdio_api api = {};
  api.api = UFFD_API;
  uffdio_register what = {};
  what.range = {reinterpret_cast<std::uintptr_t>(at), size};
  what.mode = UFFDIO_REGISTER_MODE_MISSING;
  if (ioctl(fd, UFFDIO_API, &api) != 0 || ioctl(fd, UFFDIO_REGISTER, &what) != 0) return;
  std::thread(fill, fd).detach();
}
