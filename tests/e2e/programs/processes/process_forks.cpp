// process_forks.cpp - processes that others come from, while threads capture stacks: process_forks HOW leak|clean
//
// Prints how each of its children ended. Those that only a grandchild is left of are adopted.
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "ring.h"

extern char** environ;

namespace {

char** g_argv = nullptr;
std::atomic<bool> g_done{false};

bool by(const char* how) { return std::strcmp(g_argv[1], how) == 0; }

// Each way down is a stack that nobody has captured before, until all are.
__attribute__((noinline)) unsigned capture(unsigned way, int depth) {
  if (depth == 0) {
    auto number = std::make_shared<unsigned>(way);
    const std::weak_ptr<unsigned> seen = number;
    return *seen.lock();
  }
  if ((way & 1) != 0) return capture(way >> 1, depth - 1) + 1;
  return capture(way >> 1, depth - 1) + 2;
}
void keep_capturing(unsigned seed) {
  for (unsigned way = seed; !g_done; way = way * 1664525u + 1013904223u) capture(way >> 8, 16);
}

// What every child does that goes on in this program.
void work_in_child() {
  make_ring(g_argv[2]);
  wipe_stack();
  for (unsigned way = 0; way < 100; ++way) capture(way * 40503u, 16);
}
[[noreturn]] void end_child() {
  alarm(60);  // a child that hangs is told from one that takes long
  work_in_child();
  std::exit(0);
}
int end_clone(void*) { end_child(); }

void again(const char* how) {
  char* arguments[] = {g_argv[0], const_cast<char*>(how), g_argv[2], nullptr};
  execv("/proc/self/exe", arguments);
  _exit(99);
}

// Ways that end in a child of this process's; the child's id.
pid_t raw_fork() { return static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr)); }

pid_t spawn_again() {
  char* arguments[] = {g_argv[0], const_cast<char*>("again"), g_argv[2], nullptr};
  pid_t child = -1;
  return posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments, environ) == 0 ? child : -1;
}

pid_t vfork_and(const char* how) {
  const pid_t child = vfork();
  if (child == 0 && std::strcmp(how, "exec") == 0) again("again");
  if (child == 0 && std::strcmp(how, "exit") == 0) exit(0);
  if (child == 0) _exit(0);
  return child;
}

pid_t clone_with_stack() {
  constexpr std::size_t kStack = 256 << 10;
  char* const stack = static_cast<char*>(
      mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0));
  return clone(end_clone, stack + kStack, SIGCHLD, nullptr);
}

pid_t start_child() {
  if (by("vfork exec")) return vfork_and("exec");
  if (by("vfork exit")) return vfork_and("exit");
  if (by("vfork _exit")) return vfork_and("_exit");
  if (by("posix_spawn")) return spawn_again();
  if (by("clone")) return clone_with_stack();
  const pid_t child = by("_Fork") ? _Fork() : by("raw") ? raw_fork() : fork();
  if (child != 0) return child;
  if (by("_exit")) _exit(0);
  if (by("exec")) again("again");
  if (by("double") && fork() != 0) _exit(0);
  if (by("daemon") && daemon(1, 1) != 0) _exit(98);
  if (by("threads")) std::thread(end_child).join();
  if (by("twice unseen") && raw_fork() != 0) _exit(0);
  end_child();
}

void make_some() { capture(static_cast<unsigned>(getpid()), 12); }

// Waits for all that are left. Who ends by _exit in between says nothing.
std::string wait_for_all() {
  std::string ended;
  int status = 0;
  pid_t first = 0;
  for (pid_t pid; (pid = waitpid(-1, &status, 0)) > 0; first = pid) {
    const bool between = (by("double") || by("daemon") || by("twice unseen")) && first == 0;
    if (between && status == 0) continue;
    ended += WIFSIGNALED(status) ? " signal " + std::to_string(WTERMSIG(status)) : " " + std::to_string(WEXITSTATUS(status));
  }
  return ended;
}

}  // namespace

int main(int argc, char** argv) {
  g_argv = argv;
  if (argc < 3 || by("again")) {
    work_in_child();
    return 0;
  }
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (by("atfork")) pthread_atfork(make_some, make_some, make_some);
  std::thread one(keep_capturing, 1u), two(keep_capturing, 77u);
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 8;
  std::string ended;
  for (int round = 0; round < rounds; ++round) {
    // From a thread that is not the first, half of the times.
    if (round % 2 == 0) {
      start_child();
    } else {
      std::thread([] { start_child(); }).join();
    }
    ended += wait_for_all();
  }
  g_done = true;
  one.join();
  two.join();
  std::printf("ended%s\n", ended.c_str());
}
