// process_interrupted.cpp - a signal handler that has interrupted the capture of a stack forks: process_interrupted leak|clean
//
// The page with the thread's first frames cannot be read, so the capture itself is what gets the signal. Handler and child allocate
// on, and the child goes back into the capture that was interrupted.
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "ring.h"

namespace {

constexpr std::size_t kPage = 65536;  // at least
constexpr std::size_t kStack = 16 * kPage;

const char* g_what = "";
void* g_hidden = nullptr;
volatile sig_atomic_t g_interrupted = 0;
volatile pid_t g_child = -1;

__attribute__((noinline)) void allocate() {
  const auto number = std::make_shared<int>(5);
  const std::weak_ptr<int> seen = number;
  if (seen.expired()) std::abort();
}

void show() { mprotect(g_hidden, kPage, PROT_READ | PROT_WRITE); }

void on_fault(int, siginfo_t*, void*) {
  show();
  if (g_interrupted++ != 0) std::abort();
  g_child = fork();
  allocate();
}

__attribute__((noinline)) void capture(char* hidden_frame) {
  g_hidden = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(hidden_frame) / kPage * kPage);
  if (mprotect(g_hidden, kPage, PROT_NONE) != 0) std::abort();
  allocate();
  show();
  for (int i = 0; i < 100; ++i) allocate();
  if (g_child != 0) return;
  make_ring(g_what);
  wipe_stack();
  std::exit(0);
}

// Frames that keep others a page and more apart: the thread's own data, one that is hidden, one that captures.
__attribute__((noinline)) void far_below(char* hidden_frame) {
  volatile char between[2 * kPage];
  between[0] = 0;
  capture(hidden_frame);
  between[sizeof between - 1] = 0;
}
__attribute__((noinline)) void hidden() {
  char here = 0;
  far_below(&here);
}
void* on_own_stack(void*) {
  volatile char between[2 * kPage];
  between[0] = 0;
  alignas(16) static char room[65536];
  stack_t other{};
  other.ss_sp = room;
  other.ss_size = sizeof room;
  sigaltstack(&other, nullptr);
  hidden();
  between[sizeof between - 1] = 0;
  return nullptr;
}

}  // namespace

int main(int, char** argv) {
  g_what = argv[1];
  struct sigaction action {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGSEGV, &action, nullptr);
  void* const stack = mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, kStack);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, on_own_stack, nullptr) != 0) return 1;
  pthread_join(thread, nullptr);
  int status = -1;
  if (g_child > 0) waitpid(g_child, &status, 0);
  std::printf("interrupted %d, child %d\n", static_cast<int>(g_interrupted), status < 0 ? status : WEXITSTATUS(status));
}
