// test_compare.cpp - gordian diff and gordian merge on what programs leave.
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;
using nlohmann::json;

namespace {

struct CompareScratch {
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
  const CompareScratch scratch;
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
  const CompareScratch scratch;
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
  const CompareScratch scratch;
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

TEST_CASE("merge sums what several processes left, and is an input of diff") {
  const CompareScratch scratch;
  const auto one = scratch.leave(1, 0, "one");
  const auto two = scratch.leave(2, 1, "two");
  const auto three = scratch.leave(3, 0, "three", "snapshot");
  const auto sum = scratch.path("sum");
  CHECK(run_tool({"merge", one, two, three, "-o", sum}).status == 0);
  const auto merged = json::parse(file_text(sum));
  REQUIRE(merged["findings"].size() == 2);
  CHECK(merged["findings"][0]["instances"] == 6);
  CHECK(merged["findings"][0]["seen_by"].size() == 3);
  CHECK(merged["findings"][0]["seen_by"][2]["file"] == three);
  CHECK(merged["findings"][0]["seen_by"][2]["instances"] == 3);
  CHECK(merged["findings"][0]["objects"] == json::parse(file_text(one))["findings"][0]["objects"]);
  CHECK(merged["findings"][1]["instances"] == 1);
  CHECK(merged["findings"][1]["seen_by"][0]["file"] == two);

  const Outcome text = run_tool({"merge", one, two, three});
  CHECK(text.status == 0);
  CHECK(contains(first_line(text.out), "gordian: 7 cycles keep 13 objects ("));
  CHECK(contains(first_line(text.out), "in 3 of 3 reports"));
  CHECK(text.out == run_tool({"merge", one, two, three}).out);

  const Outcome diff = run_tool({"diff", one, sum});
  CHECK(diff.status == 1);
  CHECK(contains(diff.out, "\nmore (1 -> 6)  cycle "));
  CHECK(contains(first_line(diff.out), "gordian: 1 new, 1 more ("));
  CHECK(run_tool({"merge", one, "--fail-on", "cycles"}).status == 1);
}

TEST_CASE("merge takes names from standard input, and writes nothing where one file is bad") {
  const CompareScratch scratch;
  scratch.leave(1, 0, "a.json");
  scratch.leave(2, 0, "b.json");
  const auto shell = [&](const std::string& text) {
    Command command;
    command.arguments = {"/bin/sh", "-c", text, "sh", GORDIAN_TOOL};
    command.directory = scratch.path("");
    return run(command);
  };
  CHECK(shell("ls *.json | \"$1\" merge - -o sum").status == 0);
  const auto sum = file_text(scratch.path("sum"));
  CHECK(json::parse(sum)["findings"][0]["instances"] == 3);
  CHECK(shell("find . -name '*.json' -print0 | sort -z | \"$1\" merge - --json - >again").status == 0);
  CHECK(json::parse(file_text(scratch.path("again")))["findings"][0]["instances"] == 3);
  const Outcome bad = shell("head -c 800 a.json >cut.json; ls *.json | \"$1\" merge - -o sum");
  CHECK(bad.status == 2);
  CHECK(contains(bad.err, "gordian: cut.json:"));
  CHECK(contains(bad.err, "ends early"));
  CHECK(file_text(scratch.path("sum")) == sum);
  const Outcome report = shell("\"$1\" merge - <a.json");
  CHECK(report.status == 2);
  CHECK(contains(report.err, "a report on standard input is /dev/stdin"));
  CHECK(shell("\"$1\" merge /dev/stdin <a.json").status == 0);
}

TEST_CASE("merging 2000 reports takes no more memory than merging 40") {
  const CompareScratch scratch;
  auto report = json::parse(file_text(scratch.leave(2, 1, "report")));
  std::string names;
  for (int i = 0; i < 2000; ++i) {
    const auto path = scratch.path("report-" + std::to_string(i));
    report["program"]["pid"] = 1000 + i;
    std::ofstream(path) << report.dump(2);
    names += path + '\n';
    if (i == 39) std::ofstream(scratch.path("short-list")) << names;
  }
  std::ofstream(scratch.path("list")) << names;
  const Outcome few = run_tool({"merge", "@" + scratch.path("short-list")});
  const Outcome many = run_tool({"merge", "@" + scratch.path("list")});
  CHECK(contains(first_line(few.out), "gordian: 120 cycles keep "));
  CHECK(contains(first_line(many.out), "gordian: 6000 cycles keep "));
  CHECK(contains(many.out, "  … and in 1997 more reports\n"));
  // 2000 reports are 11 MB; the names alone, with what tells that a file was named twice, are some hundred
  // kB.
  CHECK(many.peak_bytes < few.peak_bytes + 2'000'000);
}
