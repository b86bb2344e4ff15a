// ring_unloaded_at_exit.cpp - a static object of the program unloads a library at exit, and a static object
// of that library unloads another.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Inner members=Inner::self
// gordian: cycle proved objects=1 instances=1 of=Outer members=Outer::self
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <memory>

#include "library.h"

#if GORDIAN_LIBRARY == 1
struct Outer {
  virtual ~Outer() = default;
  std::shared_ptr<Outer> self;
};
using Made = Outer;

struct Plugins {
  void* library = nullptr;
  ~Plugins() { dlclose(library); }
};
Plugins plugins;

extern "C" void open_inner(const char* path) {
  plugins.library = load(path);
  find<void()>(plugins.library, "leak")();
}
#elif GORDIAN_LIBRARY == 2
struct Inner {
  virtual ~Inner() = default;
  std::shared_ptr<Inner> self;
  long padding[8] = {};
};
using Made = Inner;
#endif

#ifdef GORDIAN_LIBRARY
extern "C" void leak() {
  auto made = std::make_shared<Made>();  // (made here)
  made->self = made;
}
#else
struct Plugins {
  void* library = nullptr;
  std::string outer;
  std::string inner;
  ~Plugins() {
    unload(library, outer);
    if (is_loaded(inner)) std::printf("the inner library is still there\n");
  }
};
Plugins plugins;

int main(int, char** argv) {
  plugins.outer = library_path(argv[0]);
  plugins.inner = library_path(argv[0], ".2");
  plugins.library = load(plugins.outer);
  find<void()>(plugins.library, "leak")();
  find<void(const char*)>(plugins.library, "open_inner")(plugins.inner.c_str());
}
#endif
