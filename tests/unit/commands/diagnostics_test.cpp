// diagnostics_test.cpp - commands/diagnostics.h
#include "commands/diagnostics.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <sstream>
#include <string>

#include "catch.h"

using namespace gordian;

namespace {

std::string line_of(const std::string& message) {
  std::ostringstream out;
  spdlog::logger logger("gordian", std::make_shared<spdlog::sinks::ostream_sink_st>(out));
  logger.set_formatter(diagnostics_formatter());
  logger.error("{}", message);
  return out.str();
}

}  // namespace

TEST_CASE("a message is one line that begins with the program's name") {
  CHECK(line_of("r.gsnap: cannot be read") == "gordian: r.gsnap: cannot be read\n");
  CHECK(line_of("100% {} %n %v") == "gordian: 100% {} %n %v\n");
  CHECK(line_of("") == "gordian: \n");
}

TEST_CASE("a message sends a terminal no control characters, and keeps its letters") {
  CHECK(line_of("--\x1b[31mred\x07: 1\n2\r3\x7f") == "gordian: --\\x1b[31mred\\x07: 1\\x0a2\\x0d3\\x7f\n");
  CHECK(line_of("\xc2\x9b"
                "31m") ==
        "gordian: \\x9b"
        "31m\n");
  CHECK(line_of("\xc3\xa4hnlich") == "gordian: \xc3\xa4hnlich\n");
}

TEST_CASE("a message is shown whole, however long") {
  const std::string text(5000, 'x');
  CHECK(line_of(text) == "gordian: " + text + "\n");
}
