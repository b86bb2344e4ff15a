// plumbing.h - which frames of a stack only say how, not where.
//
// Between a program's own line and malloc lie the standard library's templates, the
// allocator and our hooks; below main lies libc's start-up. Reports leave them out.
#pragma once

#include <string_view>

#include "program/frames/frames.h"

namespace gordian {

// Judged by the function's name; by its file only where the name says nothing. A user's
// lambda that std::for_each calls is the user's.
bool is_plumbing(const Frame& frame);

}  // namespace gordian
