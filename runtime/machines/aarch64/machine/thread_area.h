// thread_area.h - where libc keeps what it knows of a thread, on aarch64 (glibc's TLS_DTV_AT_TP).
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// Nobody may use what is below the stack pointer (AAPCS64, 6.4.5.1).
inline constexpr std::size_t kRedZone = 0;

inline constexpr std::size_t kThreadDescriptor = 1856;  // sizeof(struct pthread) in glibc 2.36
inline constexpr std::size_t kKeyValues = 784;          // offsetof(struct pthread, specific) there

// Where the running thread's area is.
inline Address thread_pointer() noexcept { return reinterpret_cast<Address>(__builtin_thread_pointer()); }

// The thread pointer leads to two words, of which the first leads to the vector of thread-local data. Right below them
// ends the descriptor.
inline Address descriptor_of(Address tp, std::size_t size) noexcept { return tp - size; }
inline Address end_of_descriptor(Address tp, std::size_t) noexcept { return tp + 16; }
inline Address vector_of(Address tp) noexcept { return load_word(tp); }

// Fills in, for a thread pointer in zeroed memory, what libc finds by it: the vector. Guards are the process's.
inline void make_thread_area(Address tp, Address, Address vector) noexcept {
  std::memcpy(reinterpret_cast<void*>(tp), &vector, sizeof vector);
}

}  // namespace gordian::rt
