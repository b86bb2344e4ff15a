// test_files.cpp - what gordian writes is private, and lies where it was told to: not behind a link, nor in a
// file or a FIFO, that somebody else has put at that place.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

using std::filesystem::path;

constexpr unsigned kNobody = 65534;
const std::vector<std::string> kFormats = {"json", "sarif", "junit", "markdown", "html", "text", "github"};

unsigned mode_of(const path& file) {
  struct stat status {};
  REQUIRE(::lstat(file.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

bool is_plain_file(const path& file) {
  return std::filesystem::is_regular_file(std::filesystem::symlink_status(file)) &&
         std::filesystem::hard_link_count(file) == 1;
}

std::size_t files_in(const path& directory) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
}

// A directory that everybody may write, as /tmp is, and beside it a file that nobody shall touch.
class OpenDirectory {
 public:
  OpenDirectory() {
    std::filesystem::create_directory(directory());
    REQUIRE(::chmod(directory().c_str(), 01777) == 0);
    std::ofstream(precious()) << "precious";
    REQUIRE(::chmod(precious().c_str(), 0644) == 0);
  }
  path directory() const { return scratch_ / "open"; }
  path precious() const { return scratch_ / "precious"; }
  path at(const std::string& name) const { return directory() / name; }

  void check_untouched() const {
    CHECK(file_text(precious()) == "precious");
    CHECK(mode_of(precious()) != 0600);
  }

 private:
  ScratchDirectory scratch_;
};

using Plant = void (*)(const OpenDirectory& open, const path& place);

void plant_link(const OpenDirectory& open, const path& place) {
  std::filesystem::create_symlink(open.precious(), place);
}
void plant_dangling_link(const OpenDirectory& open, const path& place) {
  std::filesystem::create_symlink(open.directory() / ".." / "made", place);
}
void plant_hard_link(const OpenDirectory& open, const path& place) {
  std::filesystem::create_hard_link(open.precious(), place);
}
void plant_file(const OpenDirectory&, const path& place) {
  std::ofstream(place) << std::string(100000, 'x');
  REQUIRE(::chmod(place.c_str(), 0666) == 0);
}
void plant_nothing(const OpenDirectory&, const path&) {}

// Every report of the ring, each at its format's name in `open`.
std::string options_for(const OpenDirectory& open) {
  std::string options;
  for (const std::string& format : kFormats) options += format + "=" + open.at(format).string() + ":";
  return options;
}

void check_reports(const OpenDirectory& open) {
  for (const std::string& format : kFormats) {
    INFO(format);
    CHECK(mode_of(open.at(format)) == 0600);
    CHECK(is_plain_file(open.at(format)));
    CHECK(contains(file_text(open.at(format)), "Obj"));
  }
  CHECK(files_in(open.directory()) == kFormats.size());
  CHECK_FALSE(std::filesystem::exists(open.directory() / ".." / "made"));
}

// The kernel has the emulator's file there, not the program's.
bool has_exe_of_emulator() {
  if (!is_emulated()) return false;
  WARN("skipped under an emulator: /proc/PID/exe is the emulator's");
  return true;
}

// replaced_stderr with `what` at descriptor 2, and `path` as its file.
Outcome run_with_stderr(const std::string& what, const path& file, bool linked, const std::string& options) {
  std::filesystem::remove(file);
  Command command;
  command.environment = {{"GORDIAN_OPTIONS", options}};
  if (!linked) command.arguments = {GORDIAN_TOOL, "run", "--"};
  for (const std::string& word : {program_path(linked ? "replaced_stderr" : "replaced_stderr.bare"), what, file.string()})
    command.arguments.push_back(word);
  return run(command);
}

}  // namespace

TEST_CASE("each report is a private file of its own, whatever was planted at its place") {
  for (const Plant plant : {plant_nothing, plant_link, plant_dangling_link, plant_hard_link, plant_file}) {
    const OpenDirectory open;
    for (const std::string& format : kFormats) plant(open, open.at(format));
    CHECK(run_program("ring", options_for(open)).status == 23);
    check_reports(open);
    open.check_untouched();
  }
}

TEST_CASE("what gordian merge and diff write is private and lies in no link") {
  const OpenDirectory open;
  const std::string report = (open.directory() / ".." / "r.json").string();
  CHECK(run_program("ring", "json=" + report).status == 23);
  for (const Plant plant : {plant_link, plant_hard_link}) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"merge", report, "--json"},
                                                  {"merge", report, "--junit"},
                                                  {"merge", report, "--html"},
                                                  {"merge", report, "--sarif"},
                                                  {"merge", report, "--markdown"},
                                                  {"diff", report, report, "--json"}}) {
      const path place = open.at("out");
      std::filesystem::remove(place);
      plant(open, place);
      std::vector<std::string> all = words;
      all.push_back(place.string());
      const Outcome outcome = run_tool(all);
      INFO(words.front() << " " << words.back() << ": " << outcome.err);
      CHECK(outcome.status == 0);
      CHECK(mode_of(place) == 0600);
      CHECK(is_plain_file(place));
      open.check_untouched();
    }
  }
}

