// described_command_test.cpp - what is told of the command line is what the command line takes.
#include "reference/described_command.h"

#include <algorithm>

#include "base/error.h"
#include "catch.h"

using namespace gordian;
using Value = DescribedOption::Value;

namespace {

DescribedCommand command(const std::string& name) {
  for (auto& each : described_commands()) {
    if (each.name == name) return each;
  }
  throw Error("no command " + name);
}

DescribedOption option(const std::string& of, const std::string& name) {
  for (auto& each : command(of).options) {
    if (std::find(each.names.begin(), each.names.end(), name) != each.names.end()) return each;
  }
  throw Error("gordian " + of + " has no " + name);
}

}  // namespace

TEST_CASE("gordian itself comes first, then its commands in their order") {
  const auto commands = described_commands();
  REQUIRE(commands.size() > 3);
  CHECK(commands[0].name.empty());
  CHECK(commands[1].name == "run");
  CHECK(commands[2].name == "doctor");
  for (const auto& each : commands) {
    CHECK_FALSE(each.summary.empty());
    CHECK_FALSE(each.exit_status.empty());
    CHECK_THAT(each.notes, !ContainsSubstring("Exit status"));
  }
}

TEST_CASE("an option is told with all its names, its default and what follows it") {
  CHECK(option("merge", "--json").names == std::vector<std::string>{"-o", "--json"});
  CHECK(option("merge", "--json").value == Value::file);
  CHECK(option("merge", "--json").placeholder == "PATH");
  CHECK(option("run", "--exitcode").standard == "23");
  CHECK(option("run", "--exitcode").value == Value::other);
  CHECK(option("suppress", "--why").value == Value::other);
  CHECK(option("suppress", "--to").value == Value::file);
  CHECK(option("run", "--help").value == Value::none);
}

TEST_CASE("a choice is told with its choices") {
  const auto fail_on = option("run", "--fail-on");
  CHECK(fail_on.value == Value::choice);
  CHECK(fail_on.placeholder == "WHAT");
  CHECK(fail_on.choices == std::vector<std::string>{"cycles", "orphans", "none"});
  CHECK(fail_on.standard == "cycles");
}

TEST_CASE("a switch has two names and no value; a value that may be left out is known as such") {
  CHECK(option("run", "--abort").names == std::vector<std::string>{"--abort", "--no-abort"});
  CHECK(option("run", "--abort").value == Value::none);
  CHECK(option("baseline", "--add").value == Value::none);
  CHECK(option("run", "--follow").value == Value::optional);
  CHECK(option("run", "--follow").placeholder == "GLOB");
}

TEST_CASE("words are told by their places; run ends with a program") {
  CHECK(command("run").takes_program);
  CHECK(command("run").words.empty());
  CHECK_FALSE(command("diff").takes_program);
  const auto diff = command("diff").words;
  REQUIRE(diff.size() == 2);
  CHECK(diff[0].name == "OLD");
  CHECK(diff[0].file);
  CHECK_FALSE(diff[0].several);
  CHECK(command("merge").words.front().several);
  CHECK_FALSE(command("suppress").words.front().file);
}
