// accept_test.cpp - rules and baselines held against findings.
#include "acceptance/accept.h"

#include <map>
#include <string>
#include <vector>

#include "catch.h"

using namespace gordian;

namespace {

struct Bench {
  Findings findings;
  Suppressions suppressions;
  Baseline baseline;
  std::map<std::uint32_t, std::vector<Frame>> stacks;

  // A cycle of two objects with a third that it holds, allocated at the stacks.
  Finding& cycle(const std::string& id, const std::vector<std::uint32_t>& rows = {0}) {
    Finding finding;
    finding.id = id;
    finding.bytes = 100;
    finding.own_objects = 2;
    finding.objects_held = 3;
    finding.footprint.types = {"Parent", "Child"};
    finding.footprint.members = {"Child::parent", "Parent::kids", "Parent::kids[]"};
    finding.footprint.allocations = {{rows, 1}};
    findings.cycles += 1;
    findings.objects_in_cycles += 2;
    findings.objects_retained += 1;
    findings.bytes += 100;
    findings.findings.push_back(finding);
    return findings.findings.back();
  }

  void allocated_by(std::uint32_t row, const std::string& function, const std::string& file = "/src/a.cpp",
                    const std::string& module = "/bin/program") {
    Frame frame;
    frame.function = function;
    frame.file = file;
    frame.module = module;
    stacks[row].push_back(frame);
  }

  void accept() {
    gordian::accept(findings, suppressions, baseline, "base.json",
                    [this](std::uint32_t row) -> const std::vector<Frame>& { return stacks[row]; });
  }
  void rules(const std::string& text) { suppressions.read_text(text, "s"); }
};

// Whether the one cycle of a bench, allocated in ns::make<int>(int) const at /src/a.cpp, is accepted by that
// line.
bool accepts(const std::string& line) {
  Bench bench;
  bench.allocated_by(1, "ns::make<int>(int) const");
  bench.cycle("3f9a2c71", {1});
  bench.rules(line);
  bench.accept();
  return bench.findings.findings[0].accepted.has_value();
}

}  // namespace

TEST_CASE("a rule accepts by type, member, function, file or id") {
  CHECK(accepts("type:Child because x"));
  CHECK(accepts("type:Par* because x"));
  CHECK_FALSE(accepts("type:child because x"));
  CHECK(accepts("member:Child::parent because x"));
  CHECK(accepts("member:Parent::kids[] because x"));
  CHECK_FALSE(accepts("member:parent because x"));
  CHECK(accepts("function:ns::make<int> because x"));
  CHECK(accepts("function:ns::make<int>(int) const because x"));
  CHECK(accepts("function:ns::make* because x"));
  CHECK_FALSE(accepts("function:make because x"));
  CHECK(accepts("file:/src/a.cpp because x"));
  CHECK(accepts("file:*/a.cpp because x"));
  CHECK_FALSE(accepts("file:a.cpp because x"));
  CHECK(accepts("id:3f9a2c71 because x"));
  CHECK_FALSE(accepts("id:3f9a2c72 because x"));
}

TEST_CASE("LeakSanitizer's rules match a part of a function, a file or a module") {
  CHECK(accepts("leak:make"));
  CHECK(accepts("leak:src/a"));
  CHECK(accepts("leak:program"));
  CHECK(accepts("leak:^/bin/*gram$"));
  CHECK_FALSE(accepts("leak:^make"));
  CHECK_FALSE(accepts("leak:Child"));  // a type, which LeakSanitizer does not know
}

TEST_CASE("all conditions of a rule must hold") {
  CHECK(accepts("type:Child and file:*/a.cpp because x"));
  CHECK_FALSE(accepts("type:Child and file:*/b.cpp because x"));
  CHECK_FALSE(accepts("type:Other and file:*/a.cpp because x"));
}

TEST_CASE("what accepts a finding is kept with it, and it leaves the totals") {
  Bench bench;
  bench.cycle("3f9a2c71");
  bench.cycle("00000002").footprint.types = {"Other"};
  bench.rules("# one\ntype:Child because it may stay\n");
  bench.accept();
  const auto& accepted = bench.findings.findings[0].accepted;
  REQUIRE(accepted);
  CHECK(accepted->by == AcceptedBy::rule);
  CHECK(accepted->where == "s:2");
  CHECK(accepted->rule == "type:Child");
  CHECK(accepted->reason == "it may stay");
  CHECK_FALSE(bench.findings.findings[1].accepted);
  CHECK(bench.findings.cycles == 1);
  CHECK(bench.findings.objects_in_cycles == 2);
  CHECK(bench.findings.objects_retained == 1);
  CHECK(bench.findings.bytes == 100);
  CHECK(bench.findings.unused_rules.empty());
}

TEST_CASE("rules that accept nothing are told") {
  Bench bench;
  bench.cycle("3f9a2c71");
  bench.rules("type:Child because x\ntype:Gone because y\nleak:nothing\n");
  bench.accept();
  CHECK(bench.findings.unused_rules == std::vector<std::string>{"s:2: type:Gone", "s:3: leak:nothing"});
}

TEST_CASE("a rule that accepts what an earlier one does is no unused one") {
  Bench bench;
  bench.cycle("3f9a2c71");
  bench.rules("type:Child because x\nmember:Child::parent because y\n");
  bench.accept();
  CHECK(bench.findings.findings[0].accepted->rule == "type:Child");
  CHECK(bench.findings.unused_rules.empty());
}

