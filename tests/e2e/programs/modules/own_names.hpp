// own_names.hpp - what may be a program's own, although libc has functions of these names. Whoever calls them dies.
#pragma once

#include <cstdio>
#include <memory>

// An asm name: libstdc++'s headers declare some of the functions.
#define OWN(name)                        \
  extern const long own_##name asm(#name); \
  const long own_##name = 0

OWN(access);
OWN(clone);
OWN(close);
OWN(dup2);
OWN(execve);
OWN(fcntl);
OWN(fstat);
OWN(getcwd);
OWN(getpid);
OWN(getrlimit);
OWN(lseek);
OWN(lstat);
OWN(madvise);
OWN(memfd_create);
OWN(nanosleep);
OWN(open);
OWN(pause);
OWN(pread);
OWN(pwrite);
OWN(read);
OWN(readlink);
OWN(sched_yield);
OWN(stat);
OWN(syscall);
OWN(unlink);
OWN(waitpid);
OWN(write);
OWN(_exit);

struct Obj {
  std::shared_ptr<Obj> self;
};
