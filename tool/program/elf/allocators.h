// allocators.h - who brings a malloc of its own, by names: sanitizers and well-known allocators.
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

// The one that a program was built with; null without one.
const Sanitizer* sanitizer_of(const Executable& program);
// It is a library of its own, not a part of the program.
bool needs_library_of(const Executable& program, const Sanitizer& sanitizer);

// Of the libraries that a program needs, the first that is a well-known allocator; null without one.
const std::string* allocator_of(const Executable& program);

}  // namespace gordian
