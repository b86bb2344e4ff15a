// live_reader_test.cpp - scan/live_reader.h, on blocks of real memory.
#include "scan/live_reader.h"

#include <sys/mman.h>

#include <vector>

#include "catch.h"
#include "emulated.h"
#include "real_blocks.h"

using namespace gordian::rt;
using namespace gordian::test;

namespace {

// What a call leaves behind where the next call's arguments go.
[[gnu::noinline]] void fill_stack(int byte) {
  volatile unsigned char bytes[8192];
  for (volatile unsigned char& b : bytes) b = static_cast<unsigned char>(byte);
}

struct Seen {
  bool all;
  std::vector<std::uint64_t> words;
};

Seen read_after(int byte) {
  LiveReader live;
  Seen seen{};
  seen.words.reserve(16);
  fill_stack(byte);
  seen.all = live.for_each_word([&seen](std::uint64_t word) { seen.words.push_back(word); });
  return seen;
}

}  // namespace

TEST_CASE("every word of a live block is seen, whatever the stack held before") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  RealBlocks blocks;
  const Address at = blocks.add(16);
  store_word(at, 7);
  store_word(at + 8, 8);
  for (const int byte : {0x00, 0x01, 0xff}) {
    const Seen seen = read_after(byte);
    CHECK(seen.all);
    CHECK(seen.words == std::vector<std::uint64_t>{7, 8});
  }
}

TEST_CASE("a block without access has no words, and its neighbours keep theirs") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  constexpr std::size_t kPage = 4096;
  void* const pages = mmap(nullptr, 2 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(pages != MAP_FAILED);
  const auto low = reinterpret_cast<Address>(pages);
  store_word(low + kPage - 32, 7);
  store_word(low + kPage - 8, 8);
  REQUIRE(mprotect(reinterpret_cast<void*>(low + kPage), kPage, PROT_NONE) == 0);
  {
    RealBlocks blocks;
    blocks.enter(low + kPage - 32, 32);
    blocks.enter(low + kPage, 16);
    const Seen seen = read_after(0);
    CHECK(seen.all);
    CHECK(seen.words == std::vector<std::uint64_t>{7, 0, 0, 8});
  }
  munmap(pages, 2 * kPage);
}
