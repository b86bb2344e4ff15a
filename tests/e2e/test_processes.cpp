// test_processes.cpp - how a process ends, and what processes come from it.
//
// The programs are in programs/processes/. Each is run as it is, linked with the runtime, and under `gordian
// run`: what it prints and its status are the same, but for the status of a process that has leaked. Each
// time it leaks, and has a twin that leaks nothing.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

using Words = std::vector<std::string>;

enum class Way { plain, linked, run, follow };
const Way kChecked[] = {Way::linked, Way::run};

const char* name_of(Way way) {
  switch (way) {
    case Way::plain:
      return "plain";
    case Way::linked:
      return "linked";
    case Way::run:
      return "gordian run";
    case Way::follow:
      break;
  }
  return "gordian run --follow";
}

Outcome run_program_by(Way way, const std::string& program, const Words& arguments,
                       const std::string& options = "abort=1") {
  Command command;
  command.environment = {{"GORDIAN_OPTIONS", options}};
  if (way == Way::run) command.arguments = {GORDIAN_TOOL, "run", "--"};
  if (way == Way::follow) command.arguments = {GORDIAN_TOOL, "run", "--follow", "--"};
  command.arguments.push_back(program_path(program + (way == Way::linked ? ".g++-O1" : ".bare")));
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return run(command);
}

constexpr const char* kFound = "gordian: 1 cycle keeps 1 object";

// A process that ends so is checked, with the status and output that it has without gordian.
void check_end(const std::string& how, const std::string& program = "process_ends") {
  const Outcome plain = run_program_by(Way::plain, program, {how, "clean"});
  for (const Way way : kChecked) {
    INFO(how << ", " << name_of(way));
    const Outcome leak = run_program_by(way, program, {how, "leak"});
    CHECK(leak.status == (plain.status != 0 ? plain.status : 23));
    CHECK(leak.out == plain.out);
    CHECK(count_of(leak.err, kFound) == 1);
    const Outcome clean = run_program_by(way, program, {how, "clean"});
    CHECK(clean.status == plain.status);
    CHECK(clean.out == plain.out);
    CHECK(clean.err == plain.err);
  }
}

// One that ends so is not, and ends as without gordian.
void check_no_check(const std::string& how) {
  const Outcome plain = run_program_by(Way::plain, "process_ends", {how, "leak"});
  for (const Way way : kChecked) {
    INFO(how << ", " << name_of(way));
    const Outcome leak = run_program_by(way, "process_ends", {how, "leak"});
    CHECK(leak.status == plain.status);
    CHECK(leak.out == plain.out);
    CHECK(leak.err == plain.err);
  }
}

// The children of process_forks that are made so each end with 23 where they leak, and are reported, or with
// 0 and silently.
void check_children(const std::string& how, Way way, bool checked) {
  INFO(how << ", " << name_of(way));
  const Outcome leak = run_program_by(way, "process_forks", {how, "leak", "2"});
  INFO(leak.err);
  CHECK(leak.status == 0);
  CHECK(leak.out == (checked ? "ended 23 23\n" : "ended 0 0\n"));
  CHECK(count_of(leak.err, kFound) == (checked ? 2 : 0));
  const Outcome clean = run_program_by(way, "process_forks", {how, "clean", "2"});
  CHECK(clean.status == 0);
  CHECK(clean.out == "ended 0 0\n");
  CHECK(clean.err.empty());
}

// The JSON reports of one run of process_reports, by name, and what is merged of them.
class Reports {
 public:
  // `name` as the option json= has it; PID in a name is the id of the process that was started.
  Outcome run_and_read(const Words& arguments, const std::string& name) {
    const Outcome outcome = run_program_by(Way::linked, "process_reports", arguments,
                                           "abort=1:json=" + (scratch_ / name).string());
    for (const auto& entry : std::filesystem::directory_iterator(scratch_ / "")) {
      const auto report = nlohmann::json::parse(file_text(entry.path()));
      by_name[entry.path().filename().string()] = report["summary"]["objects_in_cycles"];
    }
    return outcome;
  }
  // Objects in each report, the fewest first.
  std::vector<int> objects() const {
    std::vector<int> all;
    for (const auto& [name, objects] : by_name) all.push_back(objects);
    std::sort(all.begin(), all.end());
    return all;
  }
  bool has(const std::string& name) const { return by_name.count(name) != 0; }
  int merged_objects() const {
    Words words = {"merge", "--json", "-"};
    for (const auto& [name, objects] : by_name) words.push_back((scratch_ / name).string());
    return nlohmann::json::parse(run_tool(words).out)["summary"]["objects_in_cycles"];
  }

