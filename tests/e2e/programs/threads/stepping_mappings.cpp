// stepping_mappings.cpp - at instruction after instruction of gordian's mmap(), munmap() and mremap() a handler checks, and maps memory
// that is then the only one to lead to a ring.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <sys/mman.h>

#include <initializer_list>
#include <thread>

#include "rings.h"
#include "stepping.h"

constexpr std::size_t kPage = 4096;
constexpr unsigned kMost = 400;
Keeper** g_keepers = nullptr;  // until a page has them
char* g_pages[kMost];          // each address is kept changed, so that only the page itself leads to its keeper
unsigned g_made = 0;
unsigned g_checks = 0;
unsigned g_steps = 0;

char* mapped(std::size_t pages) {
  void* const p = mmap(nullptr, pages * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  demand(p != MAP_FAILED, "there is memory");
  return static_cast<char*>(p);
}

void map_owner() {
  if (g_steps++ % 5 != 0 || g_made == kMost) return;
  char* const page = mapped(1);
  *reinterpret_cast<Keeper**>(page) = g_keepers[g_made];
  g_keepers[g_made] = nullptr;
  g_pages[g_made++] = page + kPage / 2;
}

void act() {
  map_owner();
  if (g_steps % 13 != 0) return;
  ++g_checks;
  demand(gordian_check() == 0, "all is owned");
}

struct Mapped {
  char* moving;
  char* failing;
};

void step_through(Mapped& here) {
  start_stepping();
  const bool fails = munmap(here.failing, SIZE_MAX / 2 + 1) != 0;
  void* const grown = mremap(here.moving, kPage, 3 * kPage, MREMAP_MAYMOVE);  // its second page is in the way
  void* const another = mmap(nullptr, kPage, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const int unmapped = munmap(another, kPage);
  stop_stepping();
  demand(fails && grown != MAP_FAILED && grown != here.moving && unmapped == 0, "the calls do what they do");
  here.moving = static_cast<char*>(grown);
  demand(gordian_check() == 0, "each page owns its ring");
}

int main() {
  prepare_stepping(act);
  Mapped first = {mapped(2), mapped(1)};
  Mapped second = {mapped(2), mapped(1)};
  std::thread([&] {  // this thread's stack has never had the pointers
    g_keepers = new Keeper*[kMost];
    for (unsigned i = 0; i < kMost; ++i) g_keepers[i] = make_keeper();
    for (char* page : {first.moving, first.failing, second.moving, second.failing}) {
      *reinterpret_cast<Keeper**>(page) = make_keeper();
    }
  }).join();
  step_through(first);
  const unsigned made = g_made;
  demand(made > 20 && g_checks > 10, "the handler ran");
  g_act_alone = map_owner;  // which cannot be noted then
  step_through(second);
  demand(g_made > made + 20, "and where gordian has its lock");
  for (unsigned i = 0; i < g_made; ++i) let_go(*reinterpret_cast<Keeper**>(g_pages[i] - kPage / 2));
  for (unsigned i = g_made; i < kMost; ++i) let_go(g_keepers[i]);
  delete[] g_keepers;
  for (char* page : {first.moving, first.failing, second.moving, second.failing}) let_go(*reinterpret_cast<Keeper**>(page));
  lose_ring();
}
