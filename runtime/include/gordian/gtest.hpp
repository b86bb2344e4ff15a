// gtest.hpp - each GoogleTest test is checked when it ends, and fails where it leaves a cycle.
//
// Linking gordian::gtest is enough; without CMake include this in any file of the tests. The check comes after TearDown() and
// the fixture's destructor. What was alive before counts as owned, so no test is blamed for another's, nor for
// SetUpTestSuite(). Without the runtime nothing happens.
#ifndef GORDIAN_GTEST_HPP
#define GORDIAN_GTEST_HPP

#include <gordian/freed.hpp>
#include <gordian/gordian.h>
#include <gordian/scope.hpp>
#include <gtest/gtest.h>

namespace gordian {

class GtestCycleListener : public testing::EmptyTestEventListener {
 public:
  void OnTestStart(const testing::TestInfo&) override { scope_.begin(); }
  void OnTestEnd(const testing::TestInfo& test) override {
    if (scope_.leaks()) ADD_FAILURE_AT(test.file(), test.line()) << gordian_scope_text();
  }

 private:
  CaseScope scope_;
};

// Once in the program, however many files include this.
inline bool add_gtest_listener() {
  static const bool added = [] {
    // From the first scope on, memory is handed out cleared, the framework's own too: what it has before its first test
    // must not hold pointers of chance.
    gordian_scope_end(gordian_scope_begin());
    testing::UnitTest::GetInstance()->listeners().Append(new GtestCycleListener);  // which owns it
    return true;
  }();
  return added;
}

namespace {
const bool gtest_listener_added = add_gtest_listener();
}

}  // namespace gordian

// A part of a test that must leave no cycle: see scope.hpp. The test goes on after a failure.
#define GORDIAN_EXPECT_NO_CYCLES ::gordian::expect_no_cycles([](const char* report) { ADD_FAILURE() << report; }) + [&]

// An object that is to be dead by now: see freed.hpp. The test goes on after a failure.
#define GORDIAN_EXPECT_FREED(observer)                                                                            \
  ::gordian::expect_freed(                                                                                        \
      (observer), [](const char* why) { ADD_FAILURE() << "this is to be freed by now, and is alive\n" << why; })

#endif  // GORDIAN_GTEST_HPP