  std::map<std::string, int> by_name;

 private:
  ScratchDirectory scratch_;
};

// How process_descriptors does while the tool runs, which waits for it: what it prints is what it prints without gordian.
void check_descriptors(const std::string& how) {
  for (const Way way : kChecked) {
    for (const std::string what : {"leak", "clean"}) {
      INFO(how << ", " << name_of(way) << ", " << what);
      ScratchDirectory scratch;
      const auto tool = scratch / "tool";
      std::ofstream(tool) << "#!/bin/sh\ncd '" << (scratch / "").string() << "' && : > started\n"
                          << "n=0; while [ ! -e go ] && [ $n -lt 2000 ]; do sleep 0.01; n=$((n+1)); done\n"
                          << "exec '" << GORDIAN_TOOL << "' \"$@\"\n";
      std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
      const Words arguments = {how, what, (scratch / "").string()};
      const Outcome plain = run_program_by(Way::plain, "process_descriptors", arguments);
      std::filesystem::remove(scratch / "go");
      const Outcome outcome =
          run_program_by(way, "process_descriptors", arguments,
                         "abort=1:tool=" + tool.string() + ":json=" + (scratch / "r-%p-%n.json").string());
      INFO(outcome.err);
      CHECK(outcome.out == plain.out);
      CHECK(outcome.status == (what == "leak" ? 23 : 0));
      CHECK(contains(outcome.err, kFound) == (outcome.status == 23));
    }
  }
}

bool skipped_under_emulator() {
  if (is_emulated())
    WARN("skipped under an emulator: it starts no process without fork(), and no thread in its children");
  return is_emulated();
}

}  // namespace

TEST_CASE("a process is checked however it calls exit, and whoever does") {
  for (const char* how : {"main", "thread exits", "main is gone", "signal handler exits"}) {
    if (is_emulated() && std::string(how) == "main is gone")
      continue;  // qemu stops at an assertion of its own
    check_end(how);
  }
}

TEST_CASE("what is made while a process ends is checked, too") {
  for (const char* how : {"destructor makes", "thread's destructor makes", "destructor allocates",
                          "atexit makes", "quick exit makes"}) {
    check_end(how);
  }
}

TEST_CASE("exit called by a destructor or an exit handler has the status that was asked for last") {
  for (const char* how :
       {"destructor exits", "thread's destructor exits", "atexit exits", "atexit exits with 5"}) {
    check_end(how);
  }
}

TEST_CASE("quick_exit is checked in each thread, and flushes nothing") {
  for (const char* how : {"quick exit", "quick exit with 5", "thread exits quickly"}) check_end(how);
}

TEST_CASE("threads that end the process at the same time do not end it in the middle of the check") {
  for (const char* how : {"two threads exit", "thread exits while main ends", "two threads exit quickly",
                          "thread exits in between", "thread exits quickly in between"})
    check_end(how);
}

// Where no filter can be set the program says so, and is like any other.
TEST_CASE("a process that must not ask for its own number is checked") {
  check_end("without getpid()");
}

TEST_CASE("a process that ends without exit ends as it does without gordian") {
  for (const char* how : {"_Exit", "abort", "terminate", "exception", "destructor terminates"})
    check_no_check(how);
}

TEST_CASE("a child is checked at its own exit, however it was forked, beside threads that capture") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"fork", "atfork", "threads", "double", "daemon"}) {
    for (const Way way : kChecked) check_children(how, way, true);
  }
}

TEST_CASE(
    "a child that was forked past the handlers of fork is checked, and waits for no lock of its parent's") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"_Fork", "raw", "clone", "twice unseen"}) {
    for (const Way way : kChecked) check_children(how, way, true);
  }
}

