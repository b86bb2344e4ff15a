// kernel.h - system calls under POSIX's names, by their numbers.
//
// A program may have something of its own called `open`, `pause` or `clone`: C leaves such names free for it, and so does
// C++ for a global variable. libc calls its own regardless; we would call what the program exports, and a library's need
// for a name makes the linker export it. Nor is any of these a point where a thread is cancelled.
//
// Each takes and returns what the function of that name does: -1 and errno on failure. try_lock() is fcntl()'s F_SETLK,
// exit_process() is _exit().
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <type_traits>

#include "machine/kernel_call.h"

// libc's own, which a name with two underscores is for: it goes on on another stack, which takes a machine's code.
extern "C" int __clone(int (*start)(void*), void* stack_end, int flags, void* argument, ...) noexcept;

namespace gordian::rt::kernel {

template <class Argument>
long as_word(Argument argument) noexcept {
  if constexpr (std::is_same_v<Argument, std::nullptr_t>) {
    return 0;
  } else if constexpr (std::is_pointer_v<Argument>) {
    return reinterpret_cast<long>(argument);
  } else {
    return static_cast<long>(argument);
  }
}

template <class... Arguments>
long call(long number, Arguments... arguments) noexcept {
  const long result = kernel_call(number, as_word(arguments)...);
  constexpr long kLastError = -4095;
  if (result >= 0 || result < kLastError) return result;
  errno = static_cast<int>(-result);
  return -1;
}

inline int open(const char* path, int flags, mode_t mode = 0) noexcept {
  return static_cast<int>(call(SYS_openat, AT_FDCWD, path, flags, mode));
}
inline int close(int fd) noexcept { return static_cast<int>(call(SYS_close, fd)); }
inline ssize_t read(int fd, void* to, std::size_t size) noexcept { return call(SYS_read, fd, to, size); }
inline ssize_t pread(int fd, void* to, std::size_t size, off_t at) noexcept { return call(SYS_pread64, fd, to, size, at); }
inline ssize_t write(int fd, const void* from, std::size_t size) noexcept { return call(SYS_write, fd, from, size); }
inline ssize_t pwrite(int fd, const void* from, std::size_t size, off_t at) noexcept {
  return call(SYS_pwrite64, fd, from, size, at);
}
inline off_t lseek(int fd, off_t at, int whence) noexcept { return call(SYS_lseek, fd, at, whence); }
inline int fcntl(int fd, int command, int argument) noexcept { return static_cast<int>(call(SYS_fcntl, fd, command, argument)); }
inline int try_lock(int fd, struct flock* lock) noexcept { return static_cast<int>(call(SYS_fcntl, fd, F_SETLK, lock)); }
inline int stat(const char* path, struct stat* status) noexcept {
  return static_cast<int>(call(SYS_newfstatat, AT_FDCWD, path, status, 0));
}
inline int lstat(const char* path, struct stat* status) noexcept {
  return static_cast<int>(call(SYS_newfstatat, AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW));
}
inline int fstat(int fd, struct stat* status) noexcept { return static_cast<int>(call(SYS_fstat, fd, status)); }
inline int access(const char* path, int mode) noexcept { return static_cast<int>(call(SYS_faccessat, AT_FDCWD, path, mode)); }
inline ssize_t readlink(const char* path, char* to, std::size_t size) noexcept {
  return call(SYS_readlinkat, AT_FDCWD, path, to, size);
}
inline int unlink(const char* path) noexcept { return static_cast<int>(call(SYS_unlinkat, AT_FDCWD, path, 0)); }
// Not to itself.
inline int dup2(int fd, int to) noexcept { return static_cast<int>(call(SYS_dup3, fd, to, 0)); }
inline int memfd_create(const char* name, unsigned int flags) noexcept { return static_cast<int>(call(SYS_memfd_create, name, flags)); }
// Whether there is such a path: of a directory that nothing leads to any more the kernel says "(unreachable)/...".
inline bool getcwd(char* to, std::size_t size) noexcept { return call(SYS_getcwd, to, size) > 0 && to[0] == '/'; }

inline int madvise(void* at, std::size_t bytes, int advice) noexcept { return static_cast<int>(call(SYS_madvise, at, bytes, advice)); }

inline pid_t getpid() noexcept { return static_cast<pid_t>(call(SYS_getpid)); }
inline int getrlimit(int resource, struct rlimit* limit) noexcept {
  return static_cast<int>(call(SYS_prlimit64, 0, resource, nullptr, limit));
}
inline int setrlimit(int resource, const struct rlimit& limit) noexcept {
  return static_cast<int>(call(SYS_prlimit64, 0, resource, &limit, nullptr));
}
inline pid_t waitpid(pid_t child, int* status, int options) noexcept {
  return static_cast<pid_t>(call(SYS_wait4, child, status, options, 0));
}
inline int execve(const char* path, char* const arguments[], char* const environment[]) noexcept {
  return static_cast<int>(call(SYS_execve, path, arguments, environment));
}
[[noreturn]] inline void exit_process(int status) noexcept {
  for (;;) call(SYS_exit_group, status);
}

inline void sched_yield() noexcept { call(SYS_sched_yield); }
inline int nanosleep(const struct timespec* time, struct timespec* left) noexcept {
  return static_cast<int>(call(SYS_nanosleep, time, left));
}
inline void pause() noexcept { call(SYS_ppoll, 0, 0, 0, 0, 0); }

}  // namespace gordian::rt::kernel
