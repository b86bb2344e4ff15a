// catch2.hpp - each Catch2 test case is checked when it ends, and fails where it leaves a cycle. Catch2 2.x and 3.x.
//
// Linking gordian::catch2 is enough; without CMake include this in one file of the tests. The check comes after the
// case's objects are destroyed, each time the case is run: where it has sections, for each way through them. What was
// alive before counts as owned, so no case is blamed for another's. Without the runtime nothing happens.
#ifndef GORDIAN_CATCH2_HPP
#define GORDIAN_CATCH2_HPP

#include <gordian/freed.hpp>
#include <gordian/gordian.h>
#include <gordian/scope.hpp>

#if __has_include(<catch2/catch_version_macros.hpp>)
#include <catch2/catch_message.hpp>
#include <catch2/catch_section_info.hpp>
#include <catch2/catch_version_macros.hpp>
#include <catch2/internal/catch_assertion_handler.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#else
#ifndef CATCH_CONFIG_EXTERNAL_INTERFACES
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#endif
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch.hpp>
#endif
#endif

namespace gordian {

#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR >= 3
using CatchListenerBase = Catch::EventListenerBase;
#else
using CatchListenerBase = Catch::TestEventListenerBase;
#endif

// Fails the test case that is running.
inline void catch_fail(const char* report, Catch::SourceLineInfo const& line) {
  Catch::AssertionHandler handler("gordian", line, Catch::StringRef(), Catch::ResultDisposition::ContinueOnFailure);
  handler.handleMessage(Catch::ResultWas::ExplicitFailure, report);
  handler.complete();
}

// Each file that includes this registers one; the first of them does the work.
class CatchCycleListener : public CatchListenerBase {
 public:
  template <class Config>
  explicit CatchCycleListener(Config const& config) : CatchListenerBase(config) {
    if (first() == nullptr) first() = this;
  }
  ~CatchCycleListener() override {
    if (first() == this) first() = nullptr;
  }

  // The outermost section is the test case itself.
  void sectionStarting(Catch::SectionInfo const& info) override {
    CatchListenerBase::sectionStarting(info);
    if (first() == this && depth_++ == 0) scope_.begin();
  }

  // While an assertion still counts for the case.
  void sectionEnded(Catch::SectionStats const& stats) override {
    const bool checks = first() == this && --depth_ == 0 && !crashed_;
    const bool leaks = checks && scope_.leaks();
    if (leaks) catch_fail(gordian_scope_text(), stats.sectionInfo.lineInfo);
    CatchListenerBase::sectionEnded(stats);
  }

  // The sections are ended in the handler of the signal then, where nothing can be checked.
  void fatalErrorEncountered(Catch::StringRef name) override {
    crashed_ = true;
    CatchListenerBase::fatalErrorEncountered(name);
  }

 private:
  static CatchCycleListener*& first() {
    static CatchCycleListener* listener = nullptr;
    return listener;
  }

  bool crashed_ = false;
  int depth_ = 0;
  CaseScope scope_;
};

CATCH_REGISTER_LISTENER(CatchCycleListener)

namespace {
// From the first scope on, memory is handed out cleared, the framework's own too: what it has before its first test case
// must not hold pointers of chance.
const int catch_first_scope = gordian_scope_end(gordian_scope_begin());
}  // namespace

}  // namespace gordian

// A part of a test case that must leave no cycle: see scope.hpp. The case goes on after a failure.
#define GORDIAN_EXPECT_NO_CYCLES                                                                              \
  ::gordian::expect_no_cycles([](const char* report) { ::gordian::catch_fail(report, CATCH_INTERNAL_LINEINFO); }) + [&]

// An object that is to be dead by now: see freed.hpp. The case goes on after a failure.
#define GORDIAN_EXPECT_FREED(observer)                                                   \
  ::gordian::expect_freed((observer), [](const char* why) {                              \
    ::gordian::catch_fail((std::string("this is to be freed by now, and is alive\n") + why).c_str(), \
                          CATCH_INTERNAL_LINEINFO);                                      \
  })

#endif  // GORDIAN_CATCH2_HPP