TEST_CASE("a child that becomes another program is checked where that is linked, or followed") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"exec", "vfork exec", "posix_spawn"}) {
    check_children(how, Way::linked, true);
    check_children(how, Way::run, false);
    check_children(how, Way::follow, true);
  }
}

TEST_CASE("a child that ends by _exit, or in the memory of its parent, is not checked") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"_exit", "vfork _exit", "vfork exit"}) {
    for (const Way way : kChecked) check_children(how, way, false);
  }
}

TEST_CASE(
    "a signal handler that has interrupted a capture may fork, and its child go back into the capture") {
  if (skipped_under_emulator()) return;
  for (const Way way : kChecked) {
    for (const std::string options : {"abort=1", "abort=1:unwinder=both:block_stacks=1"}) {
      INFO(name_of(way) << ", " << options);
      const Outcome leak = run_program_by(way, "process_interrupted", {"leak"}, options);
      CHECK(leak.status == 0);
      CHECK(leak.out == "interrupted 1, child 23\n");
      CHECK(count_of(leak.err, kFound) == 1);
      const Outcome clean = run_program_by(way, "process_interrupted", {"clean"}, options);
      CHECK(clean.status == 0);
      CHECK(clean.out == "interrupted 1, child 0\n");
      CHECK(clean.err.empty());
    }
  }
}

TEST_CASE("a program whose files may not grow is not ended by what gordian writes") {
  if (is_emulated()) {
    WARN("skipped under an emulator: /bin/sh is a program of the machine's own");
    return;
  }
  ScratchDirectory scratch;
  // Standard output is a pipe here, for the program itself must not write to a file.
  const std::string text = "{ (ulimit -f 0 && exec \"$0\" main \"$1\" 2>\"$2\"); echo $?; } | cat";
  for (const auto& [what, status] : {std::pair("leak", "24"), std::pair("clean", "0")}) {
    INFO(what);
    Command command;
    command.arguments = {
        "/bin/sh", "-c", text, program_path("process_ends"), what, (scratch / "err").string()};
    command.environment = {{"GORDIAN_OPTIONS", "abort=1:verbosity=1"}};
    CHECK(run(command).out == std::string("main\n") + status + "\n");
  }
  Command command;
  command.arguments = {"/bin/sh", "-c", "{ (ulimit -f 0 && exec \"$0\" main leak 2>&1); } | cat", program_path("process_ends")};
  CHECK(contains(run(command).out, "gordian: cannot write the snapshot: File too large;"));
}

TEST_CASE("a program that has lowered what its stack may be gets its report") {
  if (is_emulated()) {
    WARN("skipped under an emulator: /bin/sh is a program of the machine's own");
    return;
  }
  for (const auto& [what, status] : {std::pair("leak", 23), std::pair("clean", 0)}) {
    INFO(what);
    Command command;
    command.arguments = {"/bin/sh", "-c", "ulimit -S -s 64 && exec \"$0\" main \"$1\"", program_path("process_ends"), what};
    command.environment = {{"GORDIAN_OPTIONS", "abort=1"}};
    const Outcome outcome = run(command);
    CHECK(outcome.status == status);
    CHECK(count_of(outcome.err, kFound) == (status == 0 ? 0 : 1));
  }
}

TEST_CASE("a program whose standard error nobody reads any more is not ended by what gordian writes") {
  for (const Way way : kChecked) {
    INFO(name_of(way));
    ScratchDirectory scratch;
    const std::string options = "abort=1:verbosity=1:json=" + (scratch / "r.json").string();
    const Outcome leak = run_program_by(way, "process_unread", {"leak"}, options);
    CHECK(leak.status == 24);  // the text could not be written
    CHECK(leak.out == "to the end\n");
    CHECK(nlohmann::json::parse(file_text(scratch / "r.json"))["summary"]["cycles"] == 1);
    const Outcome clean = run_program_by(way, "process_unread", {"clean"}, options);
    CHECK(clean.status == 0);
    CHECK(clean.out == "to the end\n");
    CHECK(nlohmann::json::parse(file_text(scratch / "r.json"))["summary"]["cycles"] == 0);
  }
}

