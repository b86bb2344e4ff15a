// no_descriptors.h - a program that leaks descriptors, and has none left for anybody.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>

#include <cstdio>

inline void use_up_descriptors() {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = 64;
  setrlimit(RLIMIT_NOFILE, &limit);
  while (open("/dev/null", O_RDONLY) >= 0) {
  }
  std::puts("none left");
}
