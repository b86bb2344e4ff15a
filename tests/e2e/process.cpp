#include "process.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace gordian::e2e {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// A file in memory that takes a program's output. A pipe would need somebody who
// reads it, and would stay open for as long as a forgotten child of the program lives.
class OutputFile {
 public:
  OutputFile() : fd_(memfd_create("output", MFD_CLOEXEC)) {
    if (fd_ < 0) fail("memfd_create");
  }
  ~OutputFile() { close(fd_); }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int fd() const { return fd_; }

  std::string text() const {
    std::string all;
    char buffer[1 << 16];
    off_t at = 0;
    for (ssize_t got; (got = pread(fd_, buffer, sizeof buffer, at)) > 0; at += got) {
      all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int fd_;
};

// A terminal that shows nothing and keeps what it was to show.
class PseudoTerminal {
 public:
  explicit PseudoTerminal(unsigned short columns) {
    termios raw{};
    cfmakeraw(&raw);  // a line end stays one byte
    winsize size{};
    size.ws_row = 24;
    size.ws_col = columns;
    if (openpty(&ours_, &programs_, nullptr, &raw, &size) != 0) fail("openpty");
    for (const int fd : {ours_, programs_}) fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  ~PseudoTerminal() {
    close(ours_);
    if (programs_ >= 0) close(programs_);
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  int program_end() const { return programs_; }

  // All that comes until nobody has the terminal any more. It holds little: the program waits for us to read.
  std::string text() {
    close(std::exchange(programs_, -1));
    std::string all;
    char buffer[1 << 12];
    for (ssize_t got; (got = read(ours_, buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR);) {
      if (got > 0) all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int ours_ = -1;
  int programs_ = -1;
};

// In the child: GORDIAN_TEST_UNWINDER chooses for every program of every test how stacks are captured.
void choose_unwinder() {
  const char* unwinder = getenv("GORDIAN_TEST_UNWINDER");
  if (unwinder == nullptr) return;
  const char* options = getenv("GORDIAN_OPTIONS");
  const std::string chosen = (options != nullptr ? std::string(options) + ":" : "") + "unwinder=" + unwinder;
  setenv("GORDIAN_OPTIONS", chosen.c_str(), 1);
}

// In the child: becomes the program. Nothing but exec's failure brings it back.
[[noreturn]] void become(const Command& command, int out, int err) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  alarm(command.longest_seconds);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (!command.directory.empty() && chdir(command.directory.c_str()) != 0) _exit(127);
  // Of the job that runs these tests: in one of GitHub's the tool would speak to GitHub.
  for (const char* name : {"GORDIAN_OPTIONS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"})
    unsetenv(name);
  for (const auto& [name, value] : command.environment) setenv(name.c_str(), value.c_str(), 1);
  choose_unwinder();
  std::vector<char*> argv;
  for (const auto& argument : command.arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
  _exit(127);
}

}  // namespace

Outcome run(const Command& command) {
  if (access(command.arguments.at(0).c_str(), X_OK) != 0) fail(command.arguments[0].c_str());
  OutputFile out;
  OutputFile err;
  std::optional<PseudoTerminal> terminal;
  if (command.terminal_columns != 0) terminal.emplace(command.terminal_columns);
  const int out_fd = terminal ? terminal->program_end() : out.fd();
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) become(command, out_fd, terminal || command.merge_output ? out_fd : err.fd());

  std::string shown;
  if (terminal) shown = terminal->text();
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) fail("wait4");
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    std::string words = "did not end within " + std::to_string(command.longest_seconds) + " s:";
    for (const auto& argument : command.arguments) words += " " + argument;
    throw std::runtime_error(words + "\n" + out.text() + err.text());
  }
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = terminal ? shown : out.text();
  outcome.err = err.text();
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcome.peak_bytes = std::int64_t{usage.ru_maxrss} * 1024;
  return outcome;
}

// An emulator answers for /proc/self, and the kernel for the other.
bool is_emulated() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored) !=
         std::filesystem::read_symlink("/proc/thread-self/exe", ignored);
}

ScratchDirectory::ScratchDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "gordian-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) fail("mkdtemp");
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace gordian::e2e
