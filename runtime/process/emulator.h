// emulator.h - whether an emulator of user space (qemu-user) stands between the program and the kernel.
//
// Tests that are built for another machine run so. It does system calls in the program's name, and differs where we
// notice:
//   it has a thread of its own, which takes no signals;
//   it answers for the program in /proc/self, but not in /proc/thread-self;
//   it knows no clone without an exit signal, and makes a clone that shares memory a fork.
#pragma once

namespace gordian::rt {

// Looks. Must run before the program can make other threads.
void note_emulator() noexcept;

bool is_emulated() noexcept;

// A file in /proc that tells of this process, whichever thread asks: /proc/self is empty once the first thread has ended.
struct ProcessFile {
  const char* of_thread;  // /proc/thread-self/...
  const char* of_first;   // /proc/self/...: what an emulator knows

  const char* path() const noexcept { return is_emulated() ? of_first : of_thread; }
};
inline constexpr ProcessFile kExecutable = {"/proc/thread-self/exe", "/proc/self/exe"};
inline constexpr ProcessFile kCommandLine = {"/proc/thread-self/cmdline", "/proc/self/cmdline"};

}  // namespace gordian::rt
