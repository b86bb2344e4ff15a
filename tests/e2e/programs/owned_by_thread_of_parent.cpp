// owned_by_thread_of_parent.cpp - a forked child ends while a thread that only the parent has owns a ring.
// gordian: prints child 0
// gordian: silent
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

struct Node {
  std::shared_ptr<Node> peer;
};

int main() {
  std::atomic<bool> made{false}, forked{false};
  std::thread worker([&] {
    std::vector<std::shared_ptr<Node>> nodes{std::make_shared<Node>()};
    nodes[0]->peer = std::make_shared<Node>();
    nodes[0]->peer->peer = nodes[0];
    made = true;
    while (!forked) std::this_thread::yield();
    nodes[0]->peer.reset();
  });
  while (!made) std::this_thread::yield();
  const pid_t child = fork();
  if (child == 0) std::exit(0);
  int status = -1;
  waitpid(child, &status, 0);
  forked = true;
  worker.join();
  std::printf("child %d\n", WEXITSTATUS(status));
}
