// test_run.cpp - `gordian run` on programs that know nothing of gordian.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"
#include "tool/program/elf/machine.h"

using namespace gordian::e2e;

namespace {

// An installed gordian of the tests' own: LD_PRELOAD takes no path with a space in it, and the
// build tree may have one. It has no libgordian.so, which is for linking only.
class Installed {
 public:
  Installed() {
    std::filesystem::create_directories(scratch_ / "bin");
    std::filesystem::create_directories(scratch_ / "lib");
    std::filesystem::copy_file(GORDIAN_TOOL, tool());
    std::filesystem::copy_file(GORDIAN_RUNTIME, scratch_ / "lib/libgordian.so.0");
  }
  std::string tool() const { return (scratch_ / "bin/gordian").string(); }

 private:
  ScratchDirectory scratch_;
};

const Installed& installed() {
  static const Installed gordian;
  return gordian;
}

using Words = std::vector<std::string>;

Words run_words(Words words) {
  words.insert(words.begin(), {installed().tool(), "run"});
  return words;
}

// gordian run WORDS
Outcome gordian_run(const Words& words, const std::map<std::string, std::string>& environment = {}) {
  Command command;
  command.arguments = run_words(words);
  command.environment = environment;
  return run(command);
}

Outcome plain_run(const Words& words, const std::map<std::string, std::string>& environment = {}) {
  Command command;
  command.arguments = words;
  command.environment = environment;
  return run(command);
}

// gordian run OPTIONS -- /bin/sh -c TEXT PROGRAM, where TEXT says "$0" for the program.
Outcome shell_run(Words options, const std::string& text, const std::string& program = "ring.bare") {
  options.insert(options.end(), {"--", "/bin/sh", "-c", text, program_path(program)});
  return gordian_run(options);
}

void check_refused(const Words& words, int status, const std::string& named,
                   const std::map<std::string, std::string>& environment = {}) {
  const Outcome outcome = gordian_run(words, environment);
  INFO(words.back() << ": " << outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.rfind("gordian: ", 0) == 0);
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  CHECK(contains(outcome.err, named));
}

// True, and says so, where a script or a shell is started that is no program of the machine gordian is built
// for.
bool is_without_own_shell() {
  if (is_emulated()) WARN("skipped under an emulator: /bin/sh is a program of the machine's own");
  return is_emulated();
}

}  // namespace

TEST_CASE("a ring in a program that was built without gordian is found, with its members") {
  for (const char* program : {"ring.bare", "ring.bare-clang++"}) {
    const Outcome outcome = gordian_run({"--", program_path(program)});
    INFO(outcome.err);
    CHECK(outcome.status == 23);
    CHECK(outcome.out == "alive alive alive\n");
    for (const char* member : {"Obj::a", "Obj::b", "Obj::c"}) CHECK(contains(outcome.err, member));
  }
}

TEST_CASE("a chain in a program that was built without gordian is not reported") {
  for (const char* program : {"chain.bare", "chain.bare-clang++"}) {
    const Outcome outcome = gordian_run({program_path(program)});
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "dead dead dead\n");
    CHECK(outcome.err.empty());
  }
}

TEST_CASE("the program's own status is kept, and the report is printed all the same") {
  const Outcome outcome = gordian_run({program_path("own_status.bare")});
  CHECK(outcome.status == 7);
  CHECK(contains(outcome.err, "Obj::self"));
}

TEST_CASE("options are followed, and go before those of GORDIAN_OPTIONS") {
  const std::string ring = program_path("ring.bare");
  CHECK(gordian_run({"--exitcode", "9", ring}).status == 9);
  CHECK(gordian_run({"--exitcode=9", ring}, {{"GORDIAN_OPTIONS", "exitcode=8"}}).status == 9);
  CHECK(gordian_run({"--depth=9", ring}, {{"GORDIAN_OPTIONS", "exitcode=8"}}).status == 8);
  CHECK(gordian_run({"--no-check-at-exit", ring}).status == 0);
  CHECK(gordian_run({"--error-exitcode=9", "--tool=/nonexistent", ring}).status == 9);
}

TEST_CASE("arguments reach the program as they were given") {
  const Words words = {"--exitcode", "", "[a,b]", "--", "-x", "a b", "--json=%p", "{}"};
  Words command = {"/usr/bin/printf", "<%s>"};
  command.insert(command.end(), words.begin(), words.end());
  const std::string expected = "<--exitcode><><[a,b]><--><-x><a b><--json=%p><{}>";
  CHECK(gordian_run(command).out == expected);
  command.insert(command.begin(), "--");
  CHECK(gordian_run(command).out == expected);
}

TEST_CASE("a program is found by PATH") {
  const auto directory = std::filesystem::path(program_path("ring.bare")).parent_path().string();
  CHECK(gordian_run({"ring.bare"}, {{"PATH", "/nonexistent:" + directory}}).status == 23);
}

