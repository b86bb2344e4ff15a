// program_mappings_test.cpp - process/program_mappings.h on made-up ranges, and process/touched_pages.h on
// real pages.
#include "process/program_mappings.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "catch.h"
#include "emulated.h"
#include "process/emulator.h"
#include "process/touched_pages.h"
#include "tables/live.h"

using namespace gordian::rt;

namespace {

using Ranges = std::vector<std::pair<Address, Address>>;

Ranges noted() {
  Ranges ranges;
  for (const ProgramMapping& range : program_mappings()) ranges.emplace_back(range.low, range.high);
  return ranges;
}

constexpr Address kPage = 4096;

class Pages {
 public:
  explicit Pages(std::size_t size)
      : size_(size),
        at_(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {
    REQUIRE(at_ != MAP_FAILED);
    madvise(at_, size, MADV_NOHUGEPAGE);
  }
  ~Pages() { munmap(at_, size_); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  char* at(std::size_t offset) { return static_cast<char*>(at_) + offset; }
  Address low() const { return reinterpret_cast<Address>(at_); }

 private:
  std::size_t size_;
  void* at_;
};

Ranges touched(const Pages& pages, Address low, Address high) {
  const TouchedPages known;
  Ranges parts;
  known.for_each_part(pages.low() + low, pages.low() + high, [&](Address from, Address to) {
    parts.emplace_back(from - pages.low(), to - pages.low());
  });
  return parts;
}

}  // namespace

TEST_CASE("neighbours are one range, and what is forgotten is cut out") {
  note_program_mapping(10, 20);
  note_program_mapping(30, 40);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}});
  note_program_mapping(20, 30);
  CHECK(noted() == Ranges{{10, 40}});
  forget_program_mapping(15, 25);
  CHECK(noted() == Ranges{{10, 15}, {25, 40}});
  note_program_mapping(12, 50);
  CHECK(noted() == Ranges{{10, 50}});
  forget_program_mapping(60, 70);
  forget_program_mapping(0, 5);
  CHECK(noted() == Ranges{{10, 50}});
  forget_program_mapping(0, 100);
  CHECK(noted().empty());
}

TEST_CASE("what is about to be unmapped is noted until it is gone") {
  note_program_mapping(10, 40);
  const Leave leave = begin_unmapping(20, 30);
  REQUIRE(leave != Leave::none);
  CHECK(noted() == Ranges{{10, 20}, {20, 30}, {30, 40}});
  end_unmapping(leave, 20, 30, true);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}});
  CHECK(begin_unmapping(20, 30) == Leave::none);
  CHECK(begin_unmapping(15, 15) == Leave::none);

  const Leave failing = begin_unmapping(0, ~Address{0});
  end_unmapping(failing, 0, ~Address{0}, false);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}});
  const Leave part = begin_unmapping(15, 35);
  end_unmapping(part, 15, 35, false);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}});
  forget_program_mapping(0, 100);
}

TEST_CASE("what another thread has mapped where something was unmapped stays noted") {
  note_program_mapping(10, 40);
  const Leave leave = begin_unmapping(10, 40);
  note_program_mapping(15, 25);
  end_unmapping(leave, 10, 40, true);
  CHECK(noted() == Ranges{{15, 25}});
  forget_program_mapping(0, 100);
}

TEST_CASE("while something moves all is in doubt, and then it is noted where it lies") {
  note_program_mapping(10, 40);
  CHECK_FALSE(are_mappings_in_doubt());
  Leave leave = begin_moving(20, 30);
  CHECK(are_mappings_in_doubt());
  CHECK(noted() == Ranges{{10, 20}, {20, 30}, {30, 40}});
  end_moving(leave, {20, 30}, {60, 80}, false);
  CHECK_FALSE(are_mappings_in_doubt());
  CHECK(noted() == Ranges{{10, 20}, {30, 40}, {60, 80}});

  leave = begin_moving(60, 80);  // fails
  end_moving(leave, {60, 80}, {0, 0}, false);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}, {60, 80}});
  leave = begin_moving(60, 80);  // becomes shorter
  end_moving(leave, {60, 80}, {60, 70}, false);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}, {60, 70}});
  leave = begin_moving(60, 70);  // and longer
  end_moving(leave, {60, 70}, {60, 90}, false);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}, {60, 90}});
  leave = begin_moving(60, 90);  // leaves its pages mapped
  end_moving(leave, {60, 90}, {100, 130}, true);
  CHECK(noted() == Ranges{{10, 20}, {30, 40}, {60, 90}, {100, 130}});
  CHECK(begin_moving(200, 300) == Leave::none);
  CHECK_FALSE(are_mappings_in_doubt());
  forget_program_mapping(0, 200);
}

TEST_CASE(
    "who has locked the mappings for a fork may change them, and a check waits for no move that never ends") {
  REQUIRE(try_lock_program_mappings());
  note_program_mapping(10, 40);
  unlock_program_mappings();
  CHECK(noted() == Ranges{{10, 40}});

  const Leave leave = begin_moving(10, 40);
  lock_program_mappings();
  CHECK(are_mappings_in_doubt());
  unlock_program_mappings();
  end_moving(leave, {10, 40}, {0, 0}, false);

  lock_program_mappings();  // as a check does: a handler that runs on its thread changes nothing under its
                            // eyes
  forget_program_mapping(10, 40);
  CHECK(noted() == Ranges{{10, 40}});
  unlock_program_mappings();
  forget_program_mapping(0, 100);
}

