// ring_unloaded_by_threads.cpp - threads load, leak and unload at once, others allocate and free meanwhile.
// One of these may take a library's place before it is held: what lies there is then not found, so how many
// of the 80 are is not said, and nobody is there when the last one goes.
// gordian: exit 23
// gordian: cycle proved objects=1 of=Obj members=Obj::self
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

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
std::atomic<bool> stop{false};

void allocate() {
  for (unsigned i = 0; !stop; ++i) delete[] new std::shared_ptr<int>[ 1 + (i * 7919) % 100000 ];
}

void leak_and_unload(const std::string& path) {
  void* library = load(path);
  find<void()>(library, "leak")();
  dlclose(library);
}

int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  std::vector<std::thread> allocating;
  for (int i = 0; i < 3; ++i) allocating.emplace_back(allocate);
  std::vector<std::thread> loading;
  for (int i = 0; i < 4; ++i) {
    loading.emplace_back([&path] {
      for (int n = 0; n < 20; ++n) leak_and_unload(path);
    });
  }
  for (auto& thread : loading) thread.join();
  stop = true;
  for (auto& thread : allocating) thread.join();
  leak_and_unload(path);
}
#endif
