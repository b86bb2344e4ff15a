// pending_signals.cpp - the program blocks all signals and has some pending, for its own sigwait(): none is delivered by what
// gordian does meanwhile, and none is lost.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: unless emulated by one that tells nobody of a pending SIGSEGV or SIGBUS
#include <dlfcn.h>
#include <gordian/gordian.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rings.h"

constexpr int kPending[] = {SIGTRAP, SIGSYS, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGURG};

void expect_all_pending(const char* after) {
  sigset_t pending;
  sigpending(&pending);
  for (const int signal : kPending) demand(sigismember(&pending, signal) == 1, after);
}

int main() {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  for (const int signal : kPending) {
    if (signal == SIGBUS) {
      kill(getpid(), signal);
    } else {
      raise(signal);
    }
  }
  Keeper* const keeper = make_keeper();
  expect_all_pending("new stacks");
  void* const room = mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(room, 1 << 20);
  expect_all_pending("mmap() and munmap()");
  demand(gordian_check() == 0, "a local owns the ring");
  expect_all_pending("a check");
  if (void* const library = dlopen("libutil.so.1", RTLD_NOW | RTLD_LOCAL)) dlclose(library);
  expect_all_pending("dlclose()");
  const pid_t child = fork();
  if (child == 0) _exit(gordian_check() == 0 ? 7 : 8);
  int status = 0;
  demand(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 7,
         "the child checks");
  expect_all_pending("fork()");
  for (const int signal : kPending) {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal);
    siginfo_t info;
    demand(sigwaitinfo(&one, &info) == signal && info.si_pid == getpid(), "it is as it was sent");
  }
  sigset_t now;
  sigprocmask(SIG_SETMASK, nullptr, &now);
  for (int signal = 1; signal < SIGRTMIN - 2; ++signal) {
    if (signal == SIGKILL || signal == SIGSTOP) continue;
    demand(sigismember(&now, signal) == 1, "the mask stays");
  }
  let_go(keeper);
  lose_ring();
}
