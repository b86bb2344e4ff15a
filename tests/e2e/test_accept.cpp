// test_accept.cpp - what is accepted on purpose, by programs that end with a status.
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;
using nlohmann::json;

namespace {

struct AcceptScratch {
  ScratchDirectory directory;

  std::string path(const std::string& name) const { return (directory / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }
};

// Leaves so many pairs and loops.
Outcome leave(int pairs, int loops, const std::string& options) {
  Command command;
  command.arguments = {program_path("leaks"), std::to_string(pairs), std::to_string(loops)};
  command.environment = {{"GORDIAN_OPTIONS", options}};
  return run(command);
}

}  // namespace

TEST_CASE("a rule accepts one leak of two, and the other still fails the program") {
  const AcceptScratch scratch;
  const auto rules = scratch.write("rules", "type:Pair because they are meant\n");
  const Outcome pair = leave(1, 0, "suppressions=" + rules);
  CHECK(pair.status == 0);
  CHECK(contains(pair.err, "gordian: no cycles in "));
  CHECK(contains(pair.err, "; 1 finding is accepted\n"));
  CHECK(contains(pair.err, "accepted: 1 finding\n  cycle "));
  CHECK(contains(pair.err, "    " + rules + ":1: type:Pair because they are meant\n"));
  const Outcome both = leave(1, 1, "suppressions=" + rules);
  CHECK(both.status == 23);
  CHECK(contains(both.err, "gordian: 1 cycle keeps 1 object "));
  CHECK(contains(both.err, "accepted: 1 finding\n"));
  CHECK(leave(0, 0, "suppressions=" + rules).err.empty());
}

TEST_CASE("a rule by member, file or function accepts a leak") {
  const AcceptScratch scratch;
  for (const char* rule :
       {"member:Loop::self", "file:*/leaks.cpp", "function:leave_loop", "function:leave_loop()"}) {
    INFO(rule);
    const auto rules = scratch.write("rules", std::string(rule) + " because x\n");
    CHECK(leave(0, 1, "suppressions=" + rules).status == 0);
  }
  const auto rules = scratch.write("rules", "function:leave_pair because x\n");
  CHECK(leave(0, 1, "suppressions=" + rules).status == 23);
}

TEST_CASE("only what is new fails a program that has a baseline") {
  const AcceptScratch scratch;
  const auto report = scratch.path("report.json");
  const auto baseline = scratch.path("baseline.json");
  REQUIRE(leave(2, 0, "text=/dev/null:json=" + report).status == 23);
  const Outcome made = run_tool({"baseline", baseline, report});
  CHECK(made.status == 0);
  CHECK(contains(made.out, "new   cycle "));
  CHECK(leave(2, 0, "baseline=" + baseline).status == 0);
  const Outcome more = leave(3, 0, "baseline=" + baseline);
  CHECK(more.status == 0);
  CHECK(contains(more.err, "1 more than when it was accepted"));
  const Outcome other = leave(2, 1, "text=/dev/null:json=" + report + ":baseline=" + baseline);
  CHECK(other.status == 23);
  CHECK(run_tool({"baseline", baseline, report}).status == 1);
  CHECK(run_tool({"baseline", baseline, report, "--add"}).status == 0);
  CHECK(leave(2, 1, "baseline=" + baseline).status == 0);
}

TEST_CASE("a file that is wrong is told with its line, and gordian could not tell") {
  const AcceptScratch scratch;
  const auto rules = scratch.write("rules", "# fine\ntype:Pair\n");
  const Outcome bad = leave(1, 0, "suppressions=" + rules);
  CHECK(bad.status == 24);
  CHECK(contains(bad.err, rules + ":2:10: the reason is missing"));
  for (const int leaks : {1, 0}) {
    const Outcome none = leave(leaks, 0, "baseline=" + scratch.path("none.json"));
    CHECK(none.status == 24);
    CHECK(contains(none.err, "gordian baseline"));
  }
  CHECK(leave(0, 0, "suppressions=" + rules).status == 24);
  CHECK(leave(0, 0, "families=" + rules).status == 24);
}

TEST_CASE("gordian run takes both files") {
  const AcceptScratch scratch;
  const auto rules = scratch.write("rules", "type:Obj because x\n");
  const std::string program = program_path("ring.bare");
  CHECK(run_tool({"run", program}).status == 23);
  CHECK(run_tool({"run", "--suppressions", rules, program}).status == 0);
  CHECK(run_tool({"run", "--follow", "--suppressions", rules, program}).status == 0);
}
