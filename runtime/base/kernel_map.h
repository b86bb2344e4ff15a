// kernel_map.h - mmap() and its kin for ourselves, as system calls.
//
// By name they would come back to our own hooks (hooks/mmap.cpp), or to whoever stands in front of libc. Those look
// for the next function with dlsym(), which waits for the loader's lock; we map and unmap with locks in hand for which
// a thread in the loader may wait.
#pragma once

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>

#include "base/kernel.h"

namespace gordian::rt {

#ifdef __SANITIZE_THREAD__  // must see pages come and go
inline void* kernel_mmap(void* at, std::size_t bytes, int protection, int flags) noexcept {
  return ::mmap(at, bytes, protection, flags, -1, 0);
}
inline void kernel_munmap(void* at, std::size_t bytes) noexcept { ::munmap(at, bytes); }
#else
// No file's. MAP_FAILED and errno on failure.
inline void* kernel_mmap(void* at, std::size_t bytes, int protection, int flags) noexcept {
  return reinterpret_cast<void*>(kernel::call(SYS_mmap, at, bytes, protection, flags, -1, 0));
}
inline void kernel_munmap(void* at, std::size_t bytes) noexcept { kernel::call(SYS_munmap, at, bytes); }
#endif
inline void* kernel_mremap(void* at, std::size_t old_bytes, std::size_t bytes, int flags, void* to = nullptr) noexcept {
  return reinterpret_cast<void*>(kernel::call(SYS_mremap, at, old_bytes, bytes, flags, to));
}

}  // namespace gordian::rt
