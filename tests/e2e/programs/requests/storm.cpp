// storm.cpp - signals that come at any moment: storm SIGNALS leak|clean
//
// Threads allocate, take and drop handles, throw, open libraries, start threads and fork all the time. Nobody must wait for ever.
#include <dlfcn.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "requests.h"

std::atomic<bool> done{false};

void allocate() {
  while (!done) {
    std::vector<std::shared_ptr<Session>> sessions;
    for (int i = 0; i < 100; ++i) sessions.push_back(std::make_shared<Session>());
    std::vector<std::weak_ptr<Session>> observers(sessions.begin(), sessions.end());
    void* block = std::malloc(10);
    block = std::realloc(block, 20000);
    std::free(block);
  }
}
void throw_and_catch() {
  while (!done) {
    try {
      throw std::runtime_error("as it happens");
    } catch (const std::exception&) {
    }
  }
}
void open_libraries() {
  while (!done) {
    if (void* library = dlopen("libutil.so.1", RTLD_NOW)) dlclose(library);
    if (void* library = dlopen("libBrokenLocale.so.1", RTLD_NOW)) dlclose(library);
  }
}
void make_processes() {
  while (!done) {
    const pid_t child = in_child([](pid_t) { serve(false); });
    waitpid(child, nullptr, 0);
    std::thread([] { serve(false); }).join();
  }
}

int main(int, char** argv) {
  const int signals = std::atoi(argv[1]);
  if (std::string(argv[2]) == "leak") serve(true);
  serve(false);
  const pid_t sender = in_child([signals](pid_t parent) {
    for (int i = 0; i < signals; ++i) {
      kill(parent, SIGUSR1);
      pause_ms(i % 3);
    }
  });
  std::vector<std::thread> threads;
  for (const auto work : {allocate, allocate, throw_and_catch, open_libraries, make_processes}) threads.emplace_back(work);
  while (waitpid(sender, nullptr, WNOHANG) == 0) serve(false);
  done = true;
  for (auto& thread : threads) thread.join();
  std::puts("weathered");
}
