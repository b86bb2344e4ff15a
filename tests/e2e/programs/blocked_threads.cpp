// blocked_threads.cpp - no check ends a call that another thread waits in: it would look like a signal of the program's.
// gordian: silent
// gordian: unless emulated by one that tells of its own system calls, not of the program's: they are not taken up again
#include <fcntl.h>
#include <gordian/gordian.h>
#include <linux/aio_abi.h>
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <initializer_list>
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

int full_socket() {
  int ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  const timeval minute = {60, 0};
  setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &minute, sizeof minute);
  const char bytes[1024] = {};
  for (const std::size_t size : {sizeof bytes, std::size_t{1}}) {
    while (send(ends[0], bytes, size, MSG_DONTWAIT) > 0) {
    }
  }
  return ends[0];
}

// To a server that accepts nobody, and has room for one who waits.
void connect_with_timeout() {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  const socklen_t size = sizeof address.sun_family;  // the kernel makes up a name
  const int server = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(server, reinterpret_cast<sockaddr*>(&address), size);
  listen(server, 0);
  socklen_t named = sizeof address;
  getsockname(server, reinterpret_cast<sockaddr*>(&address), &named);
  const timeval minute = {60, 0};
  for (int i = 0; i < 3; ++i) {
    const int client = socket(AF_UNIX, SOCK_STREAM, 0);
    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &minute, sizeof minute);
    connect(client, reinterpret_cast<sockaddr*>(&address), named);
  }
}

// Where the machine allows none of these queues, nobody waits on one.
void wait_for_io_uring() {
  io_uring_params parameters = {};
  const long queue = syscall(SYS_io_uring_setup, 8, &parameters);
  if (queue < 0) pause();
  syscall(SYS_io_uring_enter, queue, 0, 1, IORING_ENTER_GETEVENTS, nullptr, 0);
}
void wait_for_aio() {
  aio_context_t queue = 0;
  if (syscall(SYS_io_setup, 4, &queue) != 0) pause();
  io_event event;
  const timespec minute = {60, 0};
  syscall(SYS_io_pgetevents, queue, 1, 1, &event, &minute, nullptr);
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
  wait_in([] { char byte; const iovec to = {&byte, 1}; preadv2(socket_with_timeout(), &to, 1, -1, 0); });
  wait_in([] { char byte = 0; const iovec from = {&byte, 1}; pwritev2(full_socket(), &from, 1, -1, 0); });
  wait_in([] { sendfile(full_socket(), open("/proc/self/exe", O_RDONLY), nullptr, 1); });
  wait_in([] { int ends[2]; if (pipe(ends) == 0) splice(socket_with_timeout(), nullptr, ends[1], nullptr, 1, 0); });
  wait_in(connect_with_timeout);
  wait_in(wait_for_io_uring);
  wait_in(wait_for_aio);
  while (g_waiting < 17) usleep(1000);
  usleep(20000);
  for (int i = 0; i < 20; ++i) gordian_check();
}
