// process_reports.cpp - processes that would have reports of one name: process_reports HOW leak|clean
//
// The parent leaks one object, a child two: so their reports are told apart.
#include <gordian/gordian.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "ring.h"

namespace {

bool is(const char* word, const char* other) { return std::strcmp(word, other) == 0; }

int wait_for(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

// `flags` as clone() has them.
pid_t fork_and_leak(const char* what, int flags) {
  const auto child = static_cast<pid_t>(syscall(SYS_clone, SIGCHLD | flags, nullptr, nullptr, nullptr, nullptr));
  if (child != 0) return child;
  make_ring(what);
  make_ring(what);
  wipe_stack();
  std::exit(0);
}

std::atomic<bool> g_spins{false};

// Owns a ring by its stack alone.
void spin() {
  auto node = std::make_shared<Node>();
  node->self = node;
  Keeper* volatile keeper = new Keeper{node, nullptr};
  node.reset();
  g_spins = true;
  while (g_spins && keeper != nullptr) continue;
}

}  // namespace

int main(int, char** argv) {
  const char* const how = argv[1];
  const char* const what = argv[2];
  if (is(how, "fork")) {
    std::printf("child %d\n", wait_for(fork_and_leak(what, 0)));
    std::fflush(stdout);
  } else if (is(how, "daemon")) {
    const pid_t first = getpid();
    if (daemon(1, 1) != 0) return 1;
    while (kill(first, 0) == 0) sched_yield();  // until whoever has started it knows that it has ended
  } else if (is(how, "namespaces")) {
    // Each child is process 1 of a namespace of its own.
    pid_t children[3];
    for (pid_t& child : children) child = fork_and_leak(what, CLONE_NEWPID);
    if (children[0] < 0) return 77;  // not allowed
    for (const pid_t child : children) std::printf("child %d\n", wait_for(child));
  } else if (is(how, "namespace to come")) {
    // The next process is the first of a namespace, and the namespace ends with it.
    if (unshare(CLONE_NEWPID) != 0) return 77;  // not allowed
    make_ring(what);
    wipe_stack();
    gordian_check();
    const pid_t child = fork();
    if (child == 0) _exit(getpid());
    std::printf("child %d\n", wait_for(child));
    return 0;
  } else if (is(how, "outer /proc")) {
    // It lists the first process of the namespace, and its threads, by other ids than they have there.
    if (unshare(CLONE_NEWPID) != 0) return 77;  // not allowed
    const pid_t child = fork();
    if (child != 0) {
      alarm(25);  // not in the child, where a check holds signals back
      std::printf("child %d\n", wait_for(child));
      return 0;
    }
    std::thread(spin).detach();
    while (!g_spins) usleep(1000);
  } else if (std::atoi(how) > 0) {
    // The id of a process that has ended, at once: this one becomes another program, after a check of its own.
    const std::string left = std::to_string(std::atoi(how) - 1);
    if (gordian_check() != 0) return 99;
    execl("/proc/self/exe", argv[0], left.c_str(), what, nullptr);
  }
  make_ring(what);
  wipe_stack();
}