TEST_CASE("a snapshot that is kept is a new private file, by nobody else's name or link") {
  for (const Plant plant : {plant_nothing, plant_hard_link, plant_file}) {
    const OpenDirectory open;
    const path place = open.at("s.gsnap");
    plant(open, place);
    const int opened_before = ::open(place.c_str(), O_RDONLY | O_CLOEXEC);
    const Outcome outcome = run_program("ring", "snapshot=" + place.string());
    INFO(outcome.err);
    CHECK(outcome.status == 23);
    CHECK(mode_of(place) == 0600);
    CHECK(is_plain_file(place));
    CHECK(files_in(open.directory()) == 1);
    open.check_untouched();
    CHECK(run_tool({"report", place.string()}).status == 1);
    char read[8] = {};
    if (opened_before >= 0) CHECK(::pread(opened_before, read, 1, 0) == 1);
    if (opened_before >= 0) CHECK(read[0] != 'g');  // who had it open sees nothing of the snapshot
    ::close(opened_before);
  }
}

TEST_CASE("a snapshot goes through no link, and into no directory, FIFO or device") {
  const auto check_refused = [](const path& place, const OpenDirectory& open, std::size_t files) {
    const Outcome outcome = run_program("ring", "snapshot=" + place.string());
    INFO(outcome.err);
    CHECK(outcome.status == 24);
    CHECK(outcome.out == "alive alive alive\n");
    CHECK(outcome.err.rfind("gordian: cannot write " + place.string() + ": ", 0) == 0);
    CHECK(files_in(open.directory()) == files);
    open.check_untouched();
  };
  for (const Plant plant : {plant_link, plant_dangling_link}) {
    const OpenDirectory open;
    plant(open, open.at("s"));
    check_refused(open.at("s"), open, 1);
    CHECK(std::filesystem::is_symlink(open.at("s")));
  }
  const OpenDirectory open;
  std::filesystem::create_directory(open.at("directory"));
  REQUIRE(::mkfifo(open.at("fifo").c_str(), 0600) == 0);
  check_refused(open.at("directory"), open, 2);
  check_refused(open.at("fifo"), open, 2);
  check_refused("/dev/null", open, 2);
  check_refused("/dev/stdout", open, 2);
  check_refused("/proc/self/fd/1", open, 2);
  check_refused(open.at("no/such"), open, 2);
}

TEST_CASE("a disk that is full leaves no part of a snapshot behind") {
  const OpenDirectory open;
  Command command;
  command.arguments = {"/bin/sh", "-c", "ulimit -f 1; exec \"$0\"", program_path("ring")};
  command.environment = {{"GORDIAN_OPTIONS", "snapshot=" + open.at("s").string()}};
  const Outcome outcome = run(command);
  INFO(outcome.err);
  CHECK(outcome.status == 24);
  CHECK(contains(outcome.err, "File too large"));
  CHECK(files_in(open.directory()) == 0);
}

TEST_CASE(
    "another user's FIFO, or link to one, in a directory for everybody is not waited for nor written to") {
  if (is_emulated() || ::geteuid() != 0) {
    WARN("skipped: only root can make another user's files");
    return;
  }
  const OpenDirectory open;
  REQUIRE(::mkfifo(open.at("fifo").c_str(), 0666) == 0);
  std::filesystem::create_symlink("/dev/full", open.at("device"));
  for (const char* name : {"fifo", "device"}) {
    const std::string place = open.at(name).string();
    REQUIRE(::lchown(place.c_str(), kNobody, kNobody) == 0);
    for (const char* format : {"json", "text", "html"}) {
      const Outcome outcome = run_program("ring", std::string(format) + "=" + place);
      INFO(outcome.err);
      CHECK(outcome.status == 24);
      CHECK(contains(outcome.err, place + ": is another user's link or FIFO where everybody may put one"));
    }
  }
  const std::string report = (open.directory() / ".." / "r.json").string();
  CHECK(run_program("ring", "json=" + report).status == 23);
  plant_link(open, open.at("baseline"));
  REQUIRE(::lchown(open.at("baseline").c_str(), kNobody, kNobody) == 0);
  const Outcome baseline = run_tool({"baseline", open.at("baseline").string(), report, "--add"});
  CHECK(baseline.status == 2);
  CHECK(contains(baseline.err, "is another user's link"));
  open.check_untouched();
  REQUIRE(::lchown(open.at("device").c_str(), 0, 0) == 0);  // one of the system's is followed
  CHECK(contains(run_program("ring", "json=" + open.at("device").string()).err, "No space left on device"));
}

