// tool_process.cpp - see tool_process.h.
#include "output/tool_process.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <limits.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <new>

#include "base/kernel.h"
#include "base/memory.h"
#include "base/own_descriptor.h"
#include "base/say.h"
#include "base/signal_action.h"
#include "base/standard_error.h"
#include "base/starts_with.h"
#include "output/report_names.h"
#include "output/tool_environment.h"
#include "process/emulator.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kStack = 65536;
constexpr int kExecFailed = 127;

constexpr int kNotKnown = -1;

// Shared by the three processes below: they share our memory until the tool starts. (Under an emulator that makes them
// forks, they share what is mapped so.)
struct Launch {
  const char* path;
  char* const* arguments;
  char* const* environment;
  int output;        // the tool's standard output
  char* tool_stack;  // one past its end
  int error;         // errno of what failed, else 0
  int status;        // of the tool, as waitpid() tells it; kNotKnown until then
  bool no_process;   // it is that no process can be made
  bool lost_files;   // the program has closed what the tool was to get
};

// Whatever the program has closed of the standard streams is /dev/null for the tool. Otherwise
// a file that the tool opens would be one of them, and take in what is printed there.
void open_closed_streams() noexcept {
  int fd;
  do {
    fd = kernel::open("/dev/null", O_RDWR);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0) kernel::close(fd);
}

constexpr int kNoNumber = -1;

// The number that a text begins with.
int number_in(const char* text) noexcept {
  int number = kNoNumber;
  for (; *text >= '0' && *text <= '9'; ++text) {
    if (number > INT_MAX / 10 - 1) return kNoNumber;
    number = (number == kNoNumber ? 0 : 10 * number) + (*text - '0');
  }
  return number;
}

// Of the descriptor that a path leads through.
int descriptor_in(const char* path) noexcept {
  for (const char* const numbered : {"/proc/self/fd/", "/dev/fd/"}) {
    if (starts_with(path, numbered)) return number_in(path + strlen(numbered));
  }
  return kNoNumber;
}

// Whether the tool gets what was meant for it: from here on this process's table is its own.
bool has_lost_files(const Launch& launch) noexcept {
  bool lost = is_lost(launch.output);
  for (char* const* argument = launch.arguments; *argument != nullptr; ++argument)
    lost = lost || is_lost(descriptor_in(*argument));
  return lost;
}

// No descriptor of this process has that number or a larger one. 0 where nobody tells.
int descriptor_limit() noexcept {
  const int fd = kernel::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  char text[1024];
  const ssize_t size = kernel::read(fd, text, sizeof text - 1);
  kernel::close(fd);
  text[size > 0 ? size : 0] = '\0';
  constexpr char kField[] = "\nFDSize:\t";
  const char* const field = strstr(text, kField);
  return field != nullptr ? number_in(field + sizeof kField - 1) : 0;
}

// False as well where a filter of system calls may be there, for it may kill who asks for one that is newer than the filter.
bool close_all_from(int first, unsigned flags) noexcept {
  return kernel::call(SYS_prctl, PR_GET_SECCOMP) == 0 && kernel::call(SYS_close_range, first, ~0u, flags) == 0;
}

