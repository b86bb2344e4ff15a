// test_compare.cpp - gordian diff on what programs leave before and after a change.
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;
using nlohmann::json;

namespace {

struct Scratch {
  ScratchDirectory directory;

  std::string path(const std::string& name) const { return (directory / name).string(); }

  // Has a program leave so many pairs and loops; returns the file that tells of them.
  std::string leave(int pairs, int loops, const std::string& name, const std::string& option = "json") const {
    Command command;
    command.arguments = {program_path("leaks"), std::to_string(pairs), std::to_string(loops)};
    command.environment = {{"GORDIAN_OPTIONS", "text=/dev/null:" + option + "=" + path(name)}};
    CHECK(run(command).status == (pairs + loops == 0 ? 0 : 23));
    return path(name);
  }
};

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

TEST_CASE("diff tells a leak that is new, one that is more, and one that is gone") {
  const Scratch scratch;
  const auto none = scratch.leave(0, 0, "none");
  const auto pair = scratch.leave(1, 0, "pair");
  const auto pairs = scratch.leave(3, 0, "pairs");
  const auto loop = scratch.leave(0, 1, "loop");
  const auto diff = [](const std::string& before, const std::string& after) {
    return run_tool({"diff", before, after});
  };

  const Outcome same = diff(pair, pair);
  CHECK(same.status == 0);
  CHECK(contains(first_line(same.out), "gordian: 1 unchanged ("));
  CHECK(contains(same.err, "are the same file"));

  const Outcome more = diff(pair, pairs);
  CHECK(more.status == 1);
  CHECK(contains(more.out, "\nmore (1 -> 3)  cycle "));
  CHECK(contains(more.out, " · Pair · 2 objects · 3 times · "));
  CHECK(contains(more.out, " · cut Pair::other: "));
  CHECK(more.err.empty());

  const Outcome fewer = diff(pairs, pair);
  CHECK(fewer.status == 0);
  CHECK(contains(fewer.out, "\nfewer (3 -> 1)  cycle "));

  const Outcome other = diff(pair, loop);
  CHECK(other.status == 1);
  CHECK(contains(first_line(other.out), "gordian: 1 new, 1 gone ("));
  CHECK(contains(other.out, "\nnew   cycle "));
  CHECK(contains(other.out, " · Loop · 1 object · "));

  CHECK(diff(none, pair).status == 1);
  CHECK(diff(pair, none).status == 0);
  CHECK(diff(none, none).status == 0);
}

TEST_CASE("diff says the same of two runs of one program, by their reports and by their snapshots") {
  const Scratch scratch;
  const auto report = scratch.leave(2, 1, "report");
  const auto snapshot = scratch.leave(2, 1, "snapshot", "snapshot");
  const auto more = scratch.leave(3, 1, "more", "snapshot");
  const Outcome same = run_tool({"diff", report, snapshot});
  CHECK(same.status == 0);
  CHECK(contains(same.out, "gordian: 2 unchanged ("));
  const Outcome worse = run_tool({"diff", snapshot, more, "--json", "-"});
  CHECK(worse.status == 1);
  CHECK(worse.out == run_tool({"diff", snapshot, more, "--json", "-"}).out);
  const auto changes = json::parse(worse.out)["changes"];
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["old_instances"] == 2);
  CHECK(changes[0]["new_instances"] == 3);
  CHECK(changes[0]["id"] == json::parse(file_text(report))["findings"][0]["id"]);
}

TEST_CASE("diff reads standard input, and says what it could not tell with status 2") {
  const Scratch scratch;
  const auto pair = scratch.leave(1, 0, "pair");
  const auto shell = [&](const std::string& text) {
    Command command;
    command.arguments = {"/bin/sh", "-c", text, "sh", GORDIAN_TOOL, pair, scratch.path("none")};
    return run(command);
  };
  CHECK(shell("cat \"$2\" | \"$1\" diff \"$2\" -").status == 0);
  CHECK(shell("\"$1\" diff - \"$2\" < \"$2\"").status == 0);
  const Outcome empty = shell("\"$1\" diff \"$2\" - < /dev/null");
  CHECK(empty.status == 2);
  CHECK(contains(empty.err, "gordian: /dev/stdin: is empty"));
  CHECK(empty.out.empty());
  const Outcome cut = shell("head -c 700 \"$2\" | \"$1\" diff \"$2\" -");
  CHECK(cut.status == 2);
  CHECK(contains(cut.err, "ends early"));
  CHECK(shell("\"$1\" diff \"$2\" \"$3\"").status == 2);
  CHECK(shell("\"$1\" diff \"$2\" \"$2\" --text /dev/full").status == 2);
}
