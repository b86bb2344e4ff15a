// test_options.cpp - what GORDIAN_OPTIONS changes, and what it must not.
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

// A report without what differs from run to run.
nlohmann::json without_addresses(nlohmann::json report) {
  report["program"].erase("pid");
  for (auto& finding : report["findings"]) {
    for (auto& object : finding["objects"]) object.erase("address");
  }
  return report;
}

nlohmann::json report_of(const std::string& program) {
  ScratchDirectory scratch;
  run_program(program, "json=" + (scratch / "r.json").string());
  return without_addresses(nlohmann::json::parse(file_text(scratch / "r.json")));
}

}  // namespace

TEST_CASE("without options a cycle gives status 23 and a report on stderr") {
  const Outcome outcome = run_program("ring", "");
  CHECK(outcome.status == 23);
  CHECK(outcome.out == "alive alive alive\n");
  CHECK(contains(outcome.err, "Obj::a"));
}

TEST_CASE("without options a chain gives status 0 and nothing on stderr") {
  const Outcome outcome = run_program("chain", "");
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
}

TEST_CASE("what the program printed comes before the report, also on one stream") {
  Command command;
  command.arguments = {program_path("ring")};
  command.merge_output = true;
  const Outcome outcome = run(command);
  CHECK(outcome.out.rfind("alive alive alive\n", 0) == 0);
  CHECK(contains(outcome.out, "Obj::a"));
}

TEST_CASE("exitcode names the status of a run that fails") {
  CHECK(run_program("ring", "exitcode=99").status == 99);
  CHECK(run_program("ring", "exitcode=0").status == 0);
  CHECK(run_program("own_status", "exitcode=99").status == 7);
}

TEST_CASE("error_exitcode names the status of a run that could not tell") {
  CHECK(run_program("ring", "error_exitcode=98:tool=/nonexistent").status == 98);
  CHECK(run_program("own_status", "error_exitcode=98:tool=/nonexistent").status == 7);
}

TEST_CASE("fail_on=none reports a cycle and does not fail") {
  const Outcome outcome = run_program("ring", "fail_on=none");
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.err, "Obj::a"));
}

TEST_CASE("a lost reference fails the run under fail_on=orphans only") {
  CHECK(run_program("lost_reference", "fail_on=orphans").status == 23);
  CHECK(run_program("lost_reference", "fail_on=cycles").status == 0);
  CHECK(run_program("ring", "fail_on=orphans").status == 23);
}

TEST_CASE("check_at_exit=0 checks nothing at exit") {
  const Outcome outcome = run_program("ring", "check_at_exit=0");
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
}

TEST_CASE("text= and json= write where they are told, and %p is the pid") {
  ScratchDirectory scratch;
  const Outcome outcome =
      run_program("ring", "text=" + (scratch / "t-%p").string() + ":json=" + (scratch / "j").string());
  CHECK(outcome.status == 23);
  CHECK(outcome.err.empty());
  const auto report = nlohmann::json::parse(file_text(scratch / "j"));
  CHECK(report["format"] == "gordian-report");
  CHECK(report["program"]["exit_status"] == 0);
  CHECK(report["program"]["shim"] == true);
  const auto text = file_text(scratch / ("t-" + report["program"]["pid"].dump()));
  CHECK(contains(text, report["findings"][0]["id"].get<std::string>()));
}

TEST_CASE("a report says where the member to cut is declared") {
  const auto cut = report_of("ring")["findings"][0]["cuts"][0];
  CHECK(cut["member"] == "Obj::a");
  const auto file = cut["declared"]["file"].get<std::string>();
  CHECK(file.substr(file.rfind('/') + 1) == "ring.cpp");
  std::istringstream source(file_text(file));
  std::string line;
  for (int i = cut["declared"]["line"]; i > 0; --i) std::getline(source, line);
  CHECK(contains(line, "std::shared_ptr<Obj> a"));
}

TEST_CASE("each format's option writes it where it is told, also when there is nothing to tell") {
  const std::vector<std::pair<std::string, std::string>> formats = {{"sarif", "\"version\": \"2.1.0\""},
                                                                    {"junit", "<testsuites "},
                                                                    {"markdown", "### gordian: 1 cycle"},
                                                                    {"github", "::error file="},
                                                                    {"html", "<!DOCTYPE html>"}};
  for (const auto& [format, mark] : formats) {
    INFO(format);
    ScratchDirectory scratch;
    CHECK(run_program("ring", format + "=" + (scratch / "ring").string()).status == 23);
    CHECK(contains(file_text(scratch / "ring"), mark));
    CHECK(run_program("chain", format + "=" + (scratch / "chain").string()).status == 0);
    CHECK(std::filesystem::exists(scratch / "chain"));
  }
}

