// requests.h - what the programs here share: what leaks, whom a signal comes from, and when a check is done.
#pragma once

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

struct Request;
struct Session {
  std::shared_ptr<Request> request;
};
struct Request {
  std::shared_ptr<Session> session;  // the leak
};

// One request of a server. The stack it leaves behind is cleared by the next call.
__attribute__((noinline)) inline void serve(bool leaks) {
  auto session = std::make_shared<Session>();
  session->request = std::make_shared<Request>();
  if (leaks) session->request->session = session;
}

inline void pause_ms(long milliseconds) {
  timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  while (nanosleep(&left, &left) != 0) {
  }
}

// The report of check `number` at PREFIX-NUMBER.json; it comes in one step. Ends the program when it does not come.
inline void wait_for_report(const std::string& prefix, int number) {
  struct stat info;
  for (int i = 0; i < 20000; ++i) {
    if (stat((prefix + "-" + std::to_string(number) + ".json").c_str(), &info) == 0) return;
    pause_ms(1);
  }
  std::printf("no report %d came\n", number);
  std::fflush(stdout);
  std::_Exit(3);
}

// Calls act(parent) in a child of fork().
template <class Act>
pid_t in_child(Act act) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  signal(SIGUSR1, SIG_IGN);
  act(parent);
  _exit(0);
}
