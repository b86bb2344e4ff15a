// run_options_test.cpp - commands/run_options.h
#include "commands/run_options.h"

#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/error.h"
#include "catch.h"
#include "commands/parser.h"

using namespace gordian;

namespace {

struct Parsed {
  explicit Parsed(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    app.parse(words);
  }
  CLI::App app;
  Parser parser{app};
  RunOptions options{parser};
};

std::string told(const std::vector<std::string>& words, bool several_processes = false) {
  return Parsed(words).options.for_runtime(several_processes);
}

const std::string kHere = std::filesystem::current_path().string();

}  // namespace

TEST_CASE("only what was given is told, in the runtime's words") {
  CHECK(told({}).empty());
  CHECK(told({"--exitcode=0", "--error-exitcode", "7", "--fail-on=orphans"}) ==
        "exitcode=0:error_exitcode=7:fail_on=orphans");
}

TEST_CASE("a flag is told with its value") {
  CHECK(told({"--abort"}) == "abort=1");
  CHECK(told({"--no-abort"}) == "abort=0");
  CHECK(told({"--abort=1"}) == "abort=1");
  CHECK(told({"--check-at-exit=0"}) == "check_at_exit=0");
  CHECK(told({"--no-check-at-exit"}) == "check_at_exit=0");
  CHECK_THROWS_WITH(told({"--abort=2"}), ContainsSubstring("'2' is neither 0 nor 1"));
}

TEST_CASE("values that the runtime would not take are named at once") {
  CHECK_THROWS_WITH(told({"--exitcode=256"}), ContainsSubstring("'256' is no whole number from 0 to 255"));
  for (const char* number : {"-1", "0x10", "+5", " 5", "5 ", "1e2", "", "99999999999999999999"}) {
    INFO(number);
    CHECK_THROWS_AS(told({std::string("--exitcode=") + number}), CLI::ParseError);
  }
  CHECK_THROWS_WITH(told({"--fail-on=leaks"}), ContainsSubstring("leaks"));
}

TEST_CASE("paths are absolute, and quoted where a colon would end them") {
  CHECK(told({"--json=r.json"}) == "json=" + kHere + "/r.json");
  CHECK(told({"--json", "/a b/r'.json"}) == "json=/a b/r'.json");
  CHECK(told({"--json=/a:b"}) == "json='/a:b'");
  CHECK(told({"--json=/a:b'"}) == "json=\"/a:b'\"");
  CHECK_THROWS_WITH(told({"--json=/a:b'\""}), ContainsSubstring("both kinds of quotes"));
}

TEST_CASE("paths that name no file are refused") {
  CHECK_THROWS_WITH(told({"--text=-"}), ContainsSubstring("name a file"));
  CHECK_THROWS_WITH(told({"--json", ""}), ContainsSubstring("name a file"));
  CHECK_THROWS_WITH(told({"--snapshot=/" + std::string(5000, 'x')}), ContainsSubstring("too long"));
}

TEST_CASE("several processes need a pid in the name of a report, but not in that of the tool or a device") {
  CHECK_THROWS_WITH(told({"--json=/r"}, true), ContainsSubstring("%p"));
  CHECK(told({"--json=/r%p", "--text=/dev/stderr", "--tool=/t"}, true) ==
        "text=/dev/stderr:json=/r%p:tool=/t");
  CHECK(told({"--json=/r"}) == "json=/r");
}

TEST_CASE("words() gives a command line that means the same") {
  const std::vector<std::string> given = {"--exitcode=9", "--json=r:'.json", "--no-check-at-exit", "--abort"};
  const Parsed parsed(given);
  CHECK(parsed.options.words() == given);
  CHECK(told(parsed.options.words()) == parsed.options.for_runtime(false));
}
