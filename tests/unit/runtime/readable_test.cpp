// readable_test.cpp - process/readable.h, and the blocks of a heap that cannot be read as a whole.
#include "process/readable.h"

#include <sys/mman.h>

#include "catch.h"
#include "emulated.h"
#include "real_blocks.h"
#include "scan/heap.h"

using namespace gordian::rt;
using namespace gordian::test;

namespace {

constexpr std::size_t kPage = 4096;

// Pages of which one, in the middle, is without access.
class Pages {
 public:
  explicit Pages(std::size_t count, std::size_t hidden)
      : bytes_(count * kPage), hidden_(low() + hidden * kPage) {
    REQUIRE(mprotect(reinterpret_cast<void*>(hidden_), kPage, PROT_NONE) == 0);
  }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  ~Pages() { munmap(at_, bytes_); }

  Address low() const { return reinterpret_cast<Address>(at_); }
  Address high() const { return low() + bytes_; }
  Address hidden() const { return hidden_; }

 private:
  std::size_t bytes_;
  void* at_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Address hidden_;
};

}  // namespace

TEST_CASE("nobody asks what can be read until something could not") {
  const Pages pages(3, 1);
  const Readable readable;
  CHECK_FALSE(readable.asks());
  CHECK(readable.end_of_readable(pages.low(), pages.high()) == pages.high());
}

TEST_CASE("memory ends where the first page begins that cannot be read") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  constexpr std::size_t kHidden[] = {0, 1, 255, 256, 257, 511, 599};
  for (const std::size_t hidden : kHidden) {
    INFO(hidden);
    const Pages pages(600, hidden);
    Readable readable;
    readable.note_fault(0);
    REQUIRE(readable.asks());
    CHECK(readable.end_of_readable(pages.low(), pages.high()) == pages.hidden());
    CHECK(readable.end_of_readable(pages.hidden() + 8, pages.hidden() + 16) == pages.hidden() + 8);
    CHECK(readable.end_of_readable(pages.hidden() + kPage, pages.high()) == pages.high());
  }
}

TEST_CASE("a page on which there was a fault is not read again, though the kernel could") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  const Pages pages(3, 2);
  Readable readable;
  readable.note_fault(pages.low() + kPage + 100);
  CHECK(readable.end_of_readable(pages.low(), pages.hidden()) == pages.low() + kPage);
  CHECK(readable.end_of_readable(pages.low() + kPage + 8, pages.hidden()) == pages.low() + kPage + 8);
}

TEST_CASE("of a page that is known to be readable nobody asks again, until there is another fault") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  const Pages pages(4, 3);
  Readable readable;
  REQUIRE(readable.note_fault(0));
  CHECK(readable.end_of_readable(pages.low() + 16, pages.low() + 32) == pages.low() + 32);
  CHECK(readable.end_of_readable(pages.low() + 40, pages.low() + kPage + 48) == pages.low() + kPage + 48);
  // It goes: the answer stays until somebody has run into it.
  REQUIRE(mprotect(reinterpret_cast<void*>(pages.low() + kPage), kPage, PROT_NONE) == 0);
  CHECK(readable.end_of_readable(pages.low() + kPage + 48, pages.low() + kPage + 64) ==
        pages.low() + kPage + 64);
  CHECK(readable.end_of_readable(pages.low() + kPage + 64, pages.high()) == pages.hidden());
  REQUIRE(readable.note_fault(pages.low() + kPage + 48));
  CHECK_FALSE(readable.note_fault(pages.low() + kPage + 128));
  CHECK(readable.end_of_readable(pages.low(), pages.high()) == pages.low() + kPage);
  CHECK(readable.end_of_readable(pages.low() + 2 * kPage, pages.high()) == pages.hidden());
  // Further down.
  CHECK(readable.end_of_readable(pages.low(), pages.low() + 8) == pages.low() + 8);
}

TEST_CASE("a block that cannot be read as a whole counts as outside, and ends where it cannot be read") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  const Pages pages(3, 1);
  RealBlocks blocks;
  blocks.enter(pages.low(), 3 * kPage);
  const Address whole = blocks.add(32);
  Readable readable;
  readable.note_fault(0);
  Heap heap;
  REQUIRE(heap.build({}, readable));
  CHECK(heap.unreadable() == 1);
  CHECK(heap.has_outside());
  const Block& hidden = heap[heap.find(pages.low())];
  CHECK(hidden.size == kPage);
  CHECK(hidden.state == (kBlockOutside | kBlockUnread));
  CHECK(heap[heap.find(whole)].size == 32);
  CHECK(heap[heap.find(whole)].state == 0);
}
