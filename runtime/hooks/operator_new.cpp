// operator_new.cpp - the base forms of operator new and delete, interposed by symbol.
//
// Only these four: the C++ library's other forms (arrays, nothrow, sized) call them through
// the symbol table, so every form passes here, and a program that replaces the base forms
// gets the others with them, as the standard says it does.
//
// The common case allocates at once. When memory runs out we ask the C++ library's own
// operator, found with dlsym: it knows the new handler, and throws what must be thrown
// (the runtime itself has no exceptions). Its malloc comes back through our hooks.
#include <dlfcn.h>

#include <cstddef>
#include <new>

#include "hooks/libc_allocator.h"
#include "hooks/track.h"

#define GORDIAN_EXPORT __attribute__((visibility("default")))

// In the shim: does what operator new does when memory runs out, in the program's own C++ library.
extern "C" __attribute__((weak)) void* gordian_new_failed(std::size_t size, std::size_t alignment);

namespace {

using gordian::rt::Contents;
using gordian::rt::track_block;

template <class Function>
Function next(const char* symbol) noexcept {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, symbol));
}

void release(void* block) noexcept {
  gordian::rt::untrack_block(block);
  __libc_free(block);
}

// Alignments below what malloc gives anyway still go through memalign: it knows.
void* allocate(std::size_t size) noexcept { return track_block<Contents::chance>(__libc_malloc(size != 0 ? size : 1), size); }
void* allocate(std::size_t size, std::align_val_t alignment) noexcept {
  return track_block<Contents::chance>(__libc_memalign(static_cast<std::size_t>(alignment), size != 0 ? size : 1), size);
}

// A program with a C++ library of its own (-static-libstdc++) shows none to dlsym. Then the
// shim throws for us; without the shim such a program does not call us.
void* out_of_memory(std::size_t size, const char* symbol) {
  if (auto* library_new = next<void* (*)(std::size_t)>(symbol)) return library_new(size);
  if (gordian_new_failed == nullptr) __builtin_trap();
  return gordian_new_failed(size, 0);
}
void* out_of_memory(std::size_t size, std::align_val_t alignment, const char* symbol) {
  if (auto* library_new = next<void* (*)(std::size_t, std::align_val_t)>(symbol)) return library_new(size, alignment);
  if (gordian_new_failed == nullptr) __builtin_trap();
  return gordian_new_failed(size, static_cast<std::size_t>(alignment));
}
}  // namespace

GORDIAN_EXPORT void* operator new(std::size_t size) {
  void* p = allocate(size);
  return p != nullptr ? p : out_of_memory(size, "_Znwm");
}
GORDIAN_EXPORT void* operator new(std::size_t size, std::align_val_t alignment) {
  void* p = allocate(size, alignment);
  return p != nullptr ? p : out_of_memory(size, alignment, "_ZnwmSt11align_val_t");
}
GORDIAN_EXPORT void operator delete(void* p) noexcept { release(p); }
GORDIAN_EXPORT void operator delete(void* p, std::align_val_t) noexcept { release(p); }
