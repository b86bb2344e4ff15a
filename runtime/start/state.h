// state.h - the few facts the hooks ask on every call.
//
// Constant-initialised: true before any constructor ran, so that the first malloc of
// the process is tracked like the last.
#pragma once

#include <atomic>
#include <cstdint>

#include "machine/addresses.h"

namespace gordian::rt {

// What all hooks do, in one byte: an allocation asks once.
enum Mode : std::uint8_t {
  // Off for good once a fault of ours was found, or where we must stand aside.
  kTracking = 1,
  // On when the first object file with the shim starts. From then on stacks are taken
  // where a control block is born; until then every allocation may be one.
  kShim = 2,
  // Stacks of all blocks all the same: the option of that name.
  kBlockStacks = 4,
  // On when the first scope begins (start/scope.h).
  kScopes = 8,
  // Always on. Without it nothing is known of the others: see ModePage.
  kKnown = 128,
};

struct State {
  std::atomic<std::uint8_t> mode{kTracking | kKnown};  // what the page is to hold
  std::atomic<unsigned> depth{32};
  std::atomic<bool> gave_up{false};
  // Who has called exit(): its thread pointer; 0: nobody so far.
  std::atomic<std::uintptr_t> ending_thread{0};
  // Why nothing is checked in this process: a sentence for the user; null where all can be.
  const char* refusal = nullptr;
  // That is no failure: another checker, which the user has chosen, checks.
  bool stands_aside = false;
  // Blocks are learnt from a sanitizer, whose malloc is the program's.
  bool listens = false;
  // What the program accepts by LeakSanitizer's means; its own text, null without one.
  const char* leak_suppressions = nullptr;
};
extern State g_state;

// The mode as hooks read it: on a page that a child finds cleared, however it was forked (start/fork.h).
struct alignas(kLargestPage) ModePage {
  std::atomic<std::uint8_t> mode{0};
};
extern ModePage g_mode_page;

// Fills the page where it is empty: at the start, and in a child that pthread_atfork() told nobody of.
std::uint8_t learn_mode() noexcept;

// Without kKnown where it is not learnt yet.
inline std::uint8_t mode() noexcept { return g_mode_page.mode.load(std::memory_order_relaxed); }
inline bool tracking() noexcept {
  return __builtin_expect((mode() & kTracking) != 0, 1) || (learn_mode() & kTracking) != 0;
}
inline bool shim_seen() noexcept { return (learn_mode() & kShim) != 0; }
inline void switch_on(Mode what) noexcept {
  learn_mode();
  g_state.mode.fetch_or(what, std::memory_order_relaxed);
  g_mode_page.mode.fetch_or(what, std::memory_order_relaxed);
}
inline void stop_tracking() noexcept {
  learn_mode();
  constexpr auto kRest = static_cast<std::uint8_t>(~kTracking);
  g_state.mode.fetch_and(kRest, std::memory_order_relaxed);
  g_mode_page.mode.fetch_and(kRest, std::memory_order_relaxed);
}

}  // namespace gordian::rt
