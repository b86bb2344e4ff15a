// own_descriptor.h - descriptors that the runtime has open for itself.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/kernel.h"

namespace gordian::rt {

// Above the three standard descriptors, should the program have closed any of them: what is said on standard error, and the
// tool's text, must not land in `fd`. Closed by exec. -1 and errno on failure, which `fd` may already be.
inline int above_standard_streams(int fd) noexcept {
  if (fd < 0 || fd > STDERR_FILENO) return fd;
  const int moved = kernel::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int error = errno;
  kernel::close(fd);
  errno = error;
  return moved;
}

}  // namespace gordian::rt
