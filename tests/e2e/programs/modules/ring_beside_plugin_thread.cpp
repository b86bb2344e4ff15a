// ring_beside_plugin_thread.cpp - a plugin's thread has let go of its objects, and waits for ever in code that is gone.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::other
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <semaphore.h>
#include <unistd.h>

#include <memory>
#include <thread>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
struct Node {
  virtual ~Node() = default;
  std::shared_ptr<Node> other;
};

void work(void (*wait)()) {
  auto node = std::make_shared<Node>();  // (made here)
  node->other = std::make_shared<Node>();  // (made here)
  node->other->other = node;
#ifndef FIXED
  node.reset();
#endif
  wait();
}

extern "C" void start(void (*wait)()) {
  std::thread(work, wait).detach();
}
#else
sem_t waiting;

void wait_for_ever() {
  sem_post(&waiting);
  while (true) pause();
}

int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  void* library = load(path);
  sem_init(&waiting, 0, 0);
  find<void(void (*)())>(library, "start")(wait_for_ever);
  sem_wait(&waiting);
  unload(library, path);
}
#endif
