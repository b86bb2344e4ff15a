// vector_registers.cpp - what only a vector register of another thread has is owned, whichever part of whichever register.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>

#include <thread>

#include "rings.h"

std::atomic<bool> g_waits{false};
std::atomic<bool> g_may_go{false};

// Moves *keeper to a register by IN and waits there; OUT brings it back. Nothing else has it meanwhile.
#if defined(__x86_64__)
#define GORDIAN_STAY(name, in, out, ...)                                                                          \
  __attribute__((noinline)) void name(Keeper** keeper) {                                                          \
    asm volatile(                                                                                                 \
        "mov (%0), %%rax\n\tmovq $0, (%0)\n\t" in                                                                 \
        "\n\txor %%eax, %%eax\n\tmovb $1, (%1)\n1:\tpause\n\tcmpb $0, (%2)\n\tje 1b\n\t" out "\n\tmov %%rax, (%0)" \
        :                                                                                                         \
        : "r"(keeper), "r"(&g_waits), "r"(&g_may_go)                                                              \
        : "rax", "memory", "cc", __VA_ARGS__);                                                                    \
  }
GORDIAN_STAY(stay_mm, "movq %%rax, %%mm5", "movq %%mm5, %%rax\n\temms", "mm5")
GORDIAN_STAY(stay_xmm, "movq %%rax, %%xmm13\n\tpslldq $8, %%xmm13", "psrldq $8, %%xmm13\n\tmovq %%xmm13, %%rax", "xmm13")
GORDIAN_STAY(stay_ymm,
             "vmovq %%rax, %%xmm7\n\tvinsertf128 $1, %%xmm7, %%ymm7, %%ymm7\n\tvxorps %%xmm6, %%xmm6, %%xmm6\n\t"
             "vinsertf128 $0, %%xmm6, %%ymm7, %%ymm7",
             "vextractf128 $1, %%ymm7, %%xmm7\n\tvmovq %%xmm7, %%rax\n\tvzeroupper", "xmm6", "xmm7")
// Assembled where the compiler's flags know no zmm17 either; it cannot be named as overwritten, and nothing here uses it.
GORDIAN_STAY(stay_zmm, "vmovq %%rax, %%xmm17", "vmovq %%xmm17, %%rax\n\tvpxorq %%zmm17, %%zmm17, %%zmm17\n\tvzeroupper", "xmm0")
#else
__attribute__((noinline)) void stay_v(Keeper** keeper) {
  asm volatile(
      "ldr x9, [%0]\n\tstr xzr, [%0]\n\tmovi v21.2d, #0\n\tins v21.d[1], x9\n\tmov x9, xzr\n\tmov w10, #1\n\tstrb w10, [%1]\n"
      "1:\tyield\n\tldrb w10, [%2]\n\tcbz w10, 1b\n\tumov x9, v21.d[1]\n\tstr x9, [%0]"
      :
      : "r"(keeper), "r"(&g_waits), "r"(&g_may_go)
      : "x9", "x10", "v21", "memory", "cc");
}
#endif

// A function of its own: registers that it must restore have no pointer of its left.
__attribute__((noinline)) void make(Keeper** keeper) { *keeper = make_keeper(); }

// What calls before have left below on the stack, and in registers.
__attribute__((noinline)) void clear() {
  volatile char room[8192];
  for (volatile char& c : room) c = 0;
#if defined(__x86_64__)
  asm volatile(
      ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\tpxor %%xmm\\n, %%xmm\\n\n\t.endr\n\t"
      ".irp n, ax, cx, dx, si, di\n\txor %%e\\n, %%e\\n\n\t.endr\n\t"
      ".irp n, 8, 9, 10, 11\n\txor %%r\\n, %%r\\n\n\t.endr" ::
          : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5",
            "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
#else
  asm volatile(
      ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n\t"
      "movi v\\n\\().2d, #0\n\t.endr\n\t"
      ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17\n\tmov x\\n, xzr\n\t.endr" ::
          : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",
            "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24",
            "v25", "v26", "v27", "v28", "v29", "v30", "v31");
#endif
}

void check_while(void (*stay)(Keeper**)) {
  g_waits = false;
  g_may_go = false;
  std::thread thread([stay] {
    Keeper* keeper = nullptr;
    make(&keeper);
    clear();
    stay(&keeper);
    let_go(keeper);
  });
  while (!g_waits) std::this_thread::yield();
  demand(gordian_check() == 0, "the register owns it");
  g_may_go = true;
  thread.join();
}

int main() {
#if defined(__x86_64__)
  check_while(stay_mm);
  check_while(stay_xmm);
  if (__builtin_cpu_supports("avx")) check_while(stay_ymm);
  if (__builtin_cpu_supports("avx512f")) check_while(stay_zmm);
#else
  check_while(stay_v);
#endif
  lose_ring();
}
