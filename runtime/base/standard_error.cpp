// standard_error.cpp - see standard_error.h.
#include "base/standard_error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

struct OpenFile {
  dev_t device;
  ino_t number;
  mode_t mode;
  off_t size;
  // What has no type (an event's counter, an epoll set) has one number for all.
  bool is(const OpenFile& other) const noexcept {
    return device == other.device && number == other.number && (mode & S_IFMT) != 0;
  }
};

// Of no file where the descriptor is closed.
OpenFile file_at(int fd) noexcept {
  struct stat status = {};
  if (kernel::fstat(fd, &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_mode, status.st_size};
}

constinit bool g_noted = false;
constinit OpenFile g_first = {};

constexpr int kMostLookedAt = 256;  // the lowest free number is what dup() gives

bool can_write(int fd) noexcept {
  const int flags = kernel::fcntl(fd, F_GETFL, 0);
  return flags != -1 && (flags & O_ACCMODE) != O_RDONLY;
}

// Whether the first standard error is kept under another number, as by who puts it back later: what is
// printed till then is captured.
bool is_captured() noexcept {
  for (int fd = STDERR_FILENO + 1; fd < kMostLookedAt; ++fd) {
    if (file_at(fd).is(g_first) && can_write(fd)) return true;
  }
  return false;
}

// Whether that is nothing that a program prints to:
//   a socket, a timer, an event's counter, a disk;
//   a file that is closed by exec, as what dup2() and freopen() put at a standard stream is not;
//   a file that is not written at its end, as a log is;
//   a file to read and write, as no log is, but what a test captures.
bool is_of_another_use(const OpenFile& file) noexcept {
  const int flags = kernel::fcntl(STDERR_FILENO, F_GETFL, 0);
  if (S_ISFIFO(file.mode) || S_ISCHR(file.mode)) return false;
  if (!S_ISREG(file.mode)) return true;
  if ((kernel::fcntl(STDERR_FILENO, F_GETFD, 0) & FD_CLOEXEC) != 0) return true;
  if ((flags & O_APPEND) != 0) return false;
  if (kernel::lseek(STDERR_FILENO, 0, SEEK_CUR) != file.size) return true;
  return (flags & O_ACCMODE) == O_RDWR && !is_captured();
}

}  // namespace

void note_standard_error() noexcept {
  g_first = file_at(STDERR_FILENO);
  g_noted = true;
}

int standard_error() noexcept {
  if (!can_write(STDERR_FILENO)) return -1;
  const OpenFile now = file_at(STDERR_FILENO);
  if (!g_noted || now.is(g_first) || now.is(file_at(STDOUT_FILENO))) return STDERR_FILENO;
  return is_of_another_use(now) ? -1 : STDERR_FILENO;
}

}  // namespace gordian::rt