TEST_CASE("a baseline accepts what it has, and a rule comes before it") {
  Bench bench;
  bench.cycle("3f9a2c71").instances = 3;
  bench.cycle("00000002");
  bench.cycle("00000003");
  bench.baseline.findings["3f9a2c71"] = {FindingKind::cycle, 2, ""};
  bench.baseline.findings["00000002"] = {FindingKind::orphan, 1, ""};  // an orphan's id, by chance
  bench.baseline.findings["00000003"] = {FindingKind::cycle, 1, ""};
  bench.rules("id:00000003 because x\n");
  bench.findings.cycles = 5;
  bench.accept();
  const auto& found = bench.findings.findings;
  REQUIRE(found[0].accepted);
  CHECK(found[0].accepted->by == AcceptedBy::baseline);
  CHECK(found[0].accepted->where == "base.json");
  CHECK(found[0].accepted->instances == 2);
  CHECK_FALSE(found[1].accepted);
  REQUIRE(found[2].accepted);
  CHECK(found[2].accepted->by == AcceptedBy::rule);
  CHECK(bench.findings.cycles == 1);
}

TEST_CASE("what the program accepts comes before any rule, and leaves the totals") {
  Bench bench;
  bench.cycle("3f9a2c71").accepted = {AcceptedBy::program, "", "gordian_ignore()", "", 0};
  bench.cycle("00000002");
  bench.rules("type:Child because x\n");
  bench.accept();
  const auto& found = bench.findings.findings;
  REQUIRE(found.size() == 2);
  CHECK(found[0].accepted->by == AcceptedBy::program);
  CHECK(found[1].accepted->by == AcceptedBy::rule);
  CHECK(bench.findings.cycles == 0);
  CHECK(bench.findings.bytes == 0);
  CHECK(bench.findings.unused_rules.empty());
}

TEST_CASE("a baseline accepts what rules accept a part of, and that is no news") {
  Bench bench;
  bench.allocated_by(1, "here");
  bench.allocated_by(2, "there");
  bench.cycle("3f9a2c71").footprint.allocations = {{{1}, 1}, {{2}, 1}};
  bench.rules("function:here because x\n");
  bench.baseline.findings["3f9a2c71"] = {FindingKind::cycle, 2, ""};
  bench.accept();
  CHECK(bench.findings.findings[0].accepted->by == AcceptedBy::baseline);
  CHECK(bench.findings.notes.empty());
  CHECK(bench.findings.unused_rules.empty());
}

TEST_CASE("of a finding that the program accepts a part of, that part is a note") {
  Bench bench;
  bench.cycle("3f9a2c71");
  bench.cycle("3f9a2c71").accepted = {AcceptedBy::program, "", "gordian_ignore()", "", 0};
  bench.accept();
  REQUIRE(bench.findings.findings.size() == 1);
  CHECK_FALSE(bench.findings.findings[0].accepted);
  CHECK(bench.findings.cycles == 1);
  CHECK(bench.findings.bytes == 100);
  CHECK(bench.findings.notes ==
        std::vector<std::string>{
            "gordian_ignore() accepts 1 other instance of 3f9a2c71, which the numbers above leave out"});
}

TEST_CASE("instances from elsewhere are not accepted with the others") {
  Bench bench;
  bench.allocated_by(1, "vendor()", "/vendor/v.cpp");
  bench.allocated_by(2, "ours()", "/src/o.cpp");
  Finding& mixed = bench.cycle("3f9a2c71");
  mixed.footprint.allocations = {{{1}, 4}, {{2}, 1}};
  bench.rules("file:/vendor/* because it is theirs\n");
  bench.accept();
  CHECK_FALSE(bench.findings.findings[0].accepted);
  CHECK(
      bench.findings.notes ==
      std::vector<std::string>{"s:1: file:/vendor/* accepts 4 of the 5 instances of 3f9a2c71, and the others "
                               "come from elsewhere, such as ours() in o.cpp: none is accepted"});
  CHECK(bench.findings.unused_rules.empty());

  Bench both;
  both.stacks = bench.stacks;
  both.cycle("3f9a2c71").footprint.allocations = {{{1}, 4}, {{2}, 1}};
  both.rules("file:/vendor/* because it is theirs\nfunction:ours because it is ours\n");
  both.accept();
  CHECK(both.findings.findings[0].accepted);
}

TEST_CASE("an object of the cycle from there is enough") {
  Bench bench;
  bench.allocated_by(1, "vendor()", "/vendor/v.cpp");
  bench.allocated_by(2, "ours()", "/src/o.cpp");
  bench.cycle("3f9a2c71", {1, 2});
  bench.rules("file:/vendor/* because it is theirs\n");
  bench.accept();
  CHECK(bench.findings.findings[0].accepted);
}

TEST_CASE("the parameters of a function's name are what ends it") {
  const auto matches = [](const std::string& function, const std::string& pattern) {
    Bench bench;
    bench.allocated_by(1, function);
    bench.cycle("3f9a2c71", {1});
    bench.rules("function:" + pattern + " because x");
    bench.accept();
    return bench.findings.findings[0].accepted.has_value();
  };
  CHECK(matches("f(void (*)(int))", "f"));
  CHECK(matches("(anonymous namespace)::f(int)", "(anonymous namespace)::f"));
  CHECK(matches("main", "main"));
  CHECK(matches("operator()", "operator()"));
  CHECK_FALSE(matches("f(int)::g(int)", "f"));
}