// What the program has open is closed by exec, also where nobody has said so of it: few programs say it of all that they open,
// and what a thread closes while the tool runs is to be closed.
void withhold_descriptors() noexcept {
  if (close_all_from(STDERR_FILENO + 1, CLOSE_RANGE_CLOEXEC)) return;
  const int limit = descriptor_limit();
  for (int fd = STDERR_FILENO + 1; fd < limit; ++fd) kernel::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

// What is named by its number is handed over, as are files in memory and what the user's options name.
void hand_over(const char* path) noexcept {
  const int fd = descriptor_in(path);
  if (fd != kNoNumber) kernel::fcntl(fd, F_SETFD, 0);
}

// The program may have lowered what a stack is allowed to be, as one of many threads does: each of theirs has that size.
void allow_stack() noexcept {
  constexpr rlim_t kEnough = 8 << 20;
  rlimit limit = {};
  if (kernel::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= kEnough) return;
  limit.rlim_cur = limit.rlim_max < kEnough ? limit.rlim_max : kEnough;
  kernel::setrlimit(RLIMIT_STACK, limit);
}

// The tool's process before it becomes the tool: system calls only.
int become_tool(void* argument) {
  auto& launch = *static_cast<Launch*>(argument);
  launch.lost_files = has_lost_files(launch);
  if (launch.lost_files) kernel::exit_process(kExecFailed);
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) set_signal_action(signal, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  standard.sa_handler = SIG_IGN;
  for (const int signal : {SIGXFSZ, SIGPIPE}) set_signal_action(signal, &standard, nullptr);  // what it cannot write it says
  allow_stack();
  if (standard_error() < 0) kernel::close(STDERR_FILENO);
  open_closed_streams();
  withhold_descriptors();
  hand_over(launch.path);
  for (char* const* argument_at = launch.arguments; *argument_at != nullptr; ++argument_at) hand_over(*argument_at);
  // The text goes beside the program's own output, never into it: nowhere when standard error is closed or something else.
  kernel::dup2(launch.output, STDOUT_FILENO);
  kernel::execve(launch.path, launch.arguments, launch.environment);
  launch.error = errno;
  kernel::exit_process(kExecFailed);
}

// This process shares the program's descriptors, and so ends with the program, whoever kills that: a port is free then, and a lock.
void end_with_program(bool ends) noexcept { kernel::call(SYS_prctl, PR_SET_PDEATHSIG, ends ? SIGKILL : 0); }

// Where it goes on sharing them, that leaves locks by fcntl() that the program means to take along to exec while a check runs.
void let_go_of_descriptors() noexcept {
  if (close_all_from(0, CLOSE_RANGE_UNSHARE)) end_with_program(false);
}

// A process between us and the tool: it is the one that gets the tool's SIGCHLD, and the
// only one whose wait() can see the tool.
int start_tool_and_wait(void* argument) {
  auto& launch = *static_cast<Launch*>(argument);
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  set_signal_action(SIGCHLD, &standard, nullptr);  // ignored, it would reap the tool before us
  end_with_program(true);  // before the tool runs: by then somebody may know that it does, and kill the program
  const pid_t tool = ::__clone(become_tool, launch.tool_stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &launch);
  if (tool < 0) {
    launch.error = errno;
    launch.no_process = true;
  }
  let_go_of_descriptors();
  while (tool >= 0 && kernel::waitpid(tool, &launch.status, 0) < 0) {
    if (errno == EINTR) continue;
    launch.error = errno;
    break;
  }
  kernel::exit_process(0);
}

// Path of a file beside the library, if it can be run: "<dir of libgordian.so>/<relative>". No lock is taken for it: a fork() may
// have begun since memory was looked at, and wait for this thread.
bool beside_library(const char* relative, char (&out)[kLongestPath]) noexcept {
  dl_find_object own = {};
  if (::_dl_find_object(reinterpret_cast<void*>(own_base()), &own) != 0) return false;
  const char* path = own.dlfo_link_map->l_name;
  const char* slash = strrchr(path, '/');
  const std::size_t directory = slash != nullptr ? static_cast<std::size_t>(slash - path) + 1 : 0;
  if (directory + strlen(relative) >= kLongestPath) return false;
  memcpy(out, path, directory);
  strcpy(out + directory, relative);
  return kernel::access(out, X_OK) == 0;
}

bool everybody_may_write(const char* path) noexcept {
  struct stat info = {};
  return kernel::stat(path, &info) == 0 && (info.st_mode & S_IWOTH) != 0;
}

enum class ToolPlace { nowhere, distrusted, found };

// Where somebody else may have put a gordian, or may change it, PATH is not believed: whoever runs the tests would run that. The
// first such is in `out` where no other is found.
ToolPlace in_path(const char* path, char (&out)[kLongestPath]) noexcept {
  const auto set = [&out](const char* directory, std::size_t size) {
    memcpy(out, directory, size);
    strcpy(out + size, "/gordian");
  };
  const char* distrusted = nullptr;
  while (path != nullptr && *path != '\0') {
    const std::size_t size = strcspn(path, ":");
    // Only absolute entries: a report must not depend on where the program happens to be.
    if (size != 0 && path[0] == '/' && size + sizeof "/gordian" < kLongestPath) {
      set(path, size);
      if (kernel::access(out, X_OK) == 0) {
        const bool open_to_all = everybody_may_write(out);
        out[size] = '\0';
        if (!open_to_all && !everybody_may_write(out)) {
          set(path, size);
          return ToolPlace::found;
        }
        if (distrusted == nullptr) distrusted = path;
      }
    }
    path += size + (path[size] == ':' ? 1 : 0);
  }
  if (distrusted == nullptr) return ToolPlace::nowhere;
  set(distrusted, strcspn(distrusted, ":"));
  return ToolPlace::distrusted;
}

ToolPlace find_tool(const Options& options, const char* search_path, char (&out)[kLongestPath]) noexcept {
  if (options.tool[0] != '\0') {
    strcpy(out, options.tool);
    return ToolPlace::found;
  }
  // The library may be in lib/ or lib/<multiarch>/ of the prefix whose bin/ has the tool.
  const bool beside = beside_library("gordian", out) || beside_library("../bin/gordian", out) ||
                      beside_library("../../bin/gordian", out);
  return beside ? ToolPlace::found : in_path(search_path, out);
}

// The tool's arguments; their text must outlive it.
class Arguments {
 public:
  explicit Arguments(const char* snapshot) noexcept : list_{"gordian", "report", snapshot, "--quiet-when-clean"} {}

  // Nothing where there is no value.
  void add(const char* flag, const char* value) noexcept {
    if (value[0] == '\0') return;
    list_[count_++] = flag;
    list_[count_++] = value;
  }
  void add(const char* flag) noexcept { list_[count_++] = flag; }
  // By the names that this process has for them.
  void add_reports(const Options& options, std::uint32_t check) noexcept {
    const struct {
      const char* flag;
      const char* path;
    } reports[] = {{"--text", options.text[0] != '\0' ? options.text : "-"}, {"--json", options.json},
                   {"--sarif", options.sarif},       {"--junit", options.junit}, {"--markdown", options.markdown},
                   {"--github", options.github},     {"--html", options.html}};
    constexpr std::size_t kReports = sizeof reports / sizeof reports[0];
    if (!names_.resize(kReports)) return;
    for (std::size_t i = 0; i < kReports; ++i) {
      if (reports[i].path[0] == '\0') continue;  // a child would make its id of it
      if (!expand_name(reports[i].path, check, names_[i].text)) strcpy(names_[i].text, reports[i].path);
      add(reports[i].flag, names_[i].text);
    }
  }
  char* const* list() const noexcept { return const_cast<char* const*>(list_); }

 private:
  struct Name {
    char text[kLongestPath];
  };

  PageArray<Name> names_;
  const char* list_[32];
  std::size_t count_ = 4;
};

// As execve() takes it.
bool list_environment(const PageArray<char>& copy, PageArray<char*>& out) noexcept {
  for (std::size_t at = 0; at < copy.size(); at += strlen(&copy[at]) + 1) out.push(const_cast<char*>(&copy[at]));
  out.push(nullptr);
  return !out.failed();
}

// The process between is a clone without an exit signal: no SIGCHLD, and only a wait for
// clones sees it. (The tool itself could not be one: execve() restores the signal.) No emulator knows such: there it is
// a child like any other. A check holds signals, so no handler of the program's runs in the clone.
// It has the program's descriptors themselves, no copies: with those, what a thread closes meanwhile would stay open: a port taken,
// a pipe without an end, an epoll that goes on to tell of it.
int run_and_wait(Launch& asked) noexcept {
  constexpr std::size_t kBytes = 2 * kStack + sizeof(Launch);
  void* const room = kernel_mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS);
  if (room == MAP_FAILED) return ENOMEM;
  auto* const stacks = static_cast<char*>(room);
  auto& launch = *new (stacks + 2 * kStack) Launch(asked);
  launch.tool_stack = stacks + kStack;
  const int kind = is_emulated() ? SIGCHLD : CLONE_FILES;
  const pid_t between = ::__clone(start_tool_and_wait, stacks + 2 * kStack, CLONE_VM | CLONE_VFORK | kind, &launch);
  const int error = between < 0 ? errno : 0;
  constexpr int kWaitForClone = static_cast<int>(__WALL);
  while (between >= 0 && kernel::waitpid(between, nullptr, kWaitForClone) < 0 && errno == EINTR) {
  }
  asked = launch;
  if (between < 0) asked.no_process = true;
  kernel_munmap(room, kBytes);
  return error != 0 ? error : asked.error;
}

