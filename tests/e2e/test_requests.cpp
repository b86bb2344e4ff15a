// test_requests.cpp - checks of a program that runs on: on a signal, and by time.
//
// The programs are in programs/requests/. Each test that finds something has a twin that is silent.
#include <csignal>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;
using nlohmann::json;

namespace {

enum class Started { linked, run };  // with the runtime linked; as it is, under `gordian run`

Outcome run_asked(Started way, const std::string& program, const std::string& options,
                  const std::vector<std::string>& arguments) {
  Command command;
  if (way == Started::linked) {
    command.arguments = {program_path(program)};
  } else {
    command.arguments = {GORDIAN_TOOL, "run", "--", program_path(program + ".bare")};
  }
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.environment = {{"GORDIAN_OPTIONS", "abort=1:" + options}};
  return run(command);
}

// The reports of one run: PREFIX-NUMBER.json.
class CheckReports {
 public:
  std::string prefix() const { return (scratch_ / "r").string(); }
  std::string option() const { return ":json=" + prefix() + "-%n.json"; }
  bool has(int number) const { return std::filesystem::exists(path(number)); }
  json operator[](int number) const { return json::parse(file_text(path(number))); }

 private:
  std::string path(int number) const { return prefix() + "-" + std::to_string(number) + ".json"; }

  ScratchDirectory scratch_;
};

}  // namespace

TEST_CASE("a server that leaks is told of at each signal, with what came since the check before") {
  for (const Started way : {Started::linked, Started::run}) {
    INFO((way == Started::linked ? "linked" : "gordian run"));
    CheckReports reports;
    const Outcome outcome =
        run_asked(way, "serve", "check_on=USR1" + reports.option(), {reports.prefix(), "leak"});
    CHECK(outcome.status == 23);
    CHECK(outcome.out == "served\n");
    CHECK(reports[1]["findings"][0]["instances"] == 1);
    CHECK(reports[1]["program"]["exit_status"].is_null());
    CHECK_FALSE(reports[1].contains("earlier"));
    CHECK(reports[2]["findings"][0]["instances"] == 3);
    CHECK(reports[2]["findings"][0]["instances_before"] == 1);
    CHECK(reports[2]["earlier"]["check"] == 1);
    CHECK(reports[3]["findings"][0]["instances_before"] == 3);
    CHECK(reports[3]["program"]["exit_status"] == 0);
    CHECK_FALSE(reports.has(4));
    CHECK(contains(outcome.err, "  2 more than at check 1 (1 -> 3)\n"));
    CHECK(contains(outcome.err, "  as often as at check 2\n"));
  }
}

TEST_CASE("a server whose options are mistyped is told so when it starts, and a signal does not end it") {
  for (const Started way : {Started::linked, Started::run}) {
    for (const char* options : {"check_on=USR1:jsno=x", "jsno=x:check_on=USR1"}) {
      const Outcome outcome = run_asked(way, "asked_at_once", options, {});
      INFO(options << "\n" << outcome.err);
      CHECK(outcome.status == 24);
      CHECK(outcome.out == "served\n");
      CHECK(contains(outcome.err,
                     "gordian: GORDIAN_OPTIONS: unknown option 'jsno'; GORDIAN_OPTIONS=help=1 lists "
                     "them. No check will be made\n"));
    }
    const Outcome outcome = run_asked(way, "asked_at_once", "check_on=USER1", {});
    CHECK(outcome.status == 128 + SIGUSR1);
    CHECK(contains(outcome.err,
                   "'check_on=USER1' is none of none|HUP|USR1|USR2|IO|PWR|RTMAX. No check will be made\n"));
  }
}

TEST_CASE("a server that leaks nothing stays silent when it is asked, and its reports are empty") {
  for (const Started way : {Started::linked, Started::run}) {
    CheckReports reports;
    const Outcome outcome =
        run_asked(way, "serve", "check_on=USR1" + reports.option(), {reports.prefix(), "clean"});
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "served\n");
    CHECK(outcome.err.empty());
    for (const int number : {1, 2, 3}) CHECK(reports[number]["findings"].empty());
  }
}