TEST_CASE(
    "in a GitHub workflow a leak is annotated and told in the step's summary, a healthy program is not") {
  ScratchDirectory scratch;
  const std::string summary = (scratch / "summary").string();
  const auto run_in_workflow = [&](const std::string& program, const std::string& options) {
    Command command;
    command.arguments = {program_path(program)};
    command.environment = {{"GITHUB_ACTIONS", "true"},
                           {"GITHUB_STEP_SUMMARY", summary},
                           {"GITHUB_WORKSPACE", GORDIAN_SOURCE_DIR},
                           {"GORDIAN_OPTIONS", options}};
    return run(command);
  };
  const Outcome clean = run_in_workflow("chain", "");
  CHECK(clean.status == 0);
  CHECK(clean.err.empty());
  CHECK(file_text(summary).empty());

  const Outcome ring = run_in_workflow("ring", "");
  CHECK(ring.status == 23);
  CHECK(ring.out == "alive alive alive\n");
  CHECK(contains(ring.err, "\n::error file=tests/e2e/programs/ring.cpp,line="));
  CHECK(contains(file_text(summary), "### gordian: 1 cycle keeps 3 objects"));

  const std::string before = file_text(summary);
  const Outcome elsewhere =
      run_in_workflow("ring", "github=" + (scratch / "g").string() + ":markdown=/dev/null");
  CHECK(elsewhere.status == 23);
  CHECK_FALSE(contains(elsewhere.err, "::error"));
  CHECK(contains(file_text(scratch / "g"), "::error file=tests/"));
  CHECK(file_text(summary) == before);
}

TEST_CASE("a healthy program's json= report is written and empty") {
  const auto report = report_of("chain");
  CHECK(report["findings"].empty());
  CHECK(report["summary"]["cycles"] == 0);
}

TEST_CASE("snapshot= keeps a private file from which gordian report tells the same") {
  ScratchDirectory scratch;
  const std::string kept = (scratch / "kept.gsnap").string();
  const Outcome direct = run_program("ring", "snapshot=" + kept);
  CHECK(direct.status == 23);
  struct stat info {};
  REQUIRE(stat(kept.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);

  const Outcome later = run_tool({"report", kept});
  CHECK(later.status == 1);
  CHECK(later.err.empty());
  CHECK(later.out == direct.err);
  CHECK(run_tool({"report", kept, "--json", (scratch / "j").string()}).status == 1);
  CHECK(without_addresses(nlohmann::json::parse(file_text(scratch / "j"))) == report_of("ring"));
}

TEST_CASE("no file is left behind unless one was asked for") {
  ScratchDirectory scratch;
  Command command;
  command.arguments = {program_path("ring")};
  command.environment = {{"TMPDIR", (scratch / "").string()}};
  CHECK(run(command).status == 23);
  CHECK(std::filesystem::is_empty(scratch / ""));
}

TEST_CASE("depth= limits the frames of a stack") {
  ScratchDirectory scratch;
  run_program("ring", "depth=1:json=" + (scratch / "j").string());
  const auto report = nlohmann::json::parse(file_text(scratch / "j"));
  CHECK(report["findings"].size() == 1);
}

TEST_CASE("help=1 lists every option and lets the program run") {
  const Outcome outcome = run_program("chain", "help=1");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "dead dead dead\n");
  const std::string table = file_text(GORDIAN_OPTIONS_INC);
  const std::regex row(R"(\nGORDIAN_(?:NUMBER|CHOICE|PATH|INPUT|FLAG)\((\w+),)");
  int rows = 0;
  for (std::sregex_iterator it(table.begin(), table.end(), row), end; it != end; ++it, ++rows) {
    INFO("option " << (*it)[1]);
    CHECK(contains(outcome.err, (*it)[1].str()));
  }
  CHECK(rows > 5);
}

TEST_CASE("options may come from gordian_default_options, and the environment overrides them") {
  CHECK(run_program("default_options", "").status == 55);
  CHECK(run_program("default_options", "exitcode=56").status == 56);
}

TEST_CASE("a program compiled with the shim runs as it is without the runtime") {
  const Outcome ring = run_program("ring.unlinked", "");
  CHECK(ring.status == 0);
  CHECK(ring.out == "alive alive alive\n");
  CHECK(ring.err.empty());
  CHECK(run_program("check_now.unlinked", "").out == "0 0 0\n");
}

TEST_CASE("preloaded into programs that know nothing of it, the runtime changes nothing") {
  if (is_emulated()) {
    WARN("skipped under an emulator: /bin/sh is the machine's own, and its loader complains of our library");
    return;
  }
  // LD_PRELOAD takes no path with a space in it, and this tree may have one.
  ScratchDirectory scratch;
  const auto library = scratch / "libgordian.so";
  std::filesystem::create_symlink(GORDIAN_RUNTIME, library);
  for (const std::string text :
       {"echo one", "echo two >&2; exit 3", "sh -c 'ls / | head -n 1'", "kill -TERM $$"}) {
    Command command;
    command.arguments = {"/bin/bash", "-c", text};
    const Outcome plain = run(command);
    command.environment = {{"LD_PRELOAD", library.string()}};
    const Outcome preloaded = run(command);
    INFO(text);
    CHECK(preloaded.status == plain.status);
    CHECK(preloaded.out == plain.out);
    CHECK(preloaded.err == plain.err);
  }
}
