// blocked_threads.cpp - no check ends a call that another thread waits in: it would look like a signal of the program's.
// gordian: silent
// gordian: unless emulated by one that tells of its own system calls, not of the program's: they are not taken up again
#include <gordian/gordian.h>
#include <linux/futex.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <memory>
#include <thread>

std::atomic<int> g_waiting{0};

template <class Call>
void wait_in(Call call) {
  std::thread([call] {
    ++g_waiting;
    call();
    _exit(9);
  }).detach();
}

int socket_with_timeout() {
  int ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  const timeval minute = {60, 0};
  setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute);
  return ends[0];
}

int main() {
  wait_in([] { sleep(60); });
  wait_in([] { const timespec minute = {60, 0}; clock_nanosleep(CLOCK_MONOTONIC, 0, &minute, nullptr); });
  wait_in([] { poll(nullptr, 0, 60000); });
  wait_in([] { timeval minute = {60, 0}; select(0, nullptr, nullptr, nullptr, &minute); });
  wait_in([] { epoll_event event; epoll_wait(epoll_create1(0), &event, 1, -1); });
  wait_in([] { pause(); });
  wait_in([] { sigset_t none; sigemptyset(&none); sigsuspend(&none); });
  wait_in([] { char byte; recv(socket_with_timeout(), &byte, 1, 0); });
  wait_in([] { int word = 0; const timespec minute = {60, 0}; syscall(SYS_futex, &word, FUTEX_WAIT, 0, &minute, nullptr, 0); });
  wait_in([] { const timespec minute = {60, 0}; syscall(SYS_nanosleep, &minute, nullptr); });
  while (g_waiting < 10) usleep(1000);
  usleep(20000);
  for (int i = 0; i < 20; ++i) gordian_check();
}
