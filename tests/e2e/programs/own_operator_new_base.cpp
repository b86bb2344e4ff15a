// own_operator_new_base.cpp - only the base forms are replaced: arrays, nothrow and sized delete follow them.
// gordian: prints done
// gordian: silent
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>

// Not malloc's own address: whoever frees it past our operator delete crashes.
void* operator new(std::size_t size) {
  char* p = static_cast<char*>(std::malloc(size + 16));
  if (p == nullptr) throw std::bad_alloc();
  return p + 16;
}
void operator delete(void* p) noexcept {
  if (p == nullptr) return;
  std::free(static_cast<char*>(p) - 16);
}

int main() {
  delete new int(1);
  delete[] new int[7];
  int* quiet = new (std::nothrow) int(2);
  delete quiet;
  { auto shared = std::make_shared<int>(3); }
  std::puts("done");
}
