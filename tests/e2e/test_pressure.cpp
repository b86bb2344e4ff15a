// test_pressure.cpp - with whatever memory there is a program does what it does without gordian, which finds
// what is to be found or says once that it could not look.
#include <algorithm>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

// Runs `arguments` after `limit`, a number of KiB for an option of ulimit.
Outcome run_limited(char option, int kib, const std::vector<std::string>& arguments) {
  Command command;
  command.arguments = {"/bin/sh", "-c",
                       std::string("ulimit -") + option + " " + std::to_string(kib) + " && exec \"$@\"",
                       "sh"};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return run(command);
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// What was found, or one line of why not: which of the two.
bool was_checked(const Outcome& outcome, bool lost) {
  CHECK(outcome.out == "132600\n");
  if (outcome.status == 24) {
    CHECK(outcome.err.rfind("gordian: ", 0) == 0);
    CHECK(lines_of(outcome.err) == 1);
    return false;
  }
  CHECK(outcome.status == (lost ? 23 : 0));
  CHECK(contains(outcome.err, "gordian: 1 cycle keeps 2 objects") == lost);
  CHECK(outcome.err.empty() == !lost);
  return true;
}

// Under each limit, the program linked and under `gordian run`, with a lost ring and without.
void check_under(char option, const std::vector<int>& megabytes) {
  int checked = 0;
  for (const int limit : megabytes) {
    for (const std::string argument : {"lost", "kept"}) {
      INFO("ulimit -" << option << " " << limit << " MB, " << argument);
      const Outcome linked = run_limited(option, limit * 1024, {program_path("pressure"), argument});
      INFO(linked.err);
      checked += was_checked(linked, argument == "lost") ? 1 : 0;
      const Outcome under = run_limited(option, limit * 1024,
                                        {GORDIAN_TOOL, "run", "--", program_path("pressure.bare"), argument});
      INFO(under.err);
      checked += was_checked(under, argument == "lost") ? 1 : 0;
    }
  }
  CHECK(checked > 0);
  CHECK(checked < 4 * static_cast<int>(megabytes.size()));  // or the limits are none
}

// True, and says so, where a limit of memory is the emulator's own.
bool is_without_limits() {
  if (is_emulated()) WARN("skipped under an emulator: it takes no limits of memory");
  return is_emulated();
}

}  // namespace

TEST_CASE("in any address space a program goes on, and is checked or says once that it is not") {
  if (is_without_limits()) return;
  std::vector<int> megabytes;
  for (int limit = 140; limit < 400; limit += 10) megabytes.push_back(limit);
  for (int limit = 400; limit <= 1800; limit += 200) megabytes.push_back(limit);
  check_under('v', megabytes);
}

TEST_CASE("with any limit of data a program goes on, and is checked or says once that it is not") {
  if (is_without_limits()) return;
  std::vector<int> megabytes;
  for (int limit = 120; limit < 400; limit += 20) megabytes.push_back(limit);
  check_under('d', megabytes);
}

TEST_CASE("gordian run starts no program that leaves no room for the runtime, and says so") {
  if (is_without_limits()) return;
  int refused = 0;
  for (const char option : {'v', 'd'}) {
    for (int limit = 30; limit < 140; limit += 10) {
      const Outcome under =
          run_limited(option, limit * 1024, {GORDIAN_TOOL, "run", "--", program_path("pressure.bare"), "lost"});
      INFO("ulimit -" << option << " " << limit << " MB: " << under.err);
      if (under.status != 2) {
        was_checked(under, true);
        continue;
      }
      ++refused;
      CHECK(under.out.empty());
      CHECK(under.err.rfind("gordian: the limit of memory (ulimit -v or -d) leaves " + program_path("pressure.bare") +
                                " no room for gordian's library",
                            0) == 0);
      CHECK(lines_of(under.err) == 1);
    }
  }
  CHECK(refused > 8);
}

TEST_CASE("a program with little address space keeps the most of it") {
  if (is_without_limits()) return;
  // A gigabyte of two is the program's own.
  for (const auto& words : {std::vector<std::string>{}, {GORDIAN_TOOL, "run", "--"}}) {
    auto arguments = words;
    arguments.push_back(program_path(words.empty() ? "pressure" : "pressure.bare"));
    arguments.push_back("takes");
    const Outcome outcome = run_limited('v', 2000 * 1024, arguments);
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "block\n132600\n");
  }
}

TEST_CASE("where a table cannot grow while the program runs, nothing is called lost") {
  if (is_without_limits()) return;
  const std::string all_blocks = "block block block block 132600\n";
  for (const std::string argument : {"lost", "kept"}) {
    Command linked;
    linked.arguments = {program_path("pressure"), "limits", argument};
    const Outcome outcome = run(linked);
    INFO(outcome.err);
    CHECK(outcome.status == 24);
    CHECK(outcome.out == all_blocks);
    CHECK(outcome.err ==
          "gordian: memory for gordian's tables ran out, so not everything was tracked; give the program "
          "more address "
          "space\n");
    const Outcome under = run_tool({"run", "--", program_path("pressure.bare"), "limits", argument});
    CHECK(under.status == 24);
    CHECK(under.out == all_blocks);
    CHECK(lines_of(under.err) == 1);
  }
}
