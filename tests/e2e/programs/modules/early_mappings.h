// early_mappings.h - memory from mmap() before main(): by the loader, which asks what a symbol stands for, before gordian's constructor, and
// by the program's first functions behind it.
#pragma once

#include <sys/mman.h>

inline constexpr unsigned long kEarlySize = 1 << 16;
inline void* g_early[3] = {};
inline int g_early_count = 0;

inline void map_early() {
  g_early[g_early_count++] = mmap(nullptr, kEarlySize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static int early_count() { return g_early_count; }
extern "C" int (*resolve_count())() {
  map_early();
  return early_count;
}
int count_early() __attribute__((ifunc("resolve_count")));

static void before_constructors() { map_early(); }
__attribute__((section(".preinit_array"), used)) static void (*const g_first)() = before_constructors;

__attribute__((constructor)) static void constructor() { map_early(); }