TEST_CASE("standard input reaches the program") {
  Command command;
  command.arguments = {"/bin/sh", "-c", "printf 'one\\ntwo\\n' | \"$0\" run -- /bin/cat", installed().tool()};
  CHECK(run(command).out == "one\ntwo\n");
}

TEST_CASE("the program is the very process that was started") {
  if (is_without_own_shell()) return;
  Command command;
  command.arguments = {"/bin/sh", "-c", "echo $$; exec \"$0\" run -- /bin/sh -c 'echo $$'",
                       installed().tool()};
  const std::string out = run(command).out;
  REQUIRE(std::count(out.begin(), out.end(), '\n') == 2);
  CHECK(out.substr(0, out.size() / 2) == out.substr(out.size() / 2));
}

TEST_CASE("a program may have closed any of its standard streams: its reports and snapshot are whole") {
  for (const char* closed : {"", "0", "1", "2", "01", "02", "12", "012"}) {
    ScratchDirectory scratch;
    const auto path = [&](const char* name) { return (scratch / name).string(); };
    INFO("closed: " << closed);
    const Words program = {program_path("closed_streams.bare"), closed};
    const auto run_with = [&](Words options) {
      options.insert(options.end(), program.begin(), program.end());
      return gordian_run(options);
    };
    const Outcome outcome = run_with({"--json=" + path("j"), "--snapshot=" + path("s")});
    CHECK(outcome.status == 23);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, "Obj::self") == (std::string(closed).find('2') == std::string::npos));
    CHECK(nlohmann::json::parse(file_text(path("j")))["summary"]["cycles"] == 1);
    CHECK(run_tool({"report", path("s")}).status == 1);
    CHECK(run_with({"--text=" + path("t")}).status == 23);
    CHECK(contains(file_text(path("t")), "Obj::self"));
  }
}

TEST_CASE("a signal from outside reaches the program, which may handle it") {
  if (is_without_own_shell()) return;
  ScratchDirectory scratch;
  for (const char* signal : {"TERM", "INT"}) {
    Command command;
    command.directory = (scratch / "").string();
    // An interactive shell's job would not ignore SIGINT; one in the background of a script does.
    const std::string program =
        "trap \"echo caught; exit 9\" TERM INT; echo ready >ready; while :; do sleep 0.02; done";
    command.arguments = {"/bin/bash", "-c",
                         "set -m; rm -f ready; mkfifo ready\n"
                         "\"$0\" run -- /bin/bash -c '" +
                             program +
                             "' &\n"
                             "read -r line <ready; kill -" +
                             signal + " $!; wait $!; echo $?",
                         installed().tool()};
    const Outcome outcome = run(command);
    INFO(signal << ": " << outcome.err);
    CHECK(outcome.out == "caught\n9\n");
  }
}

TEST_CASE("a program that a signal ends is ended by it under gordian run too") {
  if (is_without_own_shell()) return;
  for (const char* text : {"kill -TERM $$", "kill -KILL $$", "kill -SEGV $$"}) {
    const Outcome outcome = shell_run({}, text);
    CHECK(outcome.status == plain_run({"/bin/sh", "-c", text}).status);
    CHECK(outcome.err.empty());
  }
}

TEST_CASE("the program sees the environment that it has without gordian run") {
  if (is_without_own_shell()) return;
  using Environment = std::map<std::string, std::string>;
  for (const Environment& environment :
       {Environment{}, Environment{{"LD_PRELOAD", ""}}, Environment{{"LD_PRELOAD", "libm.so.6"}},
        Environment{{"LD_PRELOAD", "libm.so.6:libdl.so.2"}, {"GORDIAN_OPTIONS", "depth=8"}}}) {
    const Outcome plain = plain_run({"/usr/bin/env", "-0"}, environment);
    const Outcome under = gordian_run({"--depth=9", "/usr/bin/env", "-0"}, environment);
    CHECK(under.out == plain.out);
    CHECK(under.status == 0);
    CHECK(under.err.empty());
    const Outcome nested =
        gordian_run({"--follow", installed().tool(), "run", "/usr/bin/env", "-0"}, environment);
    CHECK(nested.out == plain.out);
  }
}

TEST_CASE("a library that the user preloads is loaded, and its own children get it") {
  if (is_without_own_shell()) return;
  const Outcome outcome =
      gordian_run({"/bin/sh", "-c", "grep -c -m 1 libm /proc/self/maps; :"}, {{"LD_PRELOAD", "libm.so.6"}});
  CHECK(outcome.out == "1\n");
}

