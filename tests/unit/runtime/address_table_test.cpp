// address_table_test.cpp - tables/address_table.h
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "catch.h"
#include "tables/address_table.h"

using gordian::rt::Address;
using gordian::rt::AddressTable;

namespace {

using Table = AddressTable<std::uint64_t>;
using Pairs = std::vector<std::pair<Address, std::uint64_t>>;

// On the heap: its top level is 16 MiB.
std::unique_ptr<Table> table() { return std::make_unique<Table>(); }

Pairs all(const Table& t) {
  Pairs found;
  t.for_each([&](Address at, std::uint64_t entry) { found.emplace_back(at, entry); });
  return found;
}

}  // namespace

TEST_CASE("an empty table has no entry anywhere") {
  auto t = table();
  CHECK(t->get(0) == 0);
  CHECK(t->get(0x7fffffffffff) == 0);
  CHECK(all(*t).empty());
}

TEST_CASE("an entry is found by every address of its granule and by no other") {
  auto t = table();
  REQUIRE(t->set(0x555500001230, 7));
  CHECK(t->get(0x555500001230) == 7);
  CHECK(t->get(0x55550000123f) == 7);
  CHECK(t->get(0x555500001240) == 0);
  CHECK(t->get(0x55550000122f) == 0);
}

TEST_CASE("a cleared entry is gone, and clearing what was never set maps nothing") {
  auto t = table();
  t->set(0x1000, 1);
  t->clear(0x1000);
  t->clear(0x700000000000);
  CHECK(all(*t).empty());
  CHECK(t->bytes_mapped() == 4096);
}

TEST_CASE("entries come out in address order across regions and at their edges") {
  auto t = table();
  const Address region = Address{1} << 26;
  const Pairs expected = {
      {0, 1}, {region - 16, 2}, {region, 3}, {5 * region + 64, 4}, {(Address{1} << 47) - 16, 5}};
  for (auto i = expected.rbegin(); i != expected.rend(); ++i) REQUIRE(t->set(i->first, i->second));
  CHECK(all(*t) == expected);
}

TEST_CASE("an address above user space is refused and not found") {
  auto t = table();
  CHECK_FALSE(t->set(Address{1} << gordian::rt::kAddressBits, 1));
  CHECK(t->get(Address{1} << gordian::rt::kAddressBits) == 0);
}

TEST_CASE("threads that set neighbouring entries in a fresh region lose none") {
  auto t = table();
  constexpr Address kBase = 0x7f1200000000;
  constexpr unsigned kEach = 20000;
  std::atomic<bool> go{false};
  std::vector<std::thread> threads;
  for (unsigned n = 0; n < 4; ++n) {
    threads.emplace_back([&, n] {
      while (!go) std::this_thread::yield();
      for (unsigned i = 0; i < kEach; ++i) t->set(kBase + 16 * (4 * i + n), n + 1);
    });
  }
  go = true;
  for (auto& thread : threads) thread.join();
  const auto found = all(*t);
  REQUIRE(found.size() == 4 * kEach);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].first != kBase + 16 * i || found[i].second != i % 4 + 1) FAIL("entry " << i);
  }
}
