// own_start.h - a program that begins without libc's start files: at begin(), with the number of its arguments and its name.
#pragma once

extern "C" [[noreturn, gnu::used]] void begin(long arguments);

#if defined(__x86_64__)
asm(".globl _start\n"
    "_start:\n"
    "  xor %ebp, %ebp\n"
    "  mov (%rsp), %rdi\n"
    "  and $-16, %rsp\n"
    "  call begin\n");
#elif defined(__aarch64__)
asm(".globl _start\n"
    "_start:\n"
    "  mov x29, 0\n"
    "  mov x30, 0\n"
    "  ldr x0, [sp]\n"
    "  bl begin\n");
#endif
