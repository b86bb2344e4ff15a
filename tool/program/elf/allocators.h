// allocators.h - who brings a malloc of its own, by names: sanitizers and well-known allocators.
#pragma once

#include <string>

#include "program/elf/executable.h"

namespace gordian {

// The sanitizer that a program was built with, as people call it; null without one.
const char* sanitizer_of(const Executable& program);

// Of the libraries that a program needs, the first that is a well-known allocator; null without one.
const std::string* allocator_of(const Executable& program);

}  // namespace gordian