// Whether a process that this thread makes is the first of a namespace of process ids (unshare(CLONE_NEWPID)). The
// namespace ends with it, and the program could make no other.
bool begins_namespace() noexcept {
  constexpr char kOfChildren[] = "/proc/thread-self/ns/pid_for_children";  // the kernel has nothing to tell before the first
  struct stat link = {};
  char target[64];
  return kernel::lstat(kOfChildren, &link) == 0 && kernel::readlink(kOfChildren, target, sizeof target) < 0 && errno == ENOENT;
}

// What the tool is told beside the snapshot; numbers in text that must outlive the arguments.
void add_orders(const ToolRequest& request, const Options& options, Line& verbosity, Line& asked,
                Arguments& arguments) noexcept {
  verbosity << options.verbosity;
  const bool cycles = strcmp(options.fail_on, "cycles") == 0;
  arguments.add("--fail-on", request.only_proved && cycles ? "proved" : options.fail_on);
  arguments.add("--verbosity", verbosity.text());
  arguments.add("--families", options.families);
  arguments.add("--suppressions", options.suppressions);
  arguments.add("--baseline", options.baseline);
  if (request.earlier != nullptr) arguments.add("--earlier", request.earlier);
  if (request.only_grown) arguments.add("--quiet-unless-grown");
  asked << Hex{request.asked};
  if (request.asked != 0) {
    arguments.add("--why", asked.text());
  } else if (request.text >= 0) {
    arguments.add("--brief", "-");
  } else {
    arguments.add_reports(options, request.check);
  }
}

