// task_file.h - what the kernel tells of a thread, in /proc/self/task.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/kernel.h"
#include "base/say.h"

namespace gordian::rt {

// Reads a file of the thread's as text; false and errno when that cannot be.
template <std::size_t kSize>
bool read_task_file(int tid, const char* name, char (&text)[kSize]) noexcept {
  Line path;
  path << "/proc/self/task/" << tid << "/" << name;
  const int fd = kernel::open(path.text(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const ssize_t n = kernel::read(fd, text, kSize - 1);
  const int error = n == 0 ? ESRCH : errno;
  kernel::close(fd);
  errno = error;
  text[n > 0 ? n : 0] = '\0';
  return n > 0;
}

}  // namespace gordian::rt
