// stepping.h - runs work instruction by instruction, and acts where the thread is in gordian's own code.
//
// The processor raises SIGTRAP behind each instruction (x86-64, the trap flag). So what may interrupt a hook at any moment
// does so at every moment, and at the same ones each time. Only in the runtime: libc's locks are not held there.
#pragma once

#include <link.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>

#include <cstdint>
#include <cstdlib>

inline std::uintptr_t g_runtime_low = 0;
inline std::uintptr_t g_runtime_high = 0;
inline void (*g_act)() = nullptr;
inline volatile bool g_acts = false;  // what the action itself does is not stepped through
inline void (*g_act_alone)() = nullptr;  // where no signal is handled but such as an instruction raises: gordian has a lock of its own

inline void on_step(int, siginfo_t*, void* context) {
  const auto& interrupted = *static_cast<ucontext_t*>(context);
  const auto pc = static_cast<std::uintptr_t>(interrupted.uc_mcontext.gregs[REG_RIP]);
  if (pc < g_runtime_low || pc >= g_runtime_high || g_acts) return;
  const bool others_come = sigismember(&interrupted.uc_sigmask, SIGALRM) == 0;
  g_acts = true;
  if (void (*act)() = others_come ? g_act : g_act_alone) act();
  g_acts = false;
}

// Calls act() at each instruction of the runtime's from start_stepping() to stop_stepping().
inline void prepare_stepping(void (*act)()) {
  g_act = act;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void*) {
        if (strstr(info->dlpi_name, "libgordian.so") == nullptr) return 0;
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& header = info->dlpi_phdr[i];
          if (header.p_type != PT_LOAD || (header.p_flags & PF_X) == 0) continue;
          g_runtime_low = info->dlpi_addr + header.p_vaddr;
          g_runtime_high = g_runtime_low + header.p_memsz;
        }
        return 1;
      },
      nullptr);
  if (g_runtime_low == 0) std::_Exit(8);
  struct sigaction action = {};
  action.sa_sigaction = on_step;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGTRAP, &action, nullptr);
}
__attribute__((always_inline)) inline void start_stepping() {
  asm volatile("sub $128, %%rsp; pushfq; orq $256, (%%rsp); popfq; add $128, %%rsp" ::: "memory", "cc");
}
__attribute__((always_inline)) inline void stop_stepping() {
  asm volatile("sub $128, %%rsp; pushfq; andq $~256, (%%rsp); popfq; add $128, %%rsp" ::: "memory", "cc");
}

// Calls work() by one of 1024 ways: each has a stack that gordian has not seen before.
template <class Work>
__attribute__((noinline)) void by_way(unsigned way, unsigned bits, Work work) {
  if (bits == 0) {
    work();
  } else if ((way & 1) != 0) {
    by_way(way >> 1, bits - 1, work);
    asm volatile("# one call");
  } else {
    by_way(way >> 1, bits - 1, work);
    asm volatile("# and another, neither a tail call");
  }
}
template <class Work>
void by_way(unsigned way, Work work) {
  by_way(way, 10, work);
}
