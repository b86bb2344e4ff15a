// bug_report.cpp - the terminate handler.
#include "commands/bug_report.h"

#include <unistd.h>

#include <boost/stacktrace.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>

#include "commands/exit_status.h"

namespace gordian {
namespace {

const char* message_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "an exception of no known type";
  }
}

bool is_out_of_memory(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::bad_alloc&) {
    return true;
  } catch (...) {
    return false;
  }
}

[[noreturn]] void tell_and_end() {
  const std::exception_ptr thrown = std::current_exception();
  if (thrown && is_out_of_memory(thrown)) {
    // The stack is not told: that would need memory.
    constexpr char kMessage[] =
        "gordian: there is not enough memory for this snapshot; run the tool on a larger machine\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
    std::_Exit(kCouldNotTell);
  }
  std::cerr << "gordian: bug: " << (thrown ? message_of(thrown) : "terminated without an exception")
            << "; please report it with these lines\n"
            << boost::stacktrace::stacktrace() << std::flush;
  std::_Exit(kCouldNotTell);
}

}  // namespace

void report_bugs_with_a_stack() {
  std::set_terminate(tell_and_end);
}

}  // namespace gordian