TEST_CASE("nothing is read from or written to where TMPDIR and the like lead") {
  const OpenDirectory open;
  std::filesystem::create_symlink(open.directory(), open.directory() / ".." / "link");
  const Outcome expected = run_program("ring", "");
  for (const std::string& place : {open.directory().string(), (open.directory() / ".." / "link").string(),
                                   std::string("/nonexistent"), std::string("/dev/null"), std::string("")}) {
    Command command;
    command.arguments = {program_path("ring")};
    for (const char* name : {"TMPDIR", "TMP", "TEMP", "TEMPDIR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "HOME"})
      command.environment[name] = place;
    const Outcome outcome = run(command);
    INFO(place);
    CHECK(outcome.status == 23);
    CHECK(contains(outcome.err, "gordian: 1 cycle keeps 3 objects (192 bytes)"));
    CHECK(contains(expected.err, "gordian: 1 cycle keeps 3 objects (192 bytes)"));
    CHECK(files_in(open.directory()) == 0);
  }
}

TEST_CASE("whoever waits for a report finds none before it is whole, and nothing else is left") {
  ScratchDirectory scratch;
  const path tool = scratch / "tool";
  const path reports = scratch / "reports";
  std::filesystem::create_directory(reports);
  std::ofstream(tool) << "#!/bin/sh\nls '" << reports.string() << "' >&2\nexec '" << GORDIAN_TOOL
                      << "' \"$@\"\n";
  std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
  for (const std::string program : {"ring", "chain"}) {
    INFO(program);
    const Outcome outcome =
        run_program(program, "tool=" + tool.string() + ":json=" + (reports / "report-%p-%n.json").string());
    CHECK(outcome.status == (program == "ring" ? 23 : 0));
    CHECK(contains(outcome.err, ".json.claimed\n"));
    CHECK_FALSE(contains(outcome.err, ".json\n"));
    CHECK(files_in(reports) == 1);
    for (const auto& entry : std::filesystem::directory_iterator(reports)) {
      CHECK(contains(file_text(entry.path()), "\"findings\""));
      std::filesystem::remove(entry.path());
    }
  }
}

namespace {

// A process whose id is known before it is the ring with a report named by its id.
class RingToCome {
 public:
  explicit RingToCome(const path& directory) {
    REQUIRE(::pipe(go_) == 0);
    child_ = ::fork();
    if (child_ == 0) become_ring(directory);
    report = directory / ("report-" + std::to_string(child_) + ".json");
    second = directory / ("report-" + std::to_string(child_) + "-2.json");
    claimed = report.string() + ".claimed";
  }
  RingToCome(const RingToCome&) = delete;
  RingToCome& operator=(const RingToCome&) = delete;
  ~RingToCome() {
    for (const int end : go_) ::close(end);
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  int exit_status() {
    REQUIRE(::write(go_[1], "", 1) == 1);
    int status = 0;
    REQUIRE(::waitpid(child_, &status, 0) == child_);
    child_ = 0;
    return WEXITSTATUS(status);
  }

  path report, second, claimed;

 private:
  [[noreturn]] void become_ring(const path& directory) {
    char byte = 0;
    if (::read(go_[0], &byte, 1) != 1) ::_exit(1);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) ::dup2(go_[1], stream);
    ::setenv("GORDIAN_OPTIONS", ("json=" + (directory / "report-%p.json").string()).c_str(), 1);
    ::alarm(60);
    ::execl(program_path("ring").c_str(), "ring", nullptr);
    ::_exit(1);
  }

  int go_[2];
  pid_t child_;
};

void plant_fifo(const OpenDirectory&, const path& place) {
  REQUIRE(::mkfifo(place.c_str(), 0666) == 0);
}

}  // namespace

TEST_CASE("what is planted where a process claims the name of its report is neither followed nor waited for") {
  for (const Plant plant : {plant_link, plant_dangling_link, plant_hard_link, plant_file, plant_fifo}) {
    const OpenDirectory open;
    RingToCome ring(open.directory());
    plant(open, ring.claimed);
    CHECK(ring.exit_status() == 23);
    CHECK(mode_of(ring.report) == 0600);
    CHECK(contains(file_text(ring.report), "Obj"));
    CHECK_FALSE(std::filesystem::exists(open.directory() / ".." / "made"));
    open.check_untouched();
  }
}

TEST_CASE("a name that another process of the same id has claimed is left to it, but not for ever") {
  for (const bool alive : {true, false}) {
    INFO(alive);
    ScratchDirectory scratch;
    RingToCome ring(scratch / "");
    // As if in another namespace of process ids.
    const int claim = ::open(ring.claimed.c_str(), O_WRONLY | O_CREAT, 0600);
    struct flock whole = {};
    whole.l_type = F_WRLCK;
    if (alive) REQUIRE(::fcntl(claim, F_SETLK, &whole) == 0);
    CHECK(ring.exit_status() == 23);
    ::close(claim);
    CHECK(is_plain_file(alive ? ring.second : ring.report));
    CHECK(files_in(scratch / "") == (alive ? 2 : 1));
  }
}

TEST_CASE("a file or connection that has got the number of standard error takes in no report") {
  ScratchDirectory scratch;
  const path file = scratch / "file";
  const path report = scratch / "report";
  for (const bool linked : {true, false}) {
    INFO((linked ? "linked" : "gordian run"));
    for (const std::string what : {"data", "own", "pid", "lock", "over"}) {
      INFO(what);
      CHECK(run_with_stderr(what, file, linked, "verbosity=2:text=" + report.string()).status == 23);
      CHECK(file_text(file) == (what == "lock" ? "" : "data\n"));
      CHECK(contains(file_text(report), "1 cycle keeps 1 object"));
    }
    for (const std::string what : {"read", "nothing"}) CHECK(run_with_stderr(what, file, linked, "").status == 23);
    for (const std::string what : {"socket", "counter"}) {
      const Outcome outcome = run_with_stderr(what, file, linked, "verbosity=2");
      CHECK(outcome.status == 23);
      CHECK(outcome.out == "checked 1, left alone\n");
    }
  }
}

TEST_CASE("a log or pipe that a program has put in place of its standard error gets the report") {
  ScratchDirectory scratch;
  const path file = scratch / "file";
  for (const bool linked : {true, false}) {
    INFO((linked ? "linked" : "gordian run"));
    for (const std::string what : {"log", "appended", "captured", "both"}) {
      INFO(what);
      CHECK(run_with_stderr(what, file, linked, "").status == 23);
      CHECK(contains(file_text(file), "1 cycle keeps 1 object"));
    }
    CHECK(run_with_stderr("pipe", file, linked, "").out == "checked 1, written to\n");
  }
}

TEST_CASE("a program that is built anew while it runs is told of by the file that ran") {
  if (has_exe_of_emulator()) return;
  ScratchDirectory scratch;
  const path program = scratch / "program";
  const path other = scratch / "other";
  for (const bool linked : {true, false}) {
    INFO((linked ? "linked" : "gordian run"));
    const auto run_copy = [&](bool replaced) {
      using std::filesystem::copy_options;
      std::filesystem::copy_file(program_path(linked ? "rebuilt_program" : "rebuilt_program.bare"), program, copy_options::overwrite_existing);
      std::filesystem::copy_file(program_path("ring"), other, copy_options::overwrite_existing);
      Command command;
      if (!linked) command.arguments = {GORDIAN_TOOL, "run", "--"};
      command.arguments.push_back(program.string());
      if (replaced) command.arguments.push_back(other.string());
      return run(command);
    };
    const auto without_process = [](const std::string& text) { return text.substr(text.find("\n\n")); };
    const Outcome undisturbed = run_copy(false);
    REQUIRE(contains(undisturbed.err, "cut Obj::self"));
    const Outcome replaced = run_copy(true);
    INFO(replaced.err);
    CHECK(replaced.status == 23);
    CHECK_FALSE(std::filesystem::exists(other));
    CHECK_FALSE(contains(replaced.err, "deleted"));
    CHECK(without_process(replaced.err) == without_process(undisturbed.err));
  }
}

TEST_CASE("a program without a build id that is built anew while it runs is not told of by another file") {
  if (has_exe_of_emulator()) return;
  ScratchDirectory scratch;
  std::filesystem::copy_file(program_path("rebuilt_program.without-id"), scratch / "program");
  std::filesystem::copy_file(program_path("rebuilt_program.without-id"), scratch / "other");
  Command command;
  command.arguments = {GORDIAN_TOOL, "run", "--", (scratch / "program").string(), (scratch / "other").string()};
  const Outcome outcome = run(command);
  INFO(outcome.err);
  CHECK(outcome.status == 23);
  CHECK_FALSE(contains(outcome.err, "Obj::self"));
  CHECK(contains(outcome.err, "is not there any more"));
}
