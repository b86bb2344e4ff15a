// thread_area.h - where libc keeps what it knows of a thread, on x86-64 (glibc's TLS_TCB_AT_TP).
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// A function that calls no other may use this much below its stack pointer (x86-64 ABI, 3.2.2). A thread may be
// interrupted in one; whoever called exit() is in none.
inline constexpr std::size_t kRedZone = 128;

inline constexpr std::size_t kThreadDescriptor = 2304;  // sizeof(struct pthread) in glibc 2.36
inline constexpr std::size_t kKeyValues = 1296;         // offsetof(struct pthread, specific) there

// Where the running thread's area is. By hand: LLVM 13 has no __builtin_thread_pointer() for this machine.
inline Address thread_pointer() noexcept {
  Address tp = 0;
  asm("movq %%fs:0, %0" : "=r"(tp));
  return tp;
}

// The thread pointer leads to the descriptor, whose second word leads to the vector of thread-local data.
inline Address descriptor_of(Address tp, std::size_t) noexcept { return tp; }
inline Address end_of_descriptor(Address tp, std::size_t size) noexcept { return tp + size; }
inline Address vector_of(Address tp) noexcept { return load_word(tp + 8); }

// Fills in, for a thread pointer in zeroed memory, what compilers and libc find by it (glibc's tcbhead_t): itself
// twice, the vector, that there are several threads, and the guards of stacks and of saved registers, which are those
// of the thread `like`.
inline void make_thread_area(Address tp, Address like, Address vector) noexcept {
  constexpr std::size_t kSelf = 16;
  constexpr std::size_t kSeveralThreads = 24;
  constexpr std::size_t kGuards = 40;  // two words
  const std::uint64_t head[] = {tp, vector, tp};
  static_assert(sizeof head == kSelf + 8);
  std::memcpy(reinterpret_cast<void*>(tp), head, sizeof head);
  *reinterpret_cast<int*>(tp + kSeveralThreads) = 1;
  std::memcpy(reinterpret_cast<void*>(tp + kGuards), reinterpret_cast<const void*>(like + kGuards), 16);
}

}  // namespace gordian::rt
