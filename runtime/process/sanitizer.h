// sanitizer.h - the sanitizer that a program was built with, where it brings an allocator of its own.
//
// Then malloc is the sanitizer's, and blocks are learnt from it: __sanitizer_install_malloc_and_free_hooks() of
// <sanitizer/allocator_interface.h>. Of AddressSanitizer that is every block. The others leave some out:
// LeakSanitizer's and MemorySanitizer's realloc() calls no hook, nor does ThreadSanitizer's memalign() (GCC 12,
// LLVM 14). A block that is not known may own what then looks lost, so with them nothing is checked.
//
// AddressSanitizer may keep the locals of a function in a "fake" frame, away from the stack
// (detect_stack_use_after_return). Such frames are roots as the stack is: <sanitizer/asan_interface.h> tells them.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

enum class Sanitizer { none, address, leak, thread, memory, hwaddress };

// Which is in the process. UndefinedBehaviorSanitizer is none: it allocates nothing.
Sanitizer sanitizer() noexcept;

// Starts it, should it not have started yet: its versions of libc's functions do not work before. What it does at exit
// then comes behind what is registered from here on.
void start_sanitizer() noexcept;

// Lets both be called for each block, until the process ends. False where the sanitizer cannot do that.
using BlockMade = void (*)(const volatile void* block, std::size_t size);
using BlockFreed = void (*)(const volatile void* block);
bool listen_to_sanitizer(BlockMade made, BlockFreed freed) noexcept;

// Lets `callback` be called when it ends the process because its own leak check, which may come before ours, has found
// something: that is no end of exit(). Not where it ends it for an error, for then memory is not what it should be.
void before_leaks_end_process(void (*callback)(void)) noexcept;

// Where it keeps fake frames of the calling thread; null where there are none. Signal handlers may ask.
void* fake_stack() noexcept;
// Whether threads may have fake frames.
bool has_fake_stacks() noexcept;

struct FakeFrame {
  Address low;   // [low, high): the locals
  Address high;
  Address real;  // where on the stack the function runs that they belong to; a little below its own frame
};
// The live frame at `at`; false where there is none.
bool fake_frame_at(void* fake_stack, Address at, FakeFrame& frame) noexcept;

// Calls visit(frame) for each live frame of `fake_stack`, which lies in a mapping that ends at `end`.
template <class Visit>
void for_each_fake_frame(void* fake_stack, Address end, Visit&& visit) noexcept {
  constexpr Address kSmallestFrame = 64;
  constexpr Address kLargest = Address{200} << 20;  // 11 sizes of frames, 16 MiB of each, and flags in front
  const auto start = reinterpret_cast<Address>(fake_stack);
  if (end - start > kLargest) end = start + kLargest;
  for (Address at = start; at < end;) {
    FakeFrame frame;
    const bool live = fake_frame_at(fake_stack, at, frame);
    if (live) visit(frame);
    at = live && frame.high > at ? frame.high : at + kSmallestFrame;
  }
}

}  // namespace gordian::rt
