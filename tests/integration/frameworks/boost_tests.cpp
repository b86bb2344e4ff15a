// boost_tests.cpp - ten test cases of which three leak. CMakeLists.txt builds it with Boost.Test linked, and as headers only.
#define BOOST_TEST_MODULE leaks
#include "graph.h"

#ifdef BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>
#else
#include <boost/test/included/unit_test.hpp>
#endif
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <gordian/boost_test.hpp>

// Before any test case: nobody is blamed for it.
const std::shared_ptr<Parent> g_before = family(false);

BOOST_AUTO_TEST_CASE(a_family_is_freed) {
  const auto observer = dropped_family();
  BOOST_TEST(true);
  GORDIAN_EXPECT_FREED(observer);
}

BOOST_AUTO_TEST_CASE(leaks_a_family) { BOOST_TEST(family(true)->children.size() == 1u); }

BOOST_AUTO_TEST_CASE(the_cache_grows) {
  for (int i = 0; i < 10; ++i) cache().push_back(family(false));
  BOOST_TEST(cache().size() >= 10u);
}

BOOST_AUTO_TEST_CASE(what_the_cache_owns_may_be_a_ring) {
  cache().push_back(family(true));
  BOOST_TEST(cache().back()->children.size() == 1u);
}

// Of three samples the second leaks, and is the case that fails.
BOOST_DATA_TEST_CASE(sessions, boost::unit_test::data::make({1, 2, 3}), value) {
  if (value == 2) leak_session();
  BOOST_TEST(value > 0);
}

BOOST_AUTO_TEST_CASE(a_ring_is_taken_apart) {
  GORDIAN_EXPECT_NO_CYCLES {
    auto first = ring();
    first->next.reset();
    BOOST_TEST(first->next == nullptr);
  };
}

// What a suite's fixture has made is there before its cases, and goes after them.
std::shared_ptr<Parent> g_shared;
struct Shared {
  Shared() { g_shared = family(true); }
  ~Shared() {
    g_shared->children.clear();
    g_shared.reset();
  }
};
// What a case's own has made goes before it is checked.
struct Own {
  std::shared_ptr<Parent> parent = family(true);
  ~Own() { parent->children.clear(); }
};
namespace utf = boost::unit_test;
BOOST_AUTO_TEST_SUITE(shared, *utf::fixture<Shared>())
BOOST_AUTO_TEST_CASE(is_used, *utf::fixture<Own>()) { BOOST_TEST(g_shared->children.size() == 1u); }
BOOST_FIXTURE_TEST_CASE(leaks_a_ring, Own) {
  std::shared_ptr<Node> kept;
  GORDIAN_EXPECT_NO_CYCLES { kept = ring(); };  // the case itself holds it
  GORDIAN_EXPECT_NO_CYCLES { ring(); };
  BOOST_TEST(parent != nullptr);
  kept->next.reset();
}
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(an_exception_frees_what_it_passes) {
  const auto throws = [] {
    GORDIAN_EXPECT_NO_CYCLES {
      auto parent = family(false);
      throw 1;
    };
  };
  BOOST_CHECK_THROW(throws(), int);
}

BOOST_AUTO_TEST_CASE(the_cache_shrinks) {
  if (!cache().empty()) cache().back()->children.clear();
  cache().clear();
  BOOST_TEST(cache().empty());
}
