// test_faults.cpp - what is bad or missing costs the report, never the program's own output,
// and is never silent: one line on stderr, and a status of its own.
#include <algorithm>
#include <fstream>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

// Runs the leaking ring with options that something is wrong with: `named` must be in the message.
void check_cannot_tell(const std::string& options, const std::string& named) {
  INFO("GORDIAN_OPTIONS=" << options);
  const Outcome outcome = run_program("ring", options);
  INFO(outcome.err);
  CHECK(outcome.status == 24);
  CHECK(outcome.out == "alive alive alive\n");
  CHECK(is_one_line(outcome.err));
  CHECK(contains(outcome.err, named));
}

// As above, but the report itself is there too, for only a copy of it is lost.
void check_lost_copy(const std::string& options, const std::string& named) {
  INFO("GORDIAN_OPTIONS=" << options);
  const Outcome outcome = run_program("ring", options);
  INFO(outcome.err);
  CHECK(outcome.status == 24);
  CHECK(outcome.out == "alive alive alive\n");
  CHECK(contains(outcome.err, named));
}

}  // namespace

TEST_CASE("a tool that is not there is named") {
  check_cannot_tell("tool=/nonexistent/gordian", "/nonexistent/gordian");
}

TEST_CASE("a tool that is killed, fails or says nonsense is reported") {
  ScratchDirectory scratch;
  const auto tool = scratch / "tool";
  for (const std::string body : {"kill -KILL $$", "exit 77"}) {
    write_tool(tool, body);
    INFO(body);
    const Outcome outcome = run_program("ring", "tool=" + tool.string());
    CHECK(outcome.status == 24);
    CHECK(outcome.out == "alive alive alive\n");
    CHECK(is_one_line(outcome.err));
  }
}

TEST_CASE("a snapshot that cannot be written is reported") {
  check_cannot_tell("snapshot=/nonexistent/run.gsnap", "/nonexistent/run.gsnap");
  check_cannot_tell("snapshot=/dev/full", "/dev/full");
  check_cannot_tell("snapshot=/", "/");
}

TEST_CASE("a report that cannot be written is reported") {
  check_lost_copy("json=/nonexistent/r.json", "/nonexistent/r.json");
  check_lost_copy("json=/dev/full", "/dev/full");
  check_cannot_tell("text=/nonexistent/r.txt", "/nonexistent/r.txt");
  check_cannot_tell("text=/dev/full", "/dev/full");
}

TEST_CASE("an option that is not understood is named") {
  check_cannot_tell("nonsense=1", "nonsense");
  check_cannot_tell("exitcode=many", "exitcode");
  check_cannot_tell("exitcode=256", "exitcode");
  check_cannot_tell("exitcode=-1", "exitcode");
  check_cannot_tell("exitcode", "exitcode");
  check_cannot_tell("fail_on=everything", "fail_on");
  check_cannot_tell("check_at_exit=2", "check_at_exit");
}

TEST_CASE("a mistyped option is no reason to pass a healthy program unchecked") {
  const Outcome outcome = run_program("chain", "nonsense=1");
  CHECK(outcome.status == 24);
  CHECK(outcome.out == "dead dead dead\n");
  CHECK(is_one_line(outcome.err));
}

TEST_CASE("the program's own failure outranks ours") {
  const Outcome outcome = run_program("own_status", "tool=/nonexistent");
  CHECK(outcome.status == 7);
  CHECK(is_one_line(outcome.err));
}

TEST_CASE("a program without stderr keeps its output and the status") {
  Command command;
  command.arguments = {"/bin/sh", "-c", "exec \"$0\" 2>&-", program_path("ring")};
  const Outcome outcome = run(command);
  CHECK(outcome.status == 23);
  CHECK(outcome.out == "alive alive alive\n");
}

TEST_CASE("gordian report names a snapshot that is missing, empty or something else") {
  ScratchDirectory scratch;
  const std::string empty = (scratch / "empty").string();
  std::ofstream(empty).flush();
  const std::string other = (scratch / "other").string();
  std::ofstream(other) << std::string(100000, 'x');
  for (const std::string& path : {std::string("/nonexistent/s.gsnap"), empty, other, std::string("/")}) {
    const Outcome outcome = run_tool({"report", path});
    INFO(path << ": " << outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(is_one_line(outcome.err));
    CHECK(contains(outcome.err, path));
  }
}

TEST_CASE("a snapshot cut short or damaged at any place is refused") {
  ScratchDirectory scratch;
  const auto kept = scratch / "kept.gsnap";
  REQUIRE(run_program("ring", "snapshot=" + kept.string()).status == 23);
  const std::string whole = file_text(kept);
  REQUIRE(whole.size() > 1000);

  const auto damaged = scratch / "damaged.gsnap";
  const auto check_refused = [&](const std::string& bytes) {
    std::ofstream(damaged, std::ios::binary | std::ios::trunc) << bytes;
    const Outcome outcome = run_tool({"report", damaged.string()});
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(is_one_line(outcome.err));
    CHECK(contains(outcome.err, "damaged.gsnap"));
  };
  for (std::size_t i = 0; i < 40; ++i) {
    INFO("cut at part " << i << " of 40");
    check_refused(whole.substr(0, whole.size() * i / 40));
  }
  for (std::size_t i = 0; i < 40; ++i) {
    const std::size_t at = whole.size() * i / 40;
    INFO("byte " << at << " changed");
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
    check_refused(bytes);
  }
}

TEST_CASE("a program whose malloc is its own is not called clean") {
  const Outcome outcome = run_program("own_malloc.linked", "");
  INFO(outcome.err);
  CHECK(outcome.status == 24);
  CHECK(is_one_line(outcome.err));
  CHECK(contains(outcome.err, "malloc is that of"));
}

TEST_CASE("gordian says how it is used when called wrongly") {
  const Outcome outcome = run_tool({"report", "--nonsense"});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, "--nonsense"));
}
