// bug_report_test.cpp - an exception that nobody foresaw ends with a stack and status 2.
#include "commands/bug_report.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <new>
#include <stdexcept>
#include <string>

#include "catch.h"

using namespace gordian;

namespace {

struct End {
  int status;
  std::string err;
};

// Runs `body` in a child, where nothing catches what it throws.
template <typename Body>
End end_of(Body body) {
  std::array<int, 2> pipe_ends;
  REQUIRE(::pipe(pipe_ends.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(pipe_ends[1], STDERR_FILENO);
    ::close(pipe_ends[0]);
    report_bugs_with_a_stack();
    [&]() noexcept { body(); }();
    ::_exit(99);
  }
  ::close(pipe_ends[1]);
  End end{-1, ""};
  std::array<char, 4096> buffer;
  for (ssize_t got; (got = ::read(pipe_ends[0], buffer.data(), buffer.size())) > 0;) {
    end.err.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  end.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return end;
}

}  // namespace

TEST_CASE("an unforeseen exception is told with its message and a stack, and ends with 2") {
  const End end = end_of([] { throw std::logic_error("a vector had no bottom"); });
  CHECK(end.status == 2);
  CHECK_THAT(end.err, Catch::Matchers::StartsWith("gordian: bug: a vector had no bottom; please report it"));
  CHECK_THAT(end.err, ContainsSubstring("\n 1# "));
}

TEST_CASE("an exception that is no std::exception ends with 2 as well") {
  const End end = end_of([] { throw 7; });
  CHECK(end.status == 2);
  CHECK_THAT(end.err, ContainsSubstring("an exception of no known type"));
}

TEST_CASE("memory that ran out is not called a bug") {
  const End end = end_of([] { throw std::bad_alloc(); });
  CHECK(end.status == 2);
  CHECK_THAT(end.err, ContainsSubstring("not enough memory") && !ContainsSubstring("bug"));
}

TEST_CASE("without an exception nothing is said") {
  const End end = end_of([] {});
  CHECK(end.status == 99);
  CHECK(end.err.empty());
}
