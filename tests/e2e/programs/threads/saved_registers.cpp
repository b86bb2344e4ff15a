// saved_registers.cpp - what only a jmp_buf has is owned: a register that setjmp() has saved.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <setjmp.h>

#include "rings.h"

#pragma GCC diagnostic ignored "-Wclobbered"  // that it is not, is what this is about

#if defined(__x86_64__)
#define GORDIAN_KEPT "r12"
#else
#define GORDIAN_KEPT "x20"
#endif

jmp_buf g_back;

__attribute__((noinline)) void look_and_go_back() {
  volatile char room[8192];  // what lies below is what others have left
  for (volatile char& c : room) c = 0;
  demand(gordian_check() == 0, "the jmp_buf owns it");
  longjmp(g_back, 1);
}

// The keeper is in a register, then in g_back, and nowhere else until it is in the register again.
__attribute__((noinline)) Keeper* keep_in_register() {
  register Keeper* kept asm(GORDIAN_KEPT) = make_keeper();
  asm volatile("" : "+r"(kept));
  if (_setjmp(g_back) != 0) {
    asm volatile("" : "+r"(kept));
    return kept;
  }
  asm volatile("mov %1, %0" : "=r"(kept) : "r"(static_cast<Keeper*>(nullptr)));
  look_and_go_back();
  return nullptr;
}

int main() {
  let_go(keep_in_register());
  lose_ring();
}
