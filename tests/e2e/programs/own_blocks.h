// own_blocks.h - classes whose objects lie in larger blocks, by an operator new of their own.
#pragma once

#include <cstddef>
#include <cstdlib>

// 40 bytes in a block of 64.
struct InRounded {
  static void* operator new(std::size_t size) { return std::malloc((size + 63) / 64 * 64); }
  static void operator delete(void* place) { std::free(place); }
};

// Between a guard of 16 bytes, which is how far new[] puts the first of its elements, and one of 8.
struct BetweenGuards {
  static void* operator new(std::size_t size) { return static_cast<char*>(std::malloc(size + 24)) + 16; }
  static void operator delete(void* place) { std::free(static_cast<char*>(place) - 16); }
};

// The first in a block of many.
struct InChunk {
  static void* operator new(std::size_t) { return std::malloc(4096); }
  static void operator delete(void* place) { std::free(place); }
};
