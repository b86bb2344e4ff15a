// doctest_tests.cpp - ten test cases of which three leak.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "graph.h"

#include <doctest/doctest.h>
#include <gordian/doctest.hpp>

// Before any test case: nobody is blamed for it.
const std::shared_ptr<Parent> g_before = family(false);

TEST_CASE("a family is freed") {
  const auto observer = dropped_family();
  GORDIAN_EXPECT_FREED(observer);
}

TEST_CASE("leaks a family") { CHECK(family(true)->children.size() == 1); }

TEST_CASE("the cache grows") {
  for (int i = 0; i < 10; ++i) cache().push_back(family(false));
  CHECK(cache().size() >= 10);
}

TEST_CASE("what the cache owns may be a ring") {
  cache().push_back(family(true));
  CHECK(cache().back()->children.size() == 1);
}

TEST_CASE("leaks a session in one of its subcases") {
  auto parent = family(false);
  SUBCASE("first") { CHECK(parent != nullptr); }
  SUBCASE("second") {
    leak_session();
    CHECK(parent != nullptr);
  }
  SUBCASE("third") { CHECK(parent != nullptr); }
}

TEST_CASE("a ring is taken apart") {
  GORDIAN_EXPECT_NO_CYCLES {
    auto first = ring();
    first->next.reset();
    CHECK(first->next == nullptr);
  };
}

TEST_CASE("leaks a ring") {
  for (int turn = 0; turn < 2; ++turn) {
    GORDIAN_EXPECT_NO_CYCLES {
      if (turn == 1) ring();
    };
    CHECK(turn < 2);
  }
}

struct Fixture {
  std::shared_ptr<Parent> parent = family(true);
  ~Fixture() { parent->children.clear(); }
};

// On its way out of the case it alone holds a ring, which goes with it.
TEST_CASE("an exception fails its case" * doctest::should_fail()) { throw std::make_shared<Fixture>(); }

TEST_CASE_FIXTURE(Fixture, "a fixture takes its ring apart") { CHECK(parent != nullptr); }

TEST_CASE("the cache shrinks") {
  if (!cache().empty()) cache().back()->children.clear();
  cache().clear();
  CHECK(cache().empty());
}
