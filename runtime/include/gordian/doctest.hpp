// doctest.hpp - each doctest test case is checked when it ends, and fails where it leaves a cycle. doctest 2.4 and 2.5.
//
// Linking gordian::doctest is enough; without CMake include this in any file of the tests. The check comes after the
// case's objects are destroyed, each time the case is run: where it has subcases, for each way through them. What was
// alive before counts as owned, so no case is blamed for another's. Without the runtime nothing happens.
#ifndef GORDIAN_DOCTEST_HPP
#define GORDIAN_DOCTEST_HPP

#include <gordian/freed.hpp>
#include <gordian/gordian.h>
#include <gordian/scope.hpp>

#if __has_include(<doctest/doctest.h>)
#include <doctest/doctest.h>
#else
#include <doctest.h>
#endif

#ifndef DOCTEST_CONFIG_DISABLE
namespace gordian {

// What doctest's listeners are told of a case's end comes after its verdict. So while a case runs, its function is
// run() here, which calls the case's own, and then what the check finds is an assertion of the case.
class DoctestCycleListener : public doctest::IReporter {
 public:
  explicit DoctestCycleListener(const doctest::ContextOptions&) {}

  void test_case_start(const doctest::TestCaseData& data) override {
    // A member of doctest's set of them, which is not ordered by the function.
    running() = static_cast<doctest::detail::TestCase*>(const_cast<doctest::TestCaseData*>(&data));
    body() = running()->m_test;
    running()->m_test = run;
  }
  void test_case_end(const doctest::CurrentTestCaseStats&) override { running()->m_test = body(); }

  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  // An exception on its way out of the case may hold what the case has made, unseen by a check: then the case fails for
  // the exception alone. What it has leaked is told at exit.
  struct Checked {
    Checked() { scope.begin(); }
    ~Checked() {
      if (scope.leaks() && passing_exceptions() == exceptions) fail();
    }
    int exceptions = passing_exceptions();
    CaseScope scope;
  };

  static void run() {
    const Checked checked;
    body()();
  }
  static void fail() {
    const doctest::String file(running()->m_file);
    doctest::detail::MessageBuilder message(file.c_str(), static_cast<int>(running()->m_line),
                                            doctest::assertType::is_check);
    message << doctest::String(gordian_scope_text());
    message.log();
  }

  static doctest::detail::TestCase*& running() {
    static doctest::detail::TestCase* test_case = nullptr;
    return test_case;
  }
  static doctest::detail::funcType& body() {
    static doctest::detail::funcType function = nullptr;
    return function;
  }
};

// One in the program, however many files include this: doctest knows it by its name.
DOCTEST_REGISTER_LISTENER("gordian", 1, DoctestCycleListener);

namespace {
// From the first scope on, memory is handed out cleared, the framework's own too: what it has before its first test
// case must not hold pointers of chance.
const int doctest_first_scope = gordian_scope_end(gordian_scope_begin());
}  // namespace

}  // namespace gordian
#endif  // DOCTEST_CONFIG_DISABLE

// A part of a test case that must leave no cycle: see scope.hpp. The case goes on after a failure.
#define GORDIAN_EXPECT_NO_CYCLES                           \
  ::gordian::expect_no_cycles([](const char* report) {     \
    static_cast<void>(report);                             \
    DOCTEST_FAIL_CHECK(::doctest::String(report));         \
  }) + [&]

// An object that is to be dead by now: see freed.hpp. The case goes on after a failure.
#define GORDIAN_EXPECT_FREED(observer)                                                                              \
  ::gordian::expect_freed((observer), [](const char* why) {                                                         \
    static_cast<void>(why);                                                                                         \
    DOCTEST_FAIL_CHECK((::doctest::String("this is to be freed by now, and is alive\n") + ::doctest::String(why))); \
  })

#endif  // GORDIAN_DOCTEST_HPP
