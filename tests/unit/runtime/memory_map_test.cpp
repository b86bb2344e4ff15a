// memory_map_test.cpp - process/memory_map.h and process/modules.h, on this very process.
#include <sys/mman.h>
#include <sys/prctl.h>

#include <string>

#include "catch.h"
#include "process/emulator.h"
#include "process/memory_map.h"
#include "process/modules.h"

using namespace gordian::rt;

TEST_CASE("a stack variable lies in a mapping that can be written") {
  int variable = 0;
  MemoryMap map;
  REQUIRE(map.read());
  const Mapping* m = map.find(reinterpret_cast<Address>(&variable));
  REQUIRE(m != nullptr);
  CHECK(m->writable);
  CHECK(m->anonymous);
  CHECK(map.find(0) == nullptr);
}

TEST_CASE("a mapping right above a guard page is recognised") {
  char* pages = static_cast<char*>(mmap(nullptr, 3 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  REQUIRE(mprotect(pages + 4096, 4096, PROT_READ | PROT_WRITE) == 0);
  MemoryMap map;
  REQUIRE(map.read());
  const Mapping* m = map.find(reinterpret_cast<Address>(pages) + 4096);
  REQUIRE(m != nullptr);
  CHECK(m->after_guard);
  CHECK(m->low == reinterpret_cast<Address>(pages) + 4096);
  munmap(pages, 3 * 4096);
}

TEST_CASE("memory that the program has named, or of huge pages, is anonymous as other memory is") {
  constexpr std::size_t kSize = std::size_t{2} << 20;
  constexpr int kPrivate = MAP_PRIVATE | MAP_ANONYMOUS;
  void* named = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, kPrivate, -1, 0);
  REQUIRE(named != MAP_FAILED);
  if (prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, named, kSize, "a/name") != 0) WARN("this kernel gives memory no names");
  void* huge = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, kPrivate | MAP_HUGETLB, -1, 0);
  if (huge == MAP_FAILED) WARN("this machine has no huge pages");
  MemoryMap map;
  REQUIRE(map.read());
  for (void* at : {named, huge}) {
    if (at == MAP_FAILED) continue;
    const Mapping* m = map.find(reinterpret_cast<Address>(at));
    REQUIRE(m != nullptr);
    CHECK(m->anonymous);
    munmap(at, kSize);
  }
}

TEST_CASE("the executable and libc are listed, with readable and executable parts told apart") {
  note_emulator();
  ModuleMap modules;
  REQUIRE(modules.read());
  CHECK(std::string(modules.program()).find("runtime_tests") != std::string::npos);
  bool libc = false;
  for (const Module& m : modules.modules()) libc = libc || m.allocator;
  CHECK(libc);
  static int data = 1;
  const auto code = reinterpret_cast<Address>(&mprotect);
  CHECK(modules.executable(code));
  CHECK_FALSE(modules.executable(reinterpret_cast<Address>(&data)));
  CHECK(modules.readable(reinterpret_cast<Address>(&data), sizeof data));
  CHECK_FALSE(modules.readable(8, 8));
  CHECK_FALSE(modules.readable(~Address{0} - 8, 8));
}
