// sanitizer.cpp - see sanitizer.h. Every function of a sanitizer's is weak: null where it is not in the process.
#include "process/sanitizer.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "base/kernel.h"
#include "process/caller_frame.h"
#include "process/own_thread.h"

extern "C" {
__attribute__((weak)) void __asan_init(void);
__attribute__((weak)) void __lsan_init(void);
__attribute__((weak)) void __tsan_init(void);
__attribute__((weak)) void __msan_init(void);
__attribute__((weak)) void __hwasan_init(void);
__attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, std::size_t),
                                                                    void (*)(const volatile void*));
__attribute__((weak)) void __sanitizer_set_death_callback(void (*)(void));
__attribute__((weak)) int __asan_report_present(void);
__attribute__((weak)) void* __asan_get_current_fake_stack(void);
__attribute__((weak)) void* __asan_addr_is_in_fake_stack(void* fake_stack, void* at, void** low, void** high);
// What instrumented functions ask before they take a fake frame.
extern __attribute__((weak)) int __asan_option_detect_stack_use_after_return;
}

namespace gordian::rt {
namespace {

struct Known {
  Sanitizer which;
  void (*start)(void);
};
const Known kKnown[] = {
    {Sanitizer::address, __asan_init}, {Sanitizer::thread, __tsan_init},       {Sanitizer::leak, __lsan_init},
    {Sanitizer::memory, __msan_init},  {Sanitizer::hwaddress, __hwasan_init},
};

using Callback = void (*)(void);
constinit Callback g_before_end = nullptr;

// clang++ links UndefinedBehaviorSanitizer into the same library. What ends the process then is an error in the middle of the
// program, or of what runs at exit. That exit() is called cannot be asked: libasan's own destructor, which looks for
// leaks, cannot be unwound.
void on_death() {
  if (__asan_report_present == nullptr || __asan_report_present() != 0 || is_called_by("__ubsan_")) return;
  g_before_end();
}

}  // namespace

Sanitizer sanitizer() noexcept {
  for (const Known& known : kKnown) {
    if (known.start != nullptr) return known.which;
  }
  return Sanitizer::none;
}

void start_sanitizer() noexcept {
  for (const Known& known : kKnown) {
    if (known.start != nullptr) return known.start();
  }
}

bool listen_to_sanitizer(BlockMade made, BlockFreed freed) noexcept {
  return __sanitizer_install_malloc_and_free_hooks != nullptr &&
         __sanitizer_install_malloc_and_free_hooks(made, freed) > 0;
}

void before_leaks_end_process(void (*callback)(void)) noexcept {
  g_before_end = callback;
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(on_death);
}

// Our own thread has none, nor the sanitizer's thread-local data, which a shared one would look into.
void* fake_stack() noexcept {
  if (is_own_thread(static_cast<int>(kernel::call(SYS_gettid)))) return nullptr;
  return __asan_get_current_fake_stack != nullptr ? __asan_get_current_fake_stack() : nullptr;
}

// The option is no matter to functions that were compiled to take fake frames always.
bool has_fake_stacks() noexcept {
  const int* const option = &__asan_option_detect_stack_use_after_return;
  return (option != nullptr && *option != 0) || fake_stack() != nullptr;
}

bool fake_frame_at(void* fake_stack, Address at, FakeFrame& frame) noexcept {
  if (__asan_addr_is_in_fake_stack == nullptr) return false;
  void* low = nullptr;
  void* high = nullptr;
  void* const real = __asan_addr_is_in_fake_stack(fake_stack, reinterpret_cast<void*>(at), &low, &high);
  frame = {reinterpret_cast<Address>(low), reinterpret_cast<Address>(high), reinterpret_cast<Address>(real)};
  return real != nullptr;
}

}  // namespace gordian::rt
