// state.h - the few facts the hooks ask on every call.
//
// Constant-initialised: true before any constructor ran, so that the first malloc of
// the process is tracked like the last.
#pragma once

#include <atomic>

namespace gordian::rt {

struct State {
  // Off for good once a fault of ours was found, or where we must stand aside.
  std::atomic<bool> tracking{true};
  // Set when the first object file with the shim starts. From then on stacks are taken
  // where a control block is born; until then every allocation may be one.
  std::atomic<bool> shim{false};
  std::atomic<unsigned> depth{32};
  std::atomic<bool> gave_up{false};
  // What the program accepts by LeakSanitizer's means; its own text, null without one.
  const char* leak_suppressions = nullptr;
};
extern State g_state;

inline bool tracking() noexcept { return g_state.tracking.load(std::memory_order_relaxed); }
inline bool shim_seen() noexcept { return g_state.shim.load(std::memory_order_relaxed); }

}  // namespace gordian::rt