TEST_CASE("what the program starts is not checked unless it is asked for") {
  if (is_without_own_shell()) return;
  const std::string text = "\"$0\"; echo $?";
  Outcome outcome = shell_run({}, text);
  CHECK(outcome.out == "alive alive alive\n0\n");
  CHECK(outcome.err.empty());
  CHECK(outcome.status == 0);
  outcome = shell_run({"--follow"}, text);
  CHECK(outcome.out == "alive alive alive\n23\n");
  CHECK(contains(outcome.err, "Obj::a"));
  CHECK(outcome.status == 0);
}

TEST_CASE("a static program that a followed one starts runs as without gordian") {
  if (is_without_own_shell()) return;
  for (const char* program : {"chain.bare-static", "chain.bare-static-pie"}) {
    const Outcome outcome = shell_run({"--follow"}, "\"$0\"; echo $?", program);
    CHECK(outcome.out == "dead dead dead\n0\n");
    CHECK(outcome.err.empty());
    CHECK(outcome.status == 0);
  }
  const Outcome without_libc = shell_run({"--follow"}, "\"$0\"; echo $?", "no_libc.bare");
  CHECK(without_libc.out == "no libc\n5\n");
  CHECK(without_libc.err.empty());
  CHECK(without_libc.status == 0);
}

TEST_CASE("--follow=GLOB checks what it matches, also behind what it does not match") {
  if (is_without_own_shell()) return;
  const std::string text = "/bin/sh -c '\"$0\"; echo $?' \"$0\"; echo $?";
  const std::string found = "alive alive alive\n23\n0\n";
  const std::string silent = "alive alive alive\n0\n0\n";
  CHECK(shell_run({"--follow=ring*"}, text).out == found);
  CHECK(shell_run({"--follow=*/bin/ring.b?re"}, text).out == found);
  CHECK(shell_run({"--follow=chain*"}, text).out == silent);
  CHECK(shell_run({"--follow=*/lib/ring.bare"}, text).out == silent);
}

TEST_CASE("the program of the command line is checked whatever --follow says, what it becomes is not") {
  if (is_without_own_shell()) return;
  CHECK(gordian_run({"--follow=chain*", program_path("ring.bare")}).status == 23);
  CHECK(shell_run({"--follow=chain*"}, "exec \"$0\"").status == 0);
  CHECK(shell_run({"--follow=ring*"}, "exec \"$0\"").status == 23);
}

TEST_CASE("a gordian run within a followed one has its own way") {
  if (is_without_own_shell()) return;
  CHECK(shell_run({"--follow", "--exitcode=9"}, "'" + installed().tool() + "' run \"$0\"; exit $?").status ==
        23);
  const Outcome outcome =
      shell_run({"--follow"}, "'" + installed().tool() + "' run -- /bin/sh -c '\"$0\"; echo $?' \"$0\"");
  CHECK(outcome.out == "alive alive alive\n0\n");
}

TEST_CASE("report paths are those of where gordian run was started, whoever writes the report") {
  if (is_without_own_shell()) return;
  ScratchDirectory scratch;
  Command command;
  command.directory = (scratch / "").string();
  const Words words = {"--follow=ring*",  "--json=a:b-%p.json",     "--", "/bin/bash", "-c",
                       "cd /; \"$0\"; :", program_path("ring.bare")};
  command.arguments = run_words(words);
  CHECK(run(command).status == 0);
  std::vector<std::string> findings;
  for (const auto& entry : std::filesystem::directory_iterator(scratch / "")) {
    CHECK(entry.path().filename().string().rfind("a:b-", 0) == 0);
    findings.push_back(nlohmann::json::parse(file_text(entry.path()))["summary"]["cycles"].dump());
  }
  std::sort(findings.begin(), findings.end());
  CHECK(findings == std::vector<std::string>{"0", "1"});  // the shell's and the ring's (dash ends with _exit)
}

TEST_CASE("with --follow a report that all processes would write is refused") {
  const std::string ring = program_path("ring.bare");
  for (const char* option : {"--json", "--text", "--snapshot"}) {
    check_refused({"--follow", option, "/tmp/report", ring}, 2, "%p");
  }
  CHECK(gordian_run({"--follow", "--text=/dev/stderr", ring}).status == 23);
}

TEST_CASE("the tool that reports gets nothing that was meant for the program") {
  ScratchDirectory scratch;
  const auto tool = scratch / "tool";
  std::ofstream(tool) << "#!/bin/sh\nenv >&2\nexit 1\n";
  std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
  const Outcome outcome = gordian_run({"--follow", "--tool=" + tool.string(), program_path("ring.bare")},
                                      {{"GORDIAN_OPTIONS", "depth=8"}});
  CHECK(outcome.status == 23);
  CHECK(contains(outcome.err, "PATH="));
  for (const char* name : {"GORDIAN_OPTIONS", "GORDIAN_RUN", "GORDIAN_FOLLOW", "LD_PRELOAD"}) {
    CHECK_FALSE(contains(outcome.err, name));
  }
}

