// kept_file.cpp - see kept_file.h.
#include "output/kept_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "base/kernel.h"
#include "base/say.h"

namespace gordian::rt {
namespace {

// 0 where a file may be made, or one replaced.
int why_not_replaced(const char* path) noexcept {
  struct stat there = {};
  if (kernel::lstat(path, &there) != 0 || S_ISREG(there.st_mode)) return 0;
  if (S_ISLNK(there.st_mode)) return ELOOP;
  return S_ISDIR(there.st_mode) ? EISDIR : EEXIST;
}

}  // namespace

int open_draft(const char* path, DraftSuffix& suffix) noexcept {
  errno = why_not_replaced(path);
  if (errno != 0) return -1;
  // Who guesses a name, and makes such a file before us, has but made us take the next one.
  constexpr int kMostTries = 100;
  for (int tries = 0; tries < kMostTries; ++tries) {
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    Line line;
    line << "." << static_cast<int>(kernel::getpid()) << "-" << static_cast<std::uint64_t>(now.tv_nsec);
    memcpy(suffix, line.text(), line.size() + 1);
    Line draft;
    draft << path << suffix;
    if (draft.size() >= kLongestPath - 2) {
      errno = ENAMETOOLONG;
      return -1;
    }
    const int fd = kernel::open(draft.text(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

int keep_draft(const char* path, const DraftSuffix& suffix, int error) noexcept {
  Line draft;
  draft << path << suffix;
  // rename() is <stdio.h>'s, which this library has no other use for.
  if (error == 0 && kernel::call(SYS_renameat2, AT_FDCWD, draft.text(), AT_FDCWD, path, 0) != 0) error = errno;
  if (error != 0) kernel::unlink(draft.text());
  return error;
}

}  // namespace gordian::rt
