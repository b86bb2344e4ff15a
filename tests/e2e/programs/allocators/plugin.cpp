// plugin.cpp - built as a library, and as the program that opens it: a program without a C++ library, whose plugin brings one
// that nobody else sees. There new throws, and nothrow new gives null, as without gordian (tested by e2e.allocators).
#include <cstdint>
#include <cstdio>

#ifdef GORDIAN_PLUGIN
#include <new>

extern "C" int run_plugin() {
  volatile std::size_t huge = PTRDIFF_MAX;
  int caught = 0;
  try {
    operator delete(operator new(huge));
  } catch (const std::bad_alloc&) {
    ++caught;
  }
  try {
    operator delete[](operator new[](huge));
  } catch (const std::bad_alloc&) {
    ++caught;
  }
  try {
    operator delete(operator new(huge, std::align_val_t(64)), std::align_val_t(64));
  } catch (const std::bad_alloc&) {
    ++caught;
  }
  const bool quiet = operator new(huge, std::nothrow) == nullptr && operator new[](huge, std::nothrow) == nullptr;
  for (std::size_t size = 0; size < 100; ++size) {
    operator delete(operator new(size), size);
    operator delete[](operator new[](size), size);
    operator delete(operator new(size, std::nothrow), std::nothrow);
    operator delete[](operator new[](size, std::nothrow), std::nothrow);
  }
  std::printf("caught %d, %s\n", caught, quiet ? "quiet" : "loud");
  return caught;
}
#else
#include <dlfcn.h>

int main(int, char** arguments) {
  void* plugin = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) return 2;
  return reinterpret_cast<int (*)()>(dlsym(plugin, "run_plugin"))() == 3 ? 0 : 1;
}
#endif
