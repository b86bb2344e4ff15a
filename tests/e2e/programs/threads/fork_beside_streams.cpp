// fork_beside_streams.cpp - a thread that has a stream's lock allocates, and checks, while another flushes all streams and a third forks: the one
// in fork() waits for libc's list of streams, which the second has, who waits for the first.
// gordian: prints the child ended with 0
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "new_ways.h"
#include "rings.h"

// Until the thread waits for a lock of libc's: it sleeps. Which call it is in an emulator would tell by another machine's number.
void wait_until_waiting(const std::atomic<pid_t>& tid) {
  while (tid == 0) std::this_thread::yield();
  const std::string path = "/proc/self/task/" + std::to_string(tid) + "/stat";
  for (std::string told; told.find(") S ") == std::string::npos;) {
    std::this_thread::yield();
    char stat[256] = {};
    const int file = open(path.c_str(), O_RDONLY);
    demand(file >= 0 && read(file, stat, sizeof stat - 1) > 0, "it is there");
    close(file);
    told = stat;
  }
}

int main() {
  std::atomic<pid_t> flushing{0}, forking{0};
  pid_t child = -1;
  int status = -1;
  flockfile(stdout);
  std::thread flush([&] {
    flushing = gettid();
    std::fflush(nullptr);
  });
  wait_until_waiting(flushing);
  std::thread forks([&] {
    forking = gettid();
    child = fork();
    if (child == 0) _exit(gordian_check());
    waitpid(child, &status, 0);
  });
  wait_until_waiting(forking);
  Keeper* const keeper = make_keeper();
  allocate_in_new_ways<20>();
  demand(gordian_check() == 0, "a local owns it");
  funlockfile(stdout);
  flush.join();
  forks.join();
  std::printf("the child ended with %d\n", WEXITSTATUS(status));
  let_go(keeper);
  lose_ring();
}