TEST_CASE("after any calls the ranges are those of a map of pages") {
  std::mt19937 random(4711);
  std::vector<bool> pages(64);
  for (int i = 0; i < 5000; ++i) {
    const Address low = random() % 64;
    const Address high = low + 1 + random() % (64 - low);
    const bool noting = random() % 2 != 0;
    const Leave failing = begin_unmapping(random() % 64, random() % 65);
    if (noting) {
      note_program_mapping(low, high);
    } else if (random() % 2 != 0) {
      forget_program_mapping(low, high);
    } else if (const Leave leave = begin_unmapping(low, high); leave != Leave::none) {
      end_unmapping(leave, low, high, true);
    }
    if (failing != Leave::none) end_unmapping(failing, 0, 64, false);
    for (Address page = low; page < high; ++page) pages[page] = noting;
    Ranges expected;
    for (Address page = 0; page < 64; ++page) {
      if (!pages[page]) continue;
      if (!expected.empty() && expected.back().second == page) {
        ++expected.back().second;
      } else {
        expected.emplace_back(page, page + 1);
      }
    }
    REQUIRE(noted() == expected);
  }
  forget_program_mapping(0, 64);
}

TEST_CASE("a mapping that there is no memory to note goes unseen, and the others stay") {
  if (gordian::test::is_skipped_as_emulated("it lets a process have more memory than its limit")) return;
  constexpr Address kMost = 1 << 20;
  const auto before = g_live.unseen_memory.load();
  rlimit limit;
  REQUIRE(getrlimit(RLIMIT_AS, &limit) == 0);
  const rlimit none = {0, limit.rlim_max};
  REQUIRE(setrlimit(RLIMIT_AS, &none) == 0);
  Address count = 0;  // until memory is given back nothing may allocate
  for (; count < kMost && g_live.unseen_memory.load() == before; ++count)
    note_program_mapping(4 * count, 4 * count + 2);
  setrlimit(RLIMIT_AS, &limit);
  CHECK(g_live.unseen_memory.load() == before + 1);
  REQUIRE(count > 1);
  REQUIRE(program_mappings().size() == count - 1);
  CHECK(program_mappings()[count - 2].high == 4 * (count - 2) + 2);
  forget_program_mapping(0, 4 * count);
  CHECK(noted().empty());
  note_program_mapping(10, 20);
  CHECK(g_live.unseen_memory.load() == before + 1);
  forget_program_mapping(10, 20);
  g_live.unseen_memory.store(before);
}

TEST_CASE("what the kernel says nothing of counts as touched") {
  constexpr Address kBehindAll = Address{1} << 60;
  const TouchedPages known;
  Ranges parts;
  known.for_each_part(kBehindAll, kBehindAll + 4 * kPage,
                      [&](Address from, Address to) { parts.emplace_back(from, to); });
  CHECK(parts == Ranges{{kBehindAll, kBehindAll + 4 * kPage}});
}

TEST_CASE("only pages that were touched are told, and near ones together") {
  constexpr Address kSize = Address{64} << 20;
  Pages pages(kSize);
  note_emulator();
  if (is_emulated() && touched(pages, 0, kSize) == Ranges{{0, kSize}}) {
    WARN("skipped: this emulator has the program's pages elsewhere");
    return;
  }
  CHECK(touched(pages, 0, kSize).empty());
  *pages.at(0) = 1;
  *pages.at(10 * kPage + 5) = 1;
  *pages.at(32 << 20) = 1;
  *pages.at(kSize - 1) = 1;
  constexpr Address kMiddle = Address{32} << 20;
  CHECK(touched(pages, 0, kSize) ==
        Ranges{{0, 11 * kPage}, {kMiddle, kMiddle + kPage}, {kSize - kPage, kSize}});
  // Parts of pages, at both ends.
  CHECK(touched(pages, 100, kSize - 100) ==
        Ranges{{100, 11 * kPage}, {kMiddle, kMiddle + kPage}, {kSize - kPage, kSize - 100}});
  CHECK(touched(pages, kMiddle + 8, kMiddle + 16) == Ranges{{kMiddle + 8, kMiddle + 16}});
  CHECK(touched(pages, kMiddle, kMiddle).empty());
}

TEST_CASE("far between, pages are told as well, at both sides of what is skipped") {
  if (is_emulated()) {
    WARN("skipped: an emulator shows its own pages");
    return;
  }
  constexpr Address kSize = Address{32} << 30;
  constexpr Address kWindow = 128 * kPage;  // what the kernel is asked for at a time
  Pages pages(kSize);
  Ranges expected;
  for (const Address at : {kWindow - kPage, 3 * kWindow, (Address{7} << 30) - kPage, Address{16} << 30, kSize - kPage}) {
    *pages.at(at) = 1;
    expected.emplace_back(at, at + kPage);
  }
  CHECK(touched(pages, 0, kSize) == expected);
}
