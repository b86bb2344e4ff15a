// past_malloc.cpp - takes a block by a function of jemalloc's own, which no malloc() tells of (tested by e2e.allocators).
#include <cstddef>
#include <cstdio>

extern "C" void* mallocx(std::size_t size, int flags);

int main() { std::puts(mallocx(10, 0) != nullptr ? "block" : "null"); }
