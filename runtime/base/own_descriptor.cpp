// own_descriptor.cpp - see own_descriptor.h.
#include "base/own_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

constexpr int kNone = -1;

// The number is written last and cleared first: a fork() may come in between.
struct Own {
  std::atomic<int> fd{kNone};
  dev_t device = 0;
  ino_t inode = 0;
};
// A snapshot, what was found earlier, a text, and the claims of eight names.
constexpr std::size_t kMostOwn = 11;
constinit Own g_own[kMostOwn] = {};

Own* find(int fd) noexcept {
  for (Own& own : g_own) {
    if (own.fd.load(std::memory_order_relaxed) == fd) return &own;
  }
  return nullptr;
}

// A filter of system calls may refuse to tell: then the number is believed.
bool is_there(const Own& own, int fd) noexcept {
  struct stat status = {};
  if (kernel::fstat(fd, &status) != 0) return errno != EBADF;
  return status.st_dev == own.device && status.st_ino == own.inode;
}

void note(int fd) noexcept {
  Own* own = find(fd);  // the kernel gives it again, so what we had by that number is gone
  if (own == nullptr) own = find(kNone);
  if (own == nullptr) return;
  struct stat status = {};
  kernel::fstat(fd, &status);
  own->fd.store(kNone, std::memory_order_release);
  own->device = status.st_dev;
  own->inode = status.st_ino;
  own->fd.store(fd, std::memory_order_release);
}

int above_standard_streams(int fd) noexcept {
  if (fd < 0 || fd > STDERR_FILENO) return fd;
  const int moved = kernel::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int error = errno;
  kernel::close(fd);
  errno = error;
  return moved;
}

}  // namespace

int own_descriptor(int fd) noexcept {
  const int own = above_standard_streams(fd);
  if (own >= 0) note(own);
  return own;
}

bool is_lost(int fd) noexcept {
  const Own* const own = fd >= 0 ? find(fd) : nullptr;
  return own != nullptr && !is_there(*own, fd);
}

void close_own(int fd) noexcept {
  Own* const own = fd >= 0 ? find(fd) : nullptr;
  if (own == nullptr) return;
  const bool there = is_there(*own, fd);
  own->fd.store(kNone, std::memory_order_release);
  if (there) kernel::close(fd);
}

void forget_own_descriptors() noexcept {
  for (Own& own : g_own) close_own(own.fd.load(std::memory_order_relaxed));
}

}  // namespace gordian::rt
