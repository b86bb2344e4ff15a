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
  bool operator==(const OpenFile& other) const noexcept { return device == other.device && number == other.number; }
};

// Of no file where the descriptor is closed.
OpenFile file_at(int fd) noexcept {
  struct stat status = {};
  if (kernel::fstat(fd, &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_mode};
}

constinit bool g_noted = false;
constinit OpenFile g_first = {};

// Whether that is nothing that a program prints to. What dup2() and freopen() put at a standard stream stays open over exec; a
// log is written at its end, and not read.
bool is_of_another_use(const OpenFile& file) noexcept {
  if (S_ISFIFO(file.mode) || S_ISCHR(file.mode)) return false;
  if (!S_ISREG(file.mode) && !S_ISBLK(file.mode)) return true;  // a socket, a timer, an event's counter
  if ((kernel::fcntl(STDERR_FILENO, F_GETFD, 0) & FD_CLOEXEC) != 0) return true;
  return (kernel::fcntl(STDERR_FILENO, F_GETFL, 0) & (O_ACCMODE | O_APPEND)) == O_RDWR;
}

}  // namespace

void note_standard_error() noexcept {
  g_first = file_at(STDERR_FILENO);
  g_noted = true;
}

int standard_error() noexcept {
  const OpenFile now = file_at(STDERR_FILENO);
  if (!g_noted || now == g_first || now == file_at(STDOUT_FILENO)) return STDERR_FILENO;
  return is_of_another_use(now) ? -1 : STDERR_FILENO;
}

}  // namespace gordian::rt
