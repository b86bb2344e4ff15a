// ring_in_own_limit.cpp - a program that sets itself a limit of address space has what it allows but for 300 MB, and may lock
// what it has into memory.
// gordian: prints 100 blocks, not much locked
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
// gordian: unless emulated by one that takes no limits of memory
#include <sys/mman.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

long resident() {
  long size = 0;
  long pages = 0;
  FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%ld %ld", &size, &pages) != 2) std::abort();
  std::fclose(file);
  return pages * 4096;
}

int main() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
  const rlimit limit = {std::size_t{400} << 20, std::size_t{400} << 20};
  if (setrlimit(RLIMIT_AS, &limit) != 0) return 2;
  int blocks = 0;
  void* block[100];
  for (void*& b : block) blocks += (b = std::malloc(1 << 20)) != nullptr ? 1 : 0;
  for (void* b : block) std::free(b);
  mlockall(MCL_CURRENT);  // who may not is not held to it
  const bool little = resident() < 300l << 20;
  munlockall();
  std::printf("%d blocks, %s locked\n", blocks, little ? "not much" : "much");
}
