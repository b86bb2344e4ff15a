// scope.hpp - a part of a test that must leave no cycle: what GORDIAN_EXPECT_NO_CYCLES of catch2.hpp and its like is
// made of.
//
//   GORDIAN_EXPECT_NO_CYCLES {
//     Editor editor;
//     editor.open("a.txt");
//   };
//
// What is between the braces is a function of its own (hence the semicolon): `return` leaves it, and when it is
// checked its locals are gone. What it makes and does not free must be held by something; see gordian_scope_begin().
// In a test case that a listener checks there is room for one: a second one inside checks nothing, and accepts nothing.
//
// What is meant to leak there is accepted, for a reason that reports tell:
//   GORDIAN_EXPECT_LEAKS("the logger lives as long as the process") { Logger::instance(); };
//
// Without a framework a gordian::Scope tells what it has leaked. For one of your own:
//   expect_no_cycles([](const char* report) { my_fail(report); }) + [&] { ... };
#ifndef GORDIAN_SCOPE_HPP
#define GORDIAN_SCOPE_HPP

#include <gordian/gordian.h>

#include <cstdlib>
#include <exception>

namespace gordian {

// A scope for as long as it lives, or until it is asked.
class Scope {
 public:
  // Begins it.
  Scope() = default;
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  // Ends it where nobody has asked.
  ~Scope() { leaks(); }

  // Ends it. Whether it has leaked; see gordian_scope_end().
  bool leaks() noexcept {
    const int level = level_;
    level_ = 0;
    return gordian_scope_end(level) == 1;
  }
  // Ends it without a check.
  void leave() noexcept {
    gordian_scope_leave(level_);
    level_ = 0;
  }
  // What it has leaked, until another scope ends.
  const char* report() const noexcept { return gordian_scope_text(); }

 private:
  int level_ = gordian_scope_begin();
};

// How many exceptions are passing through this thread, as far as the standard at hand can tell.
inline int passing_exceptions() noexcept {
#if defined(__cpp_lib_uncaught_exceptions)
  return std::uncaught_exceptions();
#else
  return std::uncaught_exception() ? 1 : 0;
#endif
}

// A scope that calls fail(report), which may throw, when it ends and has leaked. What an exception leaves behind is of the scope
// around it, or told at exit.
template <class Fail>
class CheckedScope {
 public:
  // `fail` must outlive the scope.
  explicit CheckedScope(Fail& fail) : fail_(fail) {}
  CheckedScope(const CheckedScope&) = delete;
  CheckedScope& operator=(const CheckedScope&) = delete;
  // Ends the scope, and calls fail(report) where it has leaked.
  ~CheckedScope() noexcept(false) {
    if (passing_exceptions() != exceptions_) {
      scope_.leave();
    } else if (scope_.leaks()) {
      fail_(scope_.report());
    }
  }

 private:
  Fail& fail_;
  int exceptions_ = passing_exceptions();
  Scope scope_;
};

// What stands in front of the braces: by + it gets what is between them.
template <class Fail>
class NoCyclesExpected {
 public:
  // `fail` is copied.
  explicit NoCyclesExpected(Fail fail) : fail_(fail) {}

  // Calls body() in a scope.
  template <class Body>
  void operator+(Body&& body) {
    const CheckedScope<Fail> scope(fail_);
    call(body);
  }

 private:
  // In a frame of its own, which is gone before the check: no word of it is taken for a local that still lives.
  template <class Body>
  __attribute__((noinline)) static void call(Body& body) {
    body();
  }

  Fail fail_;
};

// A test case, for a framework's listener: begin(), then leaks() behind all that the case does.
//
// What the framework has freed it often still points to: a string popped off a vector, in its spare capacity. If the
// case got that memory, such a word would pass for its owner. So blocks of small sizes are taken in front of the case,
// and given back behind it. And what the case before has left on the stack is overwritten: Catch2 keeps the signal handlers
// that it replaces for each case, and with each of them sigaction() copies a hundred bytes that nobody has written.
class CaseScope {
 public:
  // In front of the case and of its fixtures.
  void begin() noexcept {
    if (!GORDIAN_THERE(gordian_runtime_scope_begin)) return;
    clear_stack_below();
    for (unsigned i = 0; i < kBlocks; ++i) blocks_[i] = std::malloc(24 + 16 * (i % kSizes));
    level_ = gordian_scope_begin();
  }
  // Whether the case has leaked; gordian_scope_text() is the report.
  bool leaks() noexcept {
    const bool leaks = gordian_case_end(level_) == 1;
    level_ = 0;
    for (void* volatile& block : blocks_) {
      std::free(block);
      block = nullptr;
    }
    return leaks;
  }

 private:
  static constexpr unsigned kSizes = 32;
  static constexpr unsigned kBlocks = 8 * kSizes;

  __attribute__((noinline)) static void clear_stack_below() noexcept {
    volatile char room[16384];
    for (volatile char& byte : room) byte = 0;
  }

  void* volatile blocks_[kBlocks] = {};  // or the compiler takes none
  int level_ = 0;
};

// `expect_no_cycles(fail) + body` calls body() in a scope, and fail(report) where it has leaked.
template <class Fail>
NoCyclesExpected<Fail> expect_no_cycles(Fail fail) {
  return NoCyclesExpected<Fail>(fail);
}

// A scope whatever of which is alive at its end is accepted; see gordian_scope_expect_leaks().
class LeaksExpected {
 public:
  // `reason`: a text that lives until the scope ends.
  explicit LeaksExpected(const char* reason) : reason_(reason) {}

  // Calls body() in the scope.
  template <class Body>
  void operator+(Body&& body) {
    const Accepting scope(reason_);
    body();
  }

 private:
  struct Accepting {
    explicit Accepting(const char* why) : reason(why) {}
    Accepting(const Accepting&) = delete;
    Accepting& operator=(const Accepting&) = delete;
    const char* reason;
    int level = gordian_scope_begin();
    ~Accepting() { gordian_scope_expect_leaks(level, reason); }
  };

  const char* reason_;
};

}  // namespace gordian

// Whatever the block in braces behind it leaves alive is accepted, for that reason.
#define GORDIAN_EXPECT_LEAKS(reason) ::gordian::LeaksExpected(reason) + [&]

#endif  // GORDIAN_SCOPE_HPP
