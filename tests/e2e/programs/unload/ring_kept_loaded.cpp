// ring_kept_loaded.cpp - dlclose() that unloads nothing, or fails, is what it is without gordian.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=2 of=Obj members=Obj::self
// gordian: prints still loaded
// gordian: prints never unloaded
// gordian: prints -1: shared object not open
#include <cstring>
#include <memory>

#include "library.h"

#ifdef GORDIAN_LIBRARY
struct Obj {
  virtual ~Obj() = default;
  std::shared_ptr<Obj> self;
};

extern "C" void leak() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}
#else
int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  void* library = load(path);
  load(path);  // once more: now one dlclose() is not enough
  find<void()>(library, "leak")();
  if (dlclose(library) == 0 && is_loaded(path)) std::printf("still loaded\n");
  void* kept = dlopen(path.c_str(), RTLD_NOW | RTLD_NODELETE);
  find<void()>(library, "leak")();
  dlclose(kept);
  if (dlclose(library) == 0 && is_loaded(path)) std::printf("never unloaded\n");
  void* c_library = dlopen("libc.so.6", RTLD_NOW);
  dlclose(c_library);
  const int result = dlclose(c_library);
  const char* error = dlerror();
  std::printf("%d: %s\n", result, error != nullptr ? std::strrchr(error, ':') + 2 : "no error");
}
#endif
