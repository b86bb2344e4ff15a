// boost_test.hpp - each Boost.Test test case is checked when it ends, and fails where it leaves a cycle. Boost 1.59 on.
//
// Linking gordian::boost_test is enough, however Boost.Test itself is used; without CMake include this in any file of
// the tests. The check comes after the case's fixtures are gone, for each sample of a data-driven case. What was alive
// before counts as owned, so no case is blamed for another's, nor for fixtures of suites. Without the runtime nothing
// happens.
#ifndef GORDIAN_BOOST_TEST_HPP
#define GORDIAN_BOOST_TEST_HPP

#include <gordian/freed.hpp>
#include <gordian/gordian.h>
#include <gordian/scope.hpp>

#include <boost/make_shared.hpp>
#include <boost/test/framework.hpp>
#include <boost/test/test_tools.hpp>
#include <boost/test/tree/fixture.hpp>
#include <boost/test/tree/observer.hpp>
#include <boost/test/tree/test_unit.hpp>

namespace gordian {

// Set up before all other fixtures of a case, and torn down behind them.
class BoostCycleFixture : public boost::unit_test::test_unit_fixture {
 public:
  explicit BoostCycleFixture(const boost::unit_test::test_unit& test_case) : case_(test_case) {}

  void setup() override { scope_.begin(); }
  void teardown() override {
    if (!scope_.leaks()) return;
    namespace tools = boost::test_tools::tt_detail;
    tools::report_assertion(false, BOOST_TEST_LAZY_MSG(gordian_scope_text()), case_.p_file_name, case_.p_line_num,
                            tools::CHECK, tools::CHECK_MSG, 0);
  }

 private:
  const boost::unit_test::test_unit& case_;
  CaseScope scope_;
};

// When an observer is told of a case's end, assertions are its suite's already; those of a fixture are the case's.
class BoostCycleObserver : public boost::unit_test::test_observer {
 public:
  BoostCycleObserver() { boost::unit_test::framework::register_observer(*this); }

  void test_unit_start(const boost::unit_test::test_unit& unit) override {
    if (unit.p_type != boost::unit_test::TUT_CASE) return;
    auto& fixtures = boost::unit_test::framework::get(unit.p_id, boost::unit_test::TUT_CASE).p_fixtures.value;
    fixtures.insert(fixtures.begin(), boost::make_shared<BoostCycleFixture>(unit));
  }
  void test_unit_finish(const boost::unit_test::test_unit& unit, unsigned long) override {
    if (unit.p_type != boost::unit_test::TUT_CASE) return;
    auto& fixtures = boost::unit_test::framework::get(unit.p_id, boost::unit_test::TUT_CASE).p_fixtures.value;
    fixtures.erase(fixtures.begin());
  }
  // The framework's own of priority 0 must be the first to hear that tests start.
  int priority() override { return 1; }
};

// Once in the program, however many files include this.
inline bool add_boost_observer() {
  // From the first scope on, memory is handed out cleared, the framework's own too: what it has before its first test
  // case must not hold pointers of chance.
  static const int first_scope = gordian_scope_end(gordian_scope_begin());
  static BoostCycleObserver observer;
  return first_scope == 0;
}

namespace {
const bool boost_observer_added = add_boost_observer();
}

}  // namespace gordian

// A part of a test case that must leave no cycle: see scope.hpp. The case goes on after a failure.
#define GORDIAN_EXPECT_NO_CYCLES ::gordian::expect_no_cycles([](const char* report) { BOOST_ERROR(report); }) + [&]

// An object that is to be dead by now: see freed.hpp. The case goes on after a failure.
#define GORDIAN_EXPECT_FREED(observer)    \
  ::gordian::expect_freed((observer),     \
                          [](const char* why) { BOOST_ERROR("this is to be freed by now, and is alive\n" << why); })

#endif  // GORDIAN_BOOST_TEST_HPP