TEST_CASE("under growth=1 a check says what there is more of, though it is owned, and fails nothing") {
  for (const Started way : {Started::linked, Started::run}) {
    CheckReports reports;
    const Outcome outcome =
        run_asked(way, "serve", "check_on=USR1:growth=1" + reports.option(), {reports.prefix(), "cache"});
    CHECK(outcome.status == 0);
    CHECK(reports[2]["findings"].empty());
    CHECK(reports[2]["grown"][0]["type"] == "Session");
    CHECK(reports[2]["grown"][0]["before"] == 0);
    CHECK(reports[2]["grown"][0]["now"] == 100);
    CHECK_FALSE(reports[1].contains("grown"));
    CHECK_FALSE(reports[3].contains("grown"));  // at the end it is freed
    CHECK(contains(outcome.err,
                   "grew since check 1, owned or not:\n  Session: 100 more (0 -> 100), made in main() at "));
  }
  CheckReports reports;
  const Outcome clean = run_asked(Started::linked, "serve", "check_on=USR1:growth=1" + reports.option(),
                                  {reports.prefix(), "clean"});
  CHECK(clean.status == 0);
  CHECK(clean.err.empty());
  CHECK_FALSE(reports[2].contains("grown"));
}

TEST_CASE("the reports of two checks can be compared") {
  CheckReports reports;
  run_asked(Started::linked, "serve", "check_on=USR1" + reports.option(), {reports.prefix(), "leak"});
  const Outcome diff = run_tool({"diff", reports.prefix() + "-1.json", reports.prefix() + "-2.json"});
  CHECK(diff.status == 1);
  CHECK(contains(diff.out, "more (1 -> 3)"));
}

TEST_CASE("checks by time write text only when something came, and each report that was asked for") {
  CheckReports reports;
  const Outcome outcome =
      run_asked(Started::linked, "serve", "check_every=1" + reports.option(), {reports.prefix(), "wait"});
  CHECK(outcome.status == 23);
  CHECK(reports[2]["findings"][0]["instances_before"] == 1);
  CHECK(contains(outcome.err, "  2 more than at check 2 (1 -> 3)\n"));
  CHECK_FALSE(contains(outcome.err, "as often as at check 1"));
  CHECK_FALSE(contains(outcome.err, "as often as at check 3"));
  CHECK(contains(outcome.err, "as often as at check "));  // at the end all is told
}

TEST_CASE("a thread that waits in a call when the signal comes goes on waiting") {
  if (is_emulated() || std::string(GORDIAN_MACHINE) != "x86_64") {
    WARN(
        "skipped: nobody tells an emulated program's calls, nor on aarch64 which one the signal itself has "
        "ended");
    return;
  }
  CheckReports reports;
  const Outcome outcome =
      run_asked(Started::linked, "waits", "check_on=USR1" + reports.option(), {reports.prefix()});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "1 1 1 1 0 0 0 0 slept\n");
  CHECK(outcome.err.empty());
  CHECK(reports.has(3));
}

TEST_CASE("signals that come at any moment change nothing in a program with threads") {
  for (const Started way : {Started::linked, Started::run}) {
    const Outcome clean = run_asked(way, "storm", "check_on=USR1", {"300", "clean"});
    CHECK(clean.status == 0);
    CHECK(clean.out == "weathered\n");
    CHECK(clean.err.empty());
    const Outcome leak = run_asked(way, "storm", "check_on=USR1", {"100", "leak"});
    CHECK(leak.status == 23);
    CHECK(leak.out == "weathered\n");
    CHECK(contains(leak.err, "Request::session"));
    CHECK_FALSE(contains(leak.err, "Nothing was checked"));
  }
}

TEST_CASE("signals that come at any moment change nothing in a program with one thread, nor while it ends") {
  for (const std::string how : {"wait", "exit", "exit", "exit"}) {
    const Outcome outcome = run_asked(Started::linked, "storm_alone", "check_on=USR1", {"300", how});
    INFO(how << "\n" << outcome.err);
    CHECK(outcome.status == 23);
    CHECK(outcome.out == "weathered\n");
    CHECK_FALSE(contains(outcome.err, "Nothing was checked"));
  }
}

