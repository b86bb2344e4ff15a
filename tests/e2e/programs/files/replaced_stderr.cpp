// replaced_stderr.cpp - a lost ring, in a process that has put something else at descriptor 2: replaced_stderr WHAT PATH
// Run by e2e.files. What a socket or a counter has got is printed; what a file has is left at PATH.
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <memory>

#include "gordian/gordian.h"

struct Obj {
  std::shared_ptr<Obj> self;
};

// Closed, descriptor 2 is what the next file gets.
int open_at_two(const char* path, int flags) {
  close(2);
  return open(path, flags | O_CREAT, 0600) == 2 && write(2, "data\n", 5) == 5 ? 0 : 3;
}

void lose_ring() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
}

int main(int, char** words) {
  const char* const what = words[1];
  const char* const path = words[2];
  const auto is = [what](const char* other) { return std::strcmp(what, other) == 0; };
  lose_ring();
  if (is("data")) return open_at_two(path, O_RDWR) == 0 && lseek(2, 0, SEEK_SET) == 0 ? 0 : 3;
  // Its standard error can be read under another number, too, as /dev/null in what a shell starts.
  if (is("pid")) return open("/proc/self/fd/2", O_RDONLY) > 2 ? open_at_two(path, O_RDWR) : 3;
  if (is("lock")) return close(2) == 0 && open(path, O_RDWR | O_CREAT, 0600) == 2 ? 0 : 3;
  if (is("over")) return close(2) == 0 && open(path, O_WRONLY | O_CREAT, 0600) == 2 && pwrite(2, "data\n", 5, 0) == 5 ? 0 : 3;
  if (is("captured")) return dup(2) > 2 ? open_at_two(path, O_RDWR) : 3;  // as a test framework does
  if (is("read")) return close(2) == 0 && open("/dev/zero", O_RDONLY) == 2 ? 0 : 3;
  if (is("nothing")) {  // as daemons do
    const int nothing = open("/dev/null", O_RDONLY);
    return dup2(nothing, 0) == 0 && dup2(nothing, 1) == 1 && dup2(nothing, 2) == 2 ? 0 : 3;
  }
  if (is("own")) return open_at_two(path, O_WRONLY | O_CLOEXEC);
  if (is("log")) return std::freopen(path, "w", stderr) != nullptr ? 0 : 3;
  if (is("appended")) return open_at_two(path, O_RDWR | O_APPEND);
  if (is("both")) return open_at_two(path, O_RDWR) == 0 && lseek(2, 0, SEEK_SET) == 0 && dup2(2, 1) == 1 ? 0 : 3;
  int ends[2];
  char byte = 0;
  if (is("socket")) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || dup2(ends[0], 2) != 2) return 3;
    const int checked = gordian_check();
    std::printf("checked %d, %s\n", checked, recv(ends[1], &byte, 1, MSG_DONTWAIT) > 0 ? "written to" : "left alone");
  } else if (is("counter")) {
    eventfd_t count = 0;
    close(2);
    if (eventfd(0, EFD_NONBLOCK) != 2) return 3;
    const int output = dup(1);
    if (close(1) != 0 || eventfd(0, 0) != 1) return 3;  // another one, which is no standard output
    const int checked = gordian_check();
    if (dup2(output, 1) != 1) return 3;
    std::printf("checked %d, %s\n", checked, eventfd_read(2, &count) == 0 ? "written to" : "left alone");
  } else if (is("pipe")) {
    if (pipe(ends) != 0 || dup2(ends[1], 2) != 2) return 3;
    const int checked = gordian_check();
    std::printf("checked %d, %s\n", checked, read(ends[0], &byte, 1) == 1 ? "written to" : "left alone");
  }
}
