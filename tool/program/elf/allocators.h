// allocators.h - who brings an allocator of its own, by names: sanitizers, and calls of an allocator past
// malloc().
#pragma once

#include <string>

#include "program/elf/executable.h"

namespace gordian {

// Known by the library that a program needs or the function that it defines.
struct Sanitizer {
  const char* name;      // as people call it
  const char* library;   // after "lib" or "libclang_rt."
  const char* function;  // that it defines
  bool tells_of_blocks;  // the runtime hears of every block
};

inline constexpr Sanitizer kSanitizers[] = {
    {"AddressSanitizer", "asan", "__asan_init", true},
    {"ThreadSanitizer", "tsan", "__tsan_init", false},
    {"LeakSanitizer", "lsan", "__lsan_init", false},
    {"MemorySanitizer", "msan", "__msan_init", false},
    {"HWAddressSanitizer", "hwasan", "__hwasan_init", false},
};

// The one that a program was built with; null without one.
const Sanitizer* sanitizer_of(const Executable& program);
// It is a library of its own, not a part of the program.
bool needs_library_of(const Executable& program, const Sanitizer& sanitizer);

// jemalloc, tcmalloc and mimalloc have functions of names of their own, too, whose blocks no malloc() hands
// out: one that the program calls; null without one.
const std::string* call_beside_malloc(const Executable& program);

}  // namespace gordian
