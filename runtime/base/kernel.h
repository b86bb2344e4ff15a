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
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>

// libc's own, which a name with two underscores is for: it goes on on another stack, which takes a machine's code.
extern "C" int __clone(int (*start)(void*), void* stack_end, int flags, void* argument, ...) noexcept;

namespace gordian::rt::kernel {

constexpr long kHere = AT_FDCWD;  // 64 bits wide, as system calls want them
constexpr long kNothing = 0;

inline int open(const char* path, int flags, mode_t mode = 0) noexcept {
  return static_cast<int>(::syscall(SYS_openat, kHere, path, static_cast<long>(flags), static_cast<long>(mode)));
}
inline int close(int fd) noexcept { return static_cast<int>(::syscall(SYS_close, static_cast<long>(fd))); }
inline ssize_t read(int fd, void* to, std::size_t size) noexcept {
  return ::syscall(SYS_read, static_cast<long>(fd), to, size);
}
inline ssize_t pread(int fd, void* to, std::size_t size, off_t at) noexcept {
  return ::syscall(SYS_pread64, static_cast<long>(fd), to, size, at);
}
inline ssize_t write(int fd, const void* from, std::size_t size) noexcept {
  return ::syscall(SYS_write, static_cast<long>(fd), from, size);
}
inline ssize_t pwrite(int fd, const void* from, std::size_t size, off_t at) noexcept {
  return ::syscall(SYS_pwrite64, static_cast<long>(fd), from, size, at);
}
inline off_t lseek(int fd, off_t at, int whence) noexcept {
  return ::syscall(SYS_lseek, static_cast<long>(fd), at, static_cast<long>(whence));
}
inline int fcntl(int fd, int command, long argument) noexcept {
  return static_cast<int>(::syscall(SYS_fcntl, static_cast<long>(fd), static_cast<long>(command), argument));
}
inline int try_lock(int fd, struct flock* lock) noexcept {
  return static_cast<int>(::syscall(SYS_fcntl, static_cast<long>(fd), static_cast<long>(F_SETLK), lock));
}
inline int stat(const char* path, struct stat* status) noexcept {
  return static_cast<int>(::syscall(SYS_newfstatat, kHere, path, status, kNothing));
}
inline int lstat(const char* path, struct stat* status) noexcept {
  return static_cast<int>(::syscall(SYS_newfstatat, kHere, path, status, static_cast<long>(AT_SYMLINK_NOFOLLOW)));
}
inline int fstat(int fd, struct stat* status) noexcept {
  return static_cast<int>(::syscall(SYS_fstat, static_cast<long>(fd), status));
}
inline int access(const char* path, int mode) noexcept {
  return static_cast<int>(::syscall(SYS_faccessat, kHere, path, static_cast<long>(mode)));
}
inline ssize_t readlink(const char* path, char* to, std::size_t size) noexcept {
  return ::syscall(SYS_readlinkat, kHere, path, to, size);
}
inline int unlink(const char* path) noexcept {
  return static_cast<int>(::syscall(SYS_unlinkat, kHere, path, kNothing));
}
// Not to itself.
inline int dup2(int fd, int to) noexcept {
  return static_cast<int>(::syscall(SYS_dup3, static_cast<long>(fd), static_cast<long>(to), kNothing));
}
inline int memfd_create(const char* name, unsigned int flags) noexcept {
  return static_cast<int>(::syscall(SYS_memfd_create, name, static_cast<long>(flags)));
}
inline bool getcwd(char* to, std::size_t size) noexcept { return ::syscall(SYS_getcwd, to, size) > 0; }

inline int madvise(void* at, std::size_t bytes, int advice) noexcept {
  return static_cast<int>(::syscall(SYS_madvise, at, bytes, static_cast<long>(advice)));
}

inline pid_t getpid() noexcept { return static_cast<pid_t>(::syscall(SYS_getpid)); }
inline int getrlimit(int resource, struct rlimit* limit) noexcept {
  return static_cast<int>(::syscall(SYS_prlimit64, kNothing, static_cast<long>(resource), nullptr, limit));
}
inline pid_t waitpid(pid_t child, int* status, int options) noexcept {
  return static_cast<pid_t>(::syscall(SYS_wait4, static_cast<long>(child), status, static_cast<long>(options), nullptr));
}
inline int execve(const char* path, char* const arguments[], char* const environment[]) noexcept {
  return static_cast<int>(::syscall(SYS_execve, path, arguments, environment));
}
[[noreturn]] inline void exit_process(int status) noexcept {
  for (;;) ::syscall(SYS_exit_group, static_cast<long>(status));
}

inline void sched_yield() noexcept { ::syscall(SYS_sched_yield); }
inline int nanosleep(const struct timespec* time, struct timespec* left) noexcept {
  return static_cast<int>(::syscall(SYS_nanosleep, time, left));
}
inline void pause() noexcept { ::syscall(SYS_ppoll, nullptr, kNothing, nullptr, nullptr, kNothing); }

}  // namespace gordian::rt::kernel