TEST_CASE("a program that is linked with gordian is checked and reported once") {
  const Outcome outcome = gordian_run({program_path("ring")});
  CHECK(outcome.status == 23);
  CHECK(count_of(outcome.err, "gordian: 1 cycle keeps 3 objects") == 1);
  CHECK(gordian_run({program_path("chain")}).status == 0);
  CHECK(gordian_run({"--exitcode=9", program_path("default_options")}).status == 9);
}

TEST_CASE("what cannot be started is told as a shell tells it") {
  ScratchDirectory scratch;
  check_refused({"no-such-program"}, 127, "no-such-program");
  check_refused({"./no-such-program"}, 127, "./no-such-program");
  check_refused({""}, 127, "PROGRAM is empty");
  check_refused({"/tmp"}, 126, "/tmp is a directory");
  std::ofstream(scratch / "text") << "text";
  check_refused({(scratch / "text").string()}, 126, "not executable");
}

TEST_CASE("a message quotes a name without the control characters in it") {
  check_refused({"./\x1b[31mred\r"}, 127, "./\\x1b[31mred\\x0d");
  check_refused({"--depth=\x07", program_path("ring.bare")}, 2, "'\\x07' is no whole number");
}

TEST_CASE("a program that gordian cannot watch is refused, with the reason") {
  check_refused({program_path("chain.bare-static")}, 2, "statically");
  check_refused({program_path("chain.bare-static-pie")}, 2, "statically");
  check_refused({program_path("no_libc.bare")}, 2, "statically");
  check_refused({program_path("own_malloc.bare")}, 2, "defines malloc");
  check_refused({program_path("chain.bare-address-g++")}, 2, "AddressSanitizer");
  for (const std::string compiler : {"g++", "clang++"}) {
    check_refused({program_path("chain.bare-thread-" + compiler)}, 2, "ThreadSanitizer");
    check_refused({program_path("chain.bare-leak-" + compiler)}, 2, "LeakSanitizer");
  }
}

TEST_CASE("a program whose loader is missing is told, not started") {
  if (is_emulated()) {
    WARN("skipped under an emulator: it looks for the loader itself, and exec() succeeds");
    return;
  }
  ScratchDirectory scratch;
  const std::string loader(gordian::own_machine().loader);
  std::string bytes = file_text(program_path("chain.bare"));
  const std::size_t at = bytes.find(loader);
  REQUIRE(at != std::string::npos);
  bytes.replace(at, 4, "/li0");
  std::ofstream(scratch / "program", std::ios::binary) << bytes;
  std::filesystem::permissions(scratch / "program", std::filesystem::perms::owner_all);
  check_refused({(scratch / "program").string()}, 126, "that is its loader");
}

TEST_CASE("a script is refused with the command that works") {
  if (is_without_own_shell()) return;
  ScratchDirectory scratch;
  const std::string script = (scratch / "run me.sh").string();
  std::ofstream(script) << "#!/bin/sh -e\necho \"$1\"\nexec '" << program_path("ring.bare") << "'\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  check_refused({"--exitcode=9", "--follow", script, "a b"}, 2, "is a script");

  const std::string said = gordian_run({"--exitcode=9", "--follow", script, "a b"}).err;
  const std::size_t at = said.find("gordian run ");
  REQUIRE(at != std::string::npos);
  Command command;
  const auto directory = std::filesystem::path(installed().tool()).parent_path().string();
  command.environment = {{"PATH", directory + ":/usr/bin:/bin"}};
  command.arguments = {"/bin/sh", "-c", said.substr(at)};
  const Outcome outcome = run(command);
  CHECK(outcome.out == "a b\nalive alive alive\n");
  CHECK(outcome.status == 9);
}

TEST_CASE("a library that is missing, or that LD_PRELOAD cannot name, is told") {
  ScratchDirectory scratch;
  const auto start = [&](const std::string& prefix, bool library) {
    std::filesystem::create_directories(scratch / (prefix + "/bin"));
    std::filesystem::create_directories(scratch / (prefix + "/lib"));
    std::filesystem::copy_file(GORDIAN_TOOL, scratch / (prefix + "/bin/gordian"));
    if (library) std::filesystem::copy_file(GORDIAN_RUNTIME, scratch / (prefix + "/lib/libgordian.so.0"));
    return plain_run({(scratch / (prefix + "/bin/gordian")).string(), "run", program_path("ring.bare")});
  };
  const Outcome missing = start("without", false);
  CHECK(missing.status == 2);
  CHECK(contains(missing.err, "libgordian.so.0 is not there"));
  const Outcome spaced = start("with space", true);
  CHECK(spaced.status == 2);
  CHECK(contains(spaced.err, "LD_PRELOAD takes no path with a space"));
}