TEST_CASE("a program that has the signal for itself keeps it, and is told so once") {
  const Outcome handler = run_asked(Started::linked, "whose_signal", "check_on=USR1", {"handler"});
  CHECK(handler.status == 23);
  CHECK(handler.out == "3\n");
  CHECK(contains(handler.err, "gordian: the program has a handler of its own for signal USR1"));
  CHECK(handler.err.find("gordian: 1 cycle") == handler.err.rfind("gordian: 1 cycle"));

  const Outcome sigwait = run_asked(Started::linked, "whose_signal", "check_on=USR1", {"sigwait"});
  CHECK(sigwait.out == "3\n");
  CHECK_FALSE(contains(sigwait.err, "signal USR1"));

  const Outcome blocked = run_asked(Started::linked, "whose_signal", "check_on=USR1", {"blocked"});
  CHECK(blocked.out == "0\n");
  CHECK(contains(blocked.err, "gordian: the program blocks signal USR1"));

  const Outcome elsewhere = run_asked(Started::linked, "whose_signal", "check_on=USR2", {"handler"});
  CHECK(elsewhere.out == "3\n");
  CHECK_FALSE(contains(elsewhere.err, "signal USR"));
}

TEST_CASE("a child is checked for itself, and its checks are numbered from 1") {
  if (is_emulated()) {
    WARN("skipped under an emulator: qemu's child of a process that had threads can start none");
    return;
  }
  for (const auto& [how, printed, reports_of_all] :
       {std::tuple("fork", "23\n", 3 + 3), std::tuple("vfork", "0\n", 3), std::tuple("exec", "", 2)}) {
    INFO(how);
    ScratchDirectory scratch;
    const std::string prefix = (scratch / "r").string();
    const Outcome outcome =
        run_asked(Started::linked, "children", "check_on=USR1:json=" + prefix + "-%p-%n.json", {prefix, how});
    CHECK(outcome.status == (std::string(how) == "exec" ? 23 : 0));
    CHECK(outcome.out == printed);
    int reports = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scratch / ""))
      reports += entry.is_regular_file() ? 1 : 0;
    CHECK(reports == reports_of_all);
  }
}

TEST_CASE(
    "children that are forked while checks run do not hang, have the parent's signal actions, and are "
    "checked") {
  // With AddressSanitizer none is taken for one that has left a thread of the program's behind.
  for (const std::string build : {"g++-O1", "asan-g++", "asan-clang++"}) {
    if (is_emulated() && build != "g++-O1") continue;  // not built for an emulator
    INFO(build);
    const char* const children = is_emulated() ? "40" : build == "g++-O1" ? "400" : "100";
    Command command;
    command.arguments = {program_path("forks." + build), children};
    command.environment = {{"GORDIAN_OPTIONS", "abort=1:check_on=USR1"}, {"ASAN_OPTIONS", "detect_leaks=0"}};
    const Outcome outcome = run(command);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "0 hung, 0 ended otherwise\n");
    CHECK(outcome.err.empty());
  }
}

TEST_CASE(
    "a server with AddressSanitizer is checked while it runs, and stays silent where it leaks nothing") {
  if (is_emulated()) {
    WARN("skipped under an emulator: the programs are not built for it");
    return;
  }
  for (const std::string compiler : {"g++", "clang++"}) {
    for (const std::string what : {"leak", "clean"}) {
      INFO(compiler << " " << what);
      CheckReports reports;
      Command command;
      command.arguments = {program_path("serve.asan-" + compiler), reports.prefix(), what};
      command.environment = {{"GORDIAN_OPTIONS", "abort=1:check_on=USR1" + reports.option()},
                             {"ASAN_OPTIONS", "detect_leaks=0"}};
      const Outcome outcome = run(command);
      CHECK(outcome.status == (what == "leak" ? 23 : 0));
      CHECK(outcome.out == "served\n");
      CHECK(reports[1]["findings"].size() == (what == "leak" ? 1u : 0u));
      CHECK(reports[2]["findings"].size() == (what == "leak" ? 1u : 0u));
      CHECK_FALSE(contains(outcome.err, "Nothing was checked"));
    }
  }
}

TEST_CASE("a program whose first thread has ended is checked, and ends with its last one") {
  if (is_emulated()) {
    WARN("skipped under an emulator: qemu's stops at an assertion of its own");
    return;
  }
  CheckReports reports;
  const Outcome outcome =
      run_asked(Started::linked, "after_main", "check_on=USR1" + reports.option(), {reports.prefix()});
  CHECK(outcome.status == 23);
  CHECK(outcome.out == "last\n");
  CHECK(reports[1]["findings"][0]["instances"] == 1);
}

TEST_CASE("an option that names no signal is told") {
  const Outcome outcome = run_program("chain", "check_on=STOP");
  CHECK(outcome.status == 24);
  CHECK(contains(outcome.err, "'check_on=STOP' is none of none|HUP|USR1|USR2|IO|PWR|RTMAX"));
}
