// owned_by_kernel.cpp - the only pointer to an owner is one that the kernel keeps: of an event that is waited for, and of a timer.
// gordian: silent
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>

#include "connection.h"

__attribute__((noinline)) void wait_for_many() {
  const int events = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < 100; ++i) {
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.ptr = new Connection;
    if (epoll_ctl(events, EPOLL_CTL_ADD, eventfd(0, EFD_CLOEXEC), &event) != 0) std::abort();
  }
}

__attribute__((noinline)) void start_timer() {
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGUSR1;
  event.sigev_value.sival_ptr = new Connection;
  timer_t timer = nullptr;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) std::abort();
}

int main() {
  wait_for_many();
  start_timer();
}