TEST_CASE("a thread that uses globals does not run on behind main() while the report is made") {
  if (skipped_under_emulator()) return;
  ScratchDirectory scratch;
  const auto tool = scratch / "tool";
  write_tool(tool, "sleep 0.6; exec " GORDIAN_TOOL " \"$@\"");
  const std::string options = "abort=1:tool=" + tool.string() + ":json=" + (scratch / "r.json").string();
  for (const auto& [what, status] : {std::pair("leak", 23), std::pair("clean", 0)}) {
    INFO(what);
    const Outcome outcome = run_program_by(Way::linked, "process_beside_threads", {"uses", what}, options);
    CHECK(outcome.status == status);
    CHECK(outcome.out == "main\n");
  }
}

TEST_CASE("a thread that has to read what the tool writes does so") {
  if (skipped_under_emulator()) return;
  ScratchDirectory scratch;
  const auto tool = scratch / "tool";
  write_tool(tool, "head -c 200000 /dev/zero >&2; exec " GORDIAN_TOOL " \"$@\"");  // more than goes into a pipe
  const Outcome outcome =
      run_program_by(Way::linked, "process_beside_threads", {"reads", "leak"}, "abort=1:tool=" + tool.string());
  CHECK(outcome.status == 23);
  CHECK(outcome.out == "main\n");
}

TEST_CASE("under a fixed name a child writes beside its parent, and only what it has found") {
  if (skipped_under_emulator()) return;
  Reports leak;
  CHECK(leak.run_and_read({"fork", "leak"}, "r.json").out == "child 23\n");
  CHECK(leak.objects() == std::vector<int>{1, 2});
  CHECK(leak.by_name["r.json"] == 1);
  Reports clean;
  CHECK(clean.run_and_read({"fork", "clean"}, "r.json").out == "child 0\n");
  CHECK(clean.objects() == std::vector<int>{0});
  CHECK(clean.has("r.json"));
  CHECK(clean.run_and_read({"fork", "clean"}, "r.json").status == 0);  // the next run's is in its place
  CHECK(clean.objects() == std::vector<int>{0});
}

TEST_CASE("a child that leaks beside its parent's reports writes none that nobody has asked for") {
  if (skipped_under_emulator()) return;
  for (const auto& [what, status] : {std::pair("leak", 23), std::pair("clean", 0)}) {
    INFO(what);
    ScratchDirectory reports;
    ScratchDirectory here;
    Command command;
    command.directory = (here / "").string();
    command.arguments = {program_path("process_reports"), "fork", what};
    command.environment = {{"GORDIAN_OPTIONS", "abort=1:json=" + (reports / "r.json").string()}};
    CHECK(run(command).status == status);
    CHECK(std::filesystem::is_empty(here / ""));
  }
}

TEST_CASE("a daemon writes the report that was named") {
  if (skipped_under_emulator()) return;
  // Its parent ends at once, so it is waited for by the pipe that it holds until it ends.
  ScratchDirectory scratch;
  for (const auto& [what, objects] : {std::pair("leak", 1), std::pair("clean", 0)}) {
    INFO(what);
    const std::string path = (scratch / "r.json").string();
    Command command;
    command.arguments = {"/bin/sh", "-c", "\"$0\" daemon \"$1\" 2>&1 | cat", program_path("process_reports"),
                         what};
    command.environment = {{"GORDIAN_OPTIONS", "abort=1:json=" + path}};
    const Outcome outcome = run(command);
    CHECK(contains(outcome.out, kFound) == (objects == 1));
    CHECK(nlohmann::json::parse(file_text(path))["summary"]["objects_in_cycles"] == objects);
    std::filesystem::remove(path);
  }
}

