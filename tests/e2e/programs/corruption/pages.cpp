// pages.cpp - pages of blocks that are without access, unmapped, or of a file that was cut short: a ring elsewhere is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: notes 4 blocks have memory that cannot be read; they count as owned, with all that only they could hold
// gordian: unless emulated by one that has no process_vm_readv()
#include <unistd.h>

#include "smash.hpp"

int main() {
  static char* blocks[4];
  for (char*& block : blocks) block = three_pages();
  mprotect(blocks[0] + kPage, kPage, PROT_NONE);
  munmap(blocks[1] + kPage, kPage);
  const int file = memfd_create("cut short", 0);
  if (ftruncate(file, kPage) != 0) return 1;
  mmap(blocks[2] + kPage, kPage, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0);
  if (ftruncate(file, 0) != 0) return 1;
  mprotect(blocks[3], kPage, PROT_NONE);
  leak_healthy();
  // A ring through an object in such a block is not told: what else it holds, or who holds it, nobody can see.
  struct Page {
    std::shared_ptr<Page> self;
  };
  auto page = std::shared_ptr<Page>(new (blocks[0]) Page, [](Page*) {});
  page->self = page;
}
