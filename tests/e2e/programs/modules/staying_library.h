// staying_library.h - a library whose constructor does not end, and a thread that loads it: it has the loader's lock from then on.
#pragma once

#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
extern std::atomic<bool> g_constructing;

__attribute__((constructor)) static void stay() {
  g_constructing = true;
  for (;;) pause();
}
#else
std::atomic<bool> g_constructing{false};

inline void load_staying_library(const char* program) {
  std::thread([path = library_path(program)] { load(path); }).detach();
  while (!g_constructing) usleep(1000);
}
#endif
