// ring_beside_protected_mapping.cpp - pages that only keep others apart, or are read-only, hold nothing and hide nothing.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::all
#include <sys/mman.h>

#include <cstdlib>
#include <memory>
#include <vector>

struct Obj {
  std::vector<std::shared_ptr<Obj>> all;
};

int main() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->all.push_back(obj);
  constexpr std::size_t kPlenty = std::size_t{1} << 30;
  constexpr std::size_t kPage = 4096;
  for (const int protection : {PROT_NONE, PROT_READ}) {
    void* p = mmap(nullptr, kPlenty, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) std::abort();
    if (mprotect(static_cast<char*>(p) + kPage, kPage, PROT_READ | PROT_WRITE) != 0) std::abort();
    static_cast<char*>(p)[kPage] = 1;
  }
}
