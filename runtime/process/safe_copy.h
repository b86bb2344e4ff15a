// safe_copy.h - a copy of the program's memory that says where a load would crash.
//
// By process_vm_readv(): the program may unmap what is read meanwhile, and no signal handler is needed.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

enum class Copied : unsigned char { all, not_all, denied };  // denied: the kernel says nothing of memory (a seccomp filter)

// `size` bytes from `from` on.
Copied copy_safely(Address from, void* to, std::size_t size) noexcept;

}  // namespace gordian::rt
