// page_array_test.cpp - base/memory.h
#include "base/memory.h"
#include "catch.h"

using gordian::rt::PageArray;

TEST_CASE("a page array keeps its elements while it grows") {
  PageArray<std::uint64_t> a;
  CHECK(a.empty());
  for (std::uint64_t i = 0; i < 100000; ++i) a.push(i * i);
  REQUIRE(a.size() == 100000);
  CHECK(a[99999] == 99999ull * 99999);
  CHECK(a.pop() == 99999ull * 99999);
  CHECK(a.back() == 99998ull * 99998);
}

TEST_CASE("a page array keeps its elements when it moves to huge pages, and adds zeros behind them") {
  PageArray<std::uint64_t> a;
  constexpr std::uint64_t kCount = 3'000'000;  // 24 MB: through several sizes of huge pages
  for (std::uint64_t i = 0; i < kCount; ++i) a.push(i ^ 0x5555);
  REQUIRE(a.resize(2 * kCount));
  REQUIRE_FALSE(a.failed());
  std::uint64_t wrong = 0;
  for (std::uint64_t i = 0; i < 2 * kCount; ++i) wrong += a[i] != (i < kCount ? i ^ 0x5555 : 0);
  CHECK(wrong == 0);
}

TEST_CASE("elements added by resize are zero") {
  PageArray<int> a;
  REQUIRE(a.resize(5000));
  for (const int i : a) REQUIRE(i == 0);
}

TEST_CASE("an array that cannot grow says so and keeps what it has") {
  PageArray<std::uint64_t> a;
  a.push(1);
  CHECK_FALSE(a.resize(std::size_t{1} << 58));
  CHECK(a.failed());
  CHECK(a.size() == 1);
  CHECK(a[0] == 1);
}

TEST_CASE("what all arrays take is counted, and the most of it kept") {
  const std::size_t before = gordian::rt::most_array_bytes();
  const std::size_t large = before + (1 << 20);
  {
    PageArray<char> a;
    REQUIRE(a.resize(large));
  }
  const std::size_t most = gordian::rt::most_array_bytes();
  CHECK(most >= large);
  PageArray<char> b;
  REQUIRE(b.resize(4096));
  CHECK(gordian::rt::most_array_bytes() == most);
}
