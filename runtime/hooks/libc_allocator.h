// libc_allocator.h - the allocator underneath, by the names glibc keeps for interposers.
//
// Calling these needs no dlsym(), which itself allocates; glibc has exported them since 2.2.5.
#pragma once

#include <cstddef>

extern "C" {
void* __libc_malloc(std::size_t) noexcept;
void* __libc_calloc(std::size_t, std::size_t) noexcept;
void* __libc_realloc(void*, std::size_t) noexcept;
void* __libc_memalign(std::size_t, std::size_t) noexcept;
void* __libc_valloc(std::size_t) noexcept;
void* __libc_pvalloc(std::size_t) noexcept;
void __libc_free(void*) noexcept;
}
