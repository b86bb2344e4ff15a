// kernel_call.h - a system call by the machine's own instruction: not even `syscall` is a name that a program leaves to libc.
#pragma once

namespace gordian::rt {

// What the kernel returns: an error is a negative number.
inline long kernel_call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) noexcept {
  long result;
  register long fourth asm("r10") = d;
  register long fifth asm("r8") = e;
  register long sixth asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
               : "rcx", "r11", "memory");
  return result;
}

}  // namespace gordian::rt
