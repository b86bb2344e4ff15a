// process_ends.cpp - a process that ends in one way or another: process_ends HOW leak|clean
//
// What it prints stays in the buffer of stdout until it ends, so it shows whether that is flushed as without gordian.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <dlfcn.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <thread>

#include "ring.h"

const char* g_how = "";
const char* g_what = "";

bool ends(const char* how) { return std::strcmp(g_how, how) == 0; }

void make_ring_late() { make_ring(g_what); }
void exit_again() { std::exit(0); }
void exit_with_5() { std::exit(5); }
void exit_in_handler(int) { std::exit(0); }

// Its destructor is the first to run at exit: it is made last.
struct Late {
  const char* where;
  std::shared_ptr<Node> kept = nullptr;
  ~Late() {
    if (std::string(g_how).compare(0, std::strlen(where), where) != 0) return;
    if (std::string(g_how).find("makes") != std::string::npos) make_ring(g_what);
    if (std::string(g_how).find("allocates") != std::string::npos) kept = std::make_shared<Node>();
    if (std::string(g_how).find("exits") != std::string::npos) std::exit(0);
    if (std::string(g_how).find("terminates") != std::string::npos) std::terminate();
  }
};

void leave_at_once(std::atomic<int>& waiting, void (*leave)(int)) {
  ++waiting;
  while (waiting < 2) std::this_thread::yield();
  leave(0);
}

// A second thread ends the process where gordian, called by the first, has not yet registered its handler again: for that it calls
// these, which are found here before libc's.
std::atomic<bool> g_exits{false}, g_registers_again{false};

void wait_for_second() {
  if (!g_exits || g_registers_again.exchange(true)) return;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
}
extern "C" int on_exit(void (*handler)(int, void*), void* argument) noexcept {
  wait_for_second();
  return reinterpret_cast<decltype(&on_exit)>(dlsym(RTLD_NEXT, "on_exit"))(handler, argument);
}
extern "C" int __cxa_at_quick_exit(void (*handler)(void*), void* module) noexcept {  // what at_quick_exit() calls
  wait_for_second();
  return reinterpret_cast<decltype(&__cxa_at_quick_exit)>(dlsym(RTLD_NEXT, "__cxa_at_quick_exit"))(handler, module);
}
void leave_while_registering(void (*leave)(int)) {
  std::thread([leave] {
    while (!g_registers_again) std::this_thread::yield();
    leave(0);
  }).detach();
  g_exits = true;
  leave(0);
}

void by_threads() {
  static std::atomic<int> waiting{0};
  if (ends("two threads exit")) {
    std::thread([] { leave_at_once(waiting, std::exit); }).detach();
    leave_at_once(waiting, std::exit);
  } else if (ends("two threads exit quickly")) {
    std::thread([] { leave_at_once(waiting, std::quick_exit); }).detach();
    leave_at_once(waiting, std::quick_exit);
  } else if (ends("thread exits in between")) {
    leave_while_registering(std::exit);
  } else if (ends("thread exits quickly in between")) {
    leave_while_registering(std::quick_exit);
  } else if (ends("thread exits while main ends")) {
    std::thread([] { std::exit(0); }).detach();
  } else if (ends("thread exits")) {
    std::thread([] { std::exit(0); }).join();
  } else if (ends("thread exits quickly")) {
    std::thread([] { std::quick_exit(0); }).join();
  } else if (ends("main is gone")) {
    const pthread_t first = pthread_self();
    std::thread([first] {
      pthread_join(first, nullptr);
      std::exit(0);
    }).detach();
    pthread_exit(nullptr);
  }
}

void by_handlers() {
  if (ends("signal handler exits")) {
    signal(SIGUSR1, exit_in_handler);
    raise(SIGUSR1);
  } else if (ends("atexit makes")) {
    std::atexit(make_ring_late);
  } else if (ends("atexit exits")) {
    std::atexit(exit_again);
  } else if (ends("atexit exits with 5")) {
    std::atexit(exit_with_5);
  } else if (ends("quick exit")) {
    std::quick_exit(0);
  } else if (ends("quick exit makes")) {
    std::at_quick_exit(make_ring_late);
    std::quick_exit(0);
  } else if (ends("quick exit with 5")) {
    std::quick_exit(5);
  }
}

// As a sandbox whose list of calls has not everything.
bool refuse_getpid() {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program = {sizeof filter / sizeof filter[0], filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int main(int, char** argv) {
  g_how = argv[1];
  g_what = argv[2];
  static Late late{"destructor"};
  static thread_local Late of_thread{"thread's destructor"};
  if (of_thread.kept != nullptr) return 1;  // so it is made
  std::printf("%s\n", g_how);
  if (std::string(g_how).find("makes") == std::string::npos) make_ring(g_what);
  wipe_stack();
  by_threads();
  by_handlers();
  if (ends("without getpid()") && !refuse_getpid()) std::printf("this machine allows no seccomp filter\n");
  if (ends("_Exit")) std::_Exit(0);
  if (ends("abort")) std::abort();
  if (ends("terminate")) std::terminate();
  if (ends("exception")) throw 5;
}
