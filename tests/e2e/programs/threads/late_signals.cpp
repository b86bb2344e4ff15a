// late_signals.cpp - signals that come while a check holds their threads still end the calls that these wait in, as without it: those
// sent to one thread, and the alarm of the process, which the first thread takes. What takes calls up again does so.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: within 15 seconds, 2000 megabytes
// gordian: unless emulated by one that tells of its own system calls, not of the program's: no call is known to be waited in
#include <fcntl.h>
#include <gordian/gordian.h>
#include <poll.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <thread>

#include "rings.h"

constexpr long kAtOnce = 400'000'000;  // nanoseconds: when the check has come to wait for the busy thread, which takes it a second

std::atomic<int> handled{0};
int ends[2];  // of a pipe that nobody writes to for a long time

struct Waiter {
  const char* name;
  int signal;
  int (*wait)();
  bool goes_on;
  std::atomic<pid_t> tid{0};
  std::atomic<int> result{0};  // errno
};

int wait_in_read() {
  char byte;
  return read(ends[0], &byte, 1) == 1 ? EEXIST : errno;
}
int wait_in_poll() { return poll(nullptr, 0, -1) == 0 ? 0 : errno; }
int wait_in_pause() { return pause() == 0 ? 0 : errno; }
int wait_in_nanosleep() {
  const timespec time = {60, 0};
  return nanosleep(&time, nullptr) == 0 ? 0 : errno;
}

// SIGUSR1's handler ends every call, SIGUSR2's only those that are never taken up again.
Waiter waiters[] = {
    {"read()", SIGUSR1, wait_in_read, false},        {"poll()", SIGUSR1, wait_in_poll, false},
    {"pause()", SIGUSR1, wait_in_pause, false},      {"nanosleep()", SIGUSR1, wait_in_nanosleep, false},
    {"read(), restarted", SIGUSR2, wait_in_read, true}, {"poll(), restarted", SIGUSR2, wait_in_poll, false},
    {"read(), unasked", 0, wait_in_read, true},
};

void start(Waiter& waiter) {
  std::thread([&waiter] {
    waiter.tid = gettid();
    waiter.result = waiter.wait();
  }).detach();
  while (waiter.tid == 0) usleep(1000);
}

// The kernel sends it, as the program's threads are all held still then.
void arm(Waiter& waiter) {
  if (waiter.signal == 0) return;
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = waiter.signal;
  event._sigev_un._tid = waiter.tid;
  timer_t timer;
  demand(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "a timer");
  const itimerspec when = {{0, 0}, {0, kAtOnce}};
  timer_settime(timer, 0, &when, nullptr);
}

void handle(int signal, int flags) {
  struct sigaction action = {};
  action.sa_handler = [](int) { ++handled; };
  action.sa_flags = flags;
  sigaction(signal, &action, nullptr);
}

// Deaf to all, so that a check goes on only when it has run for a second.
std::thread start_busy_thread(std::atomic<bool>& stop) {
  return std::thread([&stop] {
    const std::uint64_t all = ~std::uint64_t{0};
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, nullptr, sizeof all);
    while (!stop) {}
  });
}

int main() {
  demand(pipe(ends) == 0, "a pipe");
  handle(SIGUSR1, 0);
  handle(SIGUSR2, SA_RESTART);
  handle(SIGALRM, 0);
  for (Waiter& waiter : waiters) start(waiter);
  std::atomic<bool> stop{false};
  std::thread busy = start_busy_thread(stop);
  usleep(50'000);  // until they wait

  std::thread checker([&stop] {
    for (Waiter& waiter : waiters) arm(waiter);
    const itimerval when = {{0, 0}, {0, kAtOnce / 1000}};
    setitimer(ITIMER_REAL, &when, nullptr);
    gordian_check();
    stop = true;
  });
  char byte;
  demand(read(ends[0], &byte, 1) == -1 && errno == EINTR, "alarm() ends the first thread's read()");
  checker.join();
  busy.join();
  for (int i = 0; i < 300 && handled < 7; ++i) usleep(10'000);
  demand(handled == 7, "each signal is handled once");
  usleep(50'000);
  for (Waiter& waiter : waiters) demand(waiter.result == (waiter.goes_on ? 0 : EINTR), waiter.name);
  demand(write(ends[1], "xx", 2) == 2, "write()");
  for (Waiter& waiter : waiters) {
    for (int i = 0; i < 300 && waiter.result == 0; ++i) usleep(10'000);
    demand(waiter.result == (waiter.goes_on ? EEXIST : EINTR), waiter.name);
  }
  lose_ring();
}
