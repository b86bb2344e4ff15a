// catch2_tests.cpp - ten test cases of which three leak.
#define CATCH_CONFIG_MAIN
#include "graph.h"

#include <catch2/catch.hpp>
#include <gordian/catch2.hpp>

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

TEST_CASE("leaks a session in one of its sections") {
  auto parent = family(false);
  SECTION("first") { CHECK(parent != nullptr); }
  SECTION("second") {
    leak_session();
    CHECK(parent != nullptr);
  }
  SECTION("third") { CHECK(parent != nullptr); }
}

TEST_CASE("a ring is taken apart") {
  GORDIAN_EXPECT_NO_CYCLES {
    auto first = ring();
    first->next.reset();
    CHECK(first->next == nullptr);
  };
}

TEST_CASE("leaks a ring") {
  const int value = GENERATE(1, 2);
  GORDIAN_EXPECT_NO_CYCLES {
    if (value == 1) return;
    ring();
  };
  CHECK(value > 0);
}

TEST_CASE("an exception frees what it passes") {
  CHECK_THROWS([] {
    GORDIAN_EXPECT_NO_CYCLES {
      auto parent = family(false);
      throw 1;
    };
  }());
}

struct Fixture {
  std::shared_ptr<Parent> parent = family(true);
  ~Fixture() { parent->children.clear(); }
};
TEST_CASE_METHOD(Fixture, "a fixture takes its ring apart") { CHECK(parent != nullptr); }

TEST_CASE("the cache shrinks") {
  if (!cache().empty()) cache().back()->children.clear();
  cache().clear();
  CHECK(cache().empty());
}
