// stack_depot_test.cpp - tables/stack_depot.h
#include <set>
#include <thread>
#include <vector>

#include "catch.h"
#include "tables/stack_depot.h"

using namespace gordian::rt;

namespace {

StackId put(const std::vector<std::uint64_t>& frames) {
  return put_stack({frames.data(), static_cast<std::uint32_t>(frames.size())});
}

std::vector<std::uint64_t> get(StackId id) {
  const StackFrames s = get_stack(id);
  return {s.frames, s.frames + s.count};
}

}  // namespace

TEST_CASE("no frames make no stack") {
  CHECK(put({}) == StackId::none);
  CHECK(get(StackId::none).empty());
}

TEST_CASE("equal stacks have one id, others have their own") {
  const StackId one = put({1, 2, 3});
  CHECK(one != StackId::none);
  CHECK(put({1, 2, 3}) == one);
  CHECK(put({1, 2}) != one);
  CHECK(put({3, 2, 1}) != one);
  CHECK(get(one) == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("a hundred thousand stacks are all kept while the index grows") {
  std::vector<StackId> ids;
  for (std::uint64_t i = 0; i < 100000; ++i) ids.push_back(put({i, i * 3, 0xfeed}));
  CHECK(std::set<StackId>(ids.begin(), ids.end()).size() == ids.size());
  for (std::uint64_t i = 0; i < ids.size(); i += 997) {
    CHECK(get(ids[i]) == std::vector<std::uint64_t>{i, i * 3, 0xfeed});
    CHECK(put({i, i * 3, 0xfeed}) == ids[i]);
  }
  CHECK(stacks_dropped() == 0);
}

TEST_CASE("threads that store the same stacks at once get the same ids") {
  std::vector<std::vector<StackId>> ids(4);
  std::vector<std::thread> threads;
  for (auto& mine : ids) {
    threads.emplace_back([&mine] {
      for (std::uint64_t i = 0; i < 20000; ++i) mine.push_back(put({i, 0xabc}));
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& mine : ids) CHECK(mine == ids[0]);
}
