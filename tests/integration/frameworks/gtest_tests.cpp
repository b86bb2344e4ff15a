// gtest_tests.cpp - ten tests of which three leak.
#include "graph.h"

#include <gordian/gtest.hpp>
#include <gtest/gtest.h>

#include <cstdlib>

// Before any test: nobody is blamed for it.
const std::shared_ptr<Parent> g_before = family(false);

TEST(Family, IsFreed) {
  const auto observer = dropped_family();
  GORDIAN_EXPECT_FREED(observer);
}

TEST(Family, Leaks) { EXPECT_EQ(family(true)->children.size(), 1u); }

TEST(Cache, Grows) {
  for (int i = 0; i < 10; ++i) cache().push_back(family(false));
  EXPECT_GE(cache().size(), 10u);
}

TEST(Cache, OwnsARing) {
  cache().push_back(family(true));
  EXPECT_EQ(cache().back()->children.size(), 1u);
}

class Sessions : public testing::TestWithParam<bool> {};
TEST_P(Sessions, LeakTheSecond) {
  if (GetParam()) leak_session();
}
INSTANTIATE_TEST_SUITE_P(Two, Sessions, testing::Values(false, true));

// What a suite shares is there before its tests, and goes after them.
class Shared : public testing::Test {
 public:
  static void SetUpTestSuite() { shared = new std::shared_ptr<Parent>(family(true)); }
  static void TearDownTestSuite() {
    (*shared)->children.clear();
    delete shared;
  }
  ~Shared() override { own->children.clear(); }
  static std::shared_ptr<Parent>* shared;
  std::shared_ptr<Parent> own = family(true);
};
std::shared_ptr<Parent>* Shared::shared;
TEST_F(Shared, IsUsed) { EXPECT_EQ((*shared)->children.size(), 1u); }
TEST_F(Shared, LeaksARingOfItsOwn) {
  std::shared_ptr<Node> kept;
  GORDIAN_EXPECT_NO_CYCLES { kept = ring(); };  // the test itself holds it
  EXPECT_FALSE(testing::Test::HasFailure());
  GORDIAN_EXPECT_NO_CYCLES { ring(); };
  EXPECT_TRUE(testing::Test::HasFailure());
  kept->next.reset();
}

TEST(DeathTest, OfAProcessThatEnds) {
  const auto parent = family(false);
  EXPECT_EXIT(std::exit(parent->children.size() == 1 ? 7 : 8), testing::ExitedWithCode(7), "");
}
TEST(DeathTest, OfAProcessThatEndsWell) {
  EXPECT_EXIT(std::exit(0), testing::ExitedWithCode(0), "");
}