TEST_CASE("processes of one id have reports of their own, in a merge as well") {
  if (skipped_under_emulator()) return;
  Reports again;
  CHECK(again.run_and_read({"3", "leak"}, "r-%p.json").status == 23);
  CHECK(again.objects() == std::vector<int>{0, 0, 0, 1});
  CHECK(again.merged_objects() == 1);
  Reports clean;
  CHECK(clean.run_and_read({"3", "clean"}, "r-%p.json").status == 0);
  CHECK(clean.objects() == std::vector<int>{0, 0, 0, 0});

  Reports namespaces;
  const Outcome outcome = namespaces.run_and_read({"namespaces", "leak"}, "r-%p.json");
  if (outcome.status == 77) {
    WARN("left out: this system allows no namespace of process ids");
    return;
  }
  CHECK(outcome.out == "child 23\nchild 23\nchild 23\n");
  CHECK(namespaces.objects() == std::vector<int>{1, 2, 2, 2});
  for (const char* name : {"r-1.json", "r-1-2.json", "r-1-3.json"}) CHECK(namespaces.has(name));
  CHECK(namespaces.merged_objects() == 7);
}

TEST_CASE("the tool is not the first process of a namespace that the program has made for its own") {
  if (skipped_under_emulator()) return;
  for (const Way way : {Way::plain, Way::linked}) {
    const Outcome outcome = run_program_by(way, "process_reports", {"namespace to come", "leak"}, "abort=1");
    if (outcome.status == 77) {
      WARN("left out: this system allows no namespace of process ids");
      return;
    }
    CHECK(outcome.out == "child 1\n");
    CHECK(outcome.status == (way == Way::plain ? 0 : 24));
    CHECK(contains(outcome.err, "it would be the first process of the namespace") == (way == Way::linked));
  }
  CHECK(run_program_by(Way::linked, "process_reports", {"namespace to come", "clean"}, "abort=1").out == "child 1\n");
}

TEST_CASE("where /proc knows a process's threads by other ids, all that they could hold is owned, and no time is lost") {
  if (skipped_under_emulator()) return;
  for (const Way way : {Way::plain, Way::linked, Way::run}) {
    for (const std::string what : {"leak", "clean"}) {
      INFO(what);
      const Outcome outcome = run_program_by(way, "process_reports", {"outer /proc", what});
      if (outcome.status == 77) {
        WARN("left out: this system allows no namespace of process ids");
        return;
      }
      const bool found = what == "leak" && way != Way::plain;
      CHECK(outcome.out == (found ? "child 23\n" : "child 0\n"));
      CHECK(outcome.status == 0);
      CHECK(contains(outcome.err, "1 thread could not be paused") == found);
    }
  }
}

TEST_CASE("a process that locks its memory has that in memory, and not gordian's tables") {
  if (skipped_under_emulator()) return;
  for (const char* how :
       {"all", "what is there", "when it is used", "within a limit", "twice within a limit"}) {
    if (contains(run_program_by(Way::plain, "process_locks", {how, "clean"}).out, "-1 ")) {
      WARN(how << ": left out: this system locks no memory");
    } else {
      check_end(how, "process_locks");
    }
  }
}

TEST_CASE("what a thread closes while the tool runs is closed, whether exec would close it or not") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"close", "close inherited", "close filtered"}) check_descriptors(how);
}

TEST_CASE("what a killed process had open is closed while its tool runs on") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"kill", "kill filtered"}) check_descriptors(how);
}

TEST_CASE("a descriptor that a report is named by reaches the tool") {
  for (const std::string name : {"/dev/fd/9", "/proc/self/fd/9"}) {
    for (const auto& [program, cycles] : {std::pair("ring", 1), std::pair("chain", 0)}) {
      INFO(program << ", " << name);
      ScratchDirectory scratch;
      Command command;
      command.arguments = {"/bin/sh", "-c", "exec \"$0\" 9>\"$1\"", program_path(program), (scratch / "r.json").string()};
      command.environment = {{"GORDIAN_OPTIONS", "abort=1:json=" + name}};
      CHECK(run(command).status == (cycles != 0 ? 23 : 0));
      CHECK(nlohmann::json::parse(file_text(scratch / "r.json"))["summary"]["cycles"] == cycles);
    }
  }
}

TEST_CASE("a file that has got the number of one of gordian's is neither read, written nor closed") {
  if (skipped_under_emulator()) return;
  check_descriptors("close all");
}

TEST_CASE("a child that is forked while the tool runs has no file of gordian's") {
  if (skipped_under_emulator()) return;
  for (const char* how : {"fork", "raw"}) check_descriptors(how);
}
