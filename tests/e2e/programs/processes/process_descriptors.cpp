// process_descriptors.cpp - what becomes of descriptors while gordian's tool runs: process_descriptors HOW leak|clean DIRECTORY
//
// The tool makes DIRECTORY/started and waits for DIRECTORY/go. Without gordian there is none to wait for.
#include <dirent.h>
#include <fcntl.h>
#include <gordian/gordian.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "ring.h"

namespace {

bool is(const char* word, const char* other) { return std::strcmp(word, other) == 0; }

std::string g_directory;
std::atomic<bool> g_checked{false};

std::string at(const char* name) { return g_directory + "/" + name; }
void wait_for_tool() {
  while (!g_checked && access(at("started").c_str(), F_OK) != 0) usleep(1000);
}
void let_tool_go() { close(open(at("go").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)); }

// Calls `meanwhile` while another thread's check has the tool running.
template <class Call>
void beside_tool(Call&& meanwhile) {
  std::thread checker([] {
    gordian_check();
    g_checked = true;
  });
  wait_for_tool();
  meanwhile();
  let_tool_go();
  checker.join();
}

// Whether nobody can write to a pipe any more, or not for longer than that.
const char* end_of(int reader, int milliseconds = 0) {
  pollfd file = {reader, POLLIN, 0};
  return poll(&file, 1, milliseconds) == 1 && (file.revents & POLLHUP) != 0 ? "at its end" : "open";
}

int listen_at(sockaddr_in& place, int flags) {
  const int fd = socket(AF_INET, SOCK_STREAM | flags, 0);
  const int reuse = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  const bool listens = bind(fd, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0 && listen(fd, 1) == 0;
  socklen_t size = sizeof place;
  getsockname(fd, reinterpret_cast<sockaddr*>(&place), &size);
  return listens ? fd : -1;
}

// As a sandbox that is older than the call.
void kill_for_close_range() {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close_range, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program = {sizeof filter / sizeof filter[0], filter};
  const bool set = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  if (!set) std::printf("this machine allows no seccomp filter\n");
}

// `cloexec`: whether exec closes them as well (SOCK_CLOEXEC and O_CLOEXEC, or 0).
void close_beside_tool(int sock_cloexec, int cloexec) {
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = listen_at(place, sock_cloexec);
  int ends[2];
  int peers[2];
  if (listener < 0 || pipe2(ends, cloexec) != 0 || socketpair(AF_UNIX, SOCK_STREAM | sock_cloexec, 0, peers) != 0) std::exit(77);
  const int events = epoll_create1(EPOLL_CLOEXEC);
  epoll_event event = {EPOLLIN, {}};
  epoll_ctl(events, EPOLL_CTL_ADD, peers[0], &event);
  beside_tool([&] {
    close(listener);
    close(ends[1]);
    close(peers[0]);
    std::printf("port %s, ", listen_at(place, SOCK_CLOEXEC) >= 0 ? "free" : "taken");
    std::printf("pipe %s, ", end_of(ends[0]));
    const bool sent = send(peers[1], "x", 1, MSG_NOSIGNAL) == 1;
    std::printf("peer %s, ", sent ? "there" : "gone");
    std::printf("%d events\n", epoll_wait(events, &event, 1, 0));
  });
}

// As closefrom() does, and what is opened then gets the numbers of what it has closed.
void close_all_beside_tool() {
  int files[12];
  beside_tool([&] {
    for (int fd = 3; fd < 100; ++fd) close(fd);
    for (int& fd : files) {
      fd = open(at("foreign").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (write(fd, "mine", 4) != 4) std::exit(77);
      lseek(fd, 1, SEEK_SET);
    }
  });
  gordian_check();  // says what is new since then
  int left = 0;
  for (const int fd : files) left += lseek(fd, 0, SEEK_CUR) == 1 ? 1 : 0;
  std::printf("%d of 12 left alone\n", left);
}

void list_descriptors() {
  DIR* const list = opendir("/proc/self/fd");
  while (const dirent* entry = readdir(list)) {
    const int fd = std::atoi(entry->d_name);
    char target[200] = {};
    if (fd <= 2 || fd == dirfd(list)) continue;
    if (readlinkat(dirfd(list), entry->d_name, target, sizeof target - 1) > 0) std::printf("child has %s\n", target);
  }
  closedir(list);
}

void fork_beside_tool(const char* how) {
  beside_tool([how] {
    const pid_t child = is(how, "fork") ? fork() : static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
    if (child == 0) {
      list_descriptors();
      std::printf("child\n");
      std::fflush(stdout);
      _exit(0);
    }
    waitpid(child, nullptr, 0);
  });
}

// A process that is killed while its tool runs.
void kill_beside_tool() {
  int ends[2];
  int ready[2];
  if (pipe2(ends, O_CLOEXEC) != 0 || pipe2(ready, O_CLOEXEC) != 0) std::exit(77);
  const pid_t child = fork();
  if (child == 0) {
    gordian_check();
    if (write(ready[1], "", 1) == 1) pause();
  }
  close(ends[1]);
  close(ready[1]);
  pollfd checked = {ready[0], POLLIN, 0};
  while (access(at("started").c_str(), F_OK) != 0 && poll(&checked, 1, 1) == 0) continue;
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  std::printf("pipe %s\n", end_of(ends[0], 5000));
  let_tool_go();
}

}  // namespace

int main(int, char** argv) {
  const char* const how = argv[1];
  g_directory = argv[3];
  for (int fd = 3; fd < 256; ++fd) close(fd);  // what whoever runs the test has left open
  make_ring(argv[2]);
  wipe_stack();
  if (std::strstr(how, "filtered") != nullptr) kill_for_close_range();
  if (is(how, "close")) close_beside_tool(SOCK_CLOEXEC, O_CLOEXEC);
  if (is(how, "close inherited") || is(how, "close filtered")) close_beside_tool(0, 0);
  if (is(how, "close all")) close_all_beside_tool();
  if (is(how, "fork") || is(how, "raw")) fork_beside_tool(how);
  if (is(how, "kill") || is(how, "kill filtered")) kill_beside_tool();
  std::fflush(stdout);
}
