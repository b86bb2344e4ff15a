// ring_beside_filled_pages.cpp - who reads the program's memory would wait for a thread that is paused: data, blocks, and what it
// has mapped itself.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <initializer_list>
#include <memory>

#include "filled_pages.h"

struct Obj {
  std::shared_ptr<Obj> self;
};

alignas(kPage) char g_data[64 * kPage];
char* g_block;
char* g_large_block;
char* g_mapped;

int main() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
  constexpr std::size_t kSmall = 16 * kPage;
  constexpr std::size_t kLarge = 1024 * kPage;
  g_block = static_cast<char*>(std::aligned_alloc(kPage, kSmall));
  g_large_block = static_cast<char*>(std::aligned_alloc(kPage, kLarge));
  g_mapped = static_cast<char*>(mmap(nullptr, kLarge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  madvise(g_block, kSmall, MADV_DONTNEED);
  fill_on_demand(g_data, sizeof g_data);
  fill_on_demand(g_block, kSmall);
  fill_on_demand(g_large_block, kLarge);
  fill_on_demand(g_mapped, kLarge);
  for (char* at : {g_data, g_block, g_large_block, g_mapped}) at[8 * kPage] = 1;
}
