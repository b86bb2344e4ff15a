// plumbing.h - which frames of a stack only say how, not where.
//
// Between a program's own line and malloc lie the standard library's templates, the
// allocator and our hooks; below main lies libc's start-up. Reports leave them out.
#pragma once

#include <string_view>

#include "program/frames.h"

namespace gordian {

// Judged by the function's name; by its file only where the name says nothing. A user's
// lambda that std::for_each calls is the user's.
bool is_plumbing(const Frame& frame);

// Whether `path` is a C or C++ run-time library, the dynamic linker or our own runtime:
// nobody expects debug info there.
bool is_system_library(std::string_view path);

}  // namespace gordian
