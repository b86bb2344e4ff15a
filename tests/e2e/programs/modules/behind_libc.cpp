// behind_libc.cpp - a library that is linked with the runtime, for a program that is not: there it comes behind libc. As a
// program it opens what it is told to.
#include <dlfcn.h>

int main(int, char** argv) {
  return dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL) != nullptr ? 0 : 1;
}