ToolResult say_files_lost() noexcept {
  say("while gordian looked, the program has closed descriptors that it had not opened (closefrom(), close_range()), and with them ",
      "the snapshot; nothing is known of what leaks");
  return ToolResult::not_run;
}

ToolResult say_why_not_run(const char* tool, const Launch& launch, int error) noexcept {
  if (launch.no_process) {
    say("cannot start a process for ", tool, ": ", Errno{error}, "; keep the snapshot with ",
        "GORDIAN_OPTIONS=snapshot=PATH and run 'gordian report PATH' where processes may be started");
  } else {
    say("cannot run ", tool, ": ", Errno{error}, "; name the gordian tool with GORDIAN_OPTIONS=tool=PATH");
  }
  return ToolResult::not_run;
}

// `status` as waitpid() tells it.
ToolResult result_of(const char* tool, int status) noexcept {
  if (status == kNotKnown) {
    say("the process that starts ", tool, " was killed; nothing is known of what leaks");
    return ToolResult::not_run;
  }
  if (WIFSIGNALED(status)) {
    say(tool, " was killed by signal ", WTERMSIG(status), "; the report is not complete. Keep the snapshot with ",
        "GORDIAN_OPTIONS=snapshot=PATH and run 'gordian report PATH'");
    return ToolResult::not_run;
  }
  switch (WEXITSTATUS(status)) {
    case 0: return ToolResult::clean;
    case 1: return ToolResult::failed;
    case 2: return ToolResult::told_why_not;
    default:
      say(tool, " ended with status ", WEXITSTATUS(status), "; is it the gordian tool of this version?");
      return ToolResult::not_run;
  }
}

}  // namespace

ToolResult run_tool(const ToolRequest& request, const Options& options) noexcept {
  char tool[kLongestPath];
  const ToolPlace place = find_tool(options, find_in_environment(*request.environment, "PATH="), tool);
  if (place == ToolPlace::nowhere) {
    say("found no gordian tool beside libgordian.so nor in PATH; install it, or name it with GORDIAN_OPTIONS=tool=PATH");
    return ToolResult::not_run;
  }
  if (place == ToolPlace::distrusted) {
    say("did not run ", tool, ", which everybody may write or replace; correct its permissions or PATH, or name the tool with ",
        "GORDIAN_OPTIONS=tool=PATH");
    return ToolResult::not_run;
  }
  if (begins_namespace()) {
    say("did not start ", tool, ": it would be the first process of the namespace that the program has made by ",
        "unshare(CLONE_NEWPID), which ends with it; keep the snapshot with GORDIAN_OPTIONS=snapshot=PATH and run 'gordian report PATH'");
    return ToolResult::not_run;
  }
  Line verbosity;
  Line asked;
  Arguments arguments(request.snapshot);
  add_orders(request, options, verbosity, asked, arguments);
  PageArray<char*> environment;
  if (!list_environment(*request.environment, environment)) {
    say("no memory left to start the tool");
    return ToolResult::not_run;
  }
  const int output = request.text >= 0 ? request.text : STDERR_FILENO;
  Launch launch = {tool, arguments.list(), environment.data(), output, nullptr, 0, kNotKnown, false, false};
  const int error = run_and_wait(launch);
  if (launch.lost_files) return say_files_lost();
  return error != 0 ? say_why_not_run(tool, launch, error) : result_of(tool, launch.status);
}

}  // namespace gordian::rt
