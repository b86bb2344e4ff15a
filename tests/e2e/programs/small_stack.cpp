// small_stack.cpp - threads with the smallest stack there may be have room for gordian's hooks, in signal handlers too.
// gordian: options block_stacks=1
// gordian: prints done
// gordian: silent
#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <memory>

void on_signal(int) { std::make_shared<int>(1); }  // nobody should; many do

void* run(void*) {
  const auto owned = std::make_shared<int>(2);
  const std::weak_ptr<int> seen = owned;
  raise(SIGUSR1);
  return seen.expired() ? owned.get() : nullptr;
}

int main() {
  constexpr std::size_t kSmallest = 16384;
  signal(SIGUSR1, on_signal);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kSmallest);
  for (int i = 0; i < 10; ++i) {
    pthread_t thread;
    void* result = nullptr;
    if (pthread_create(&thread, &attributes, run, nullptr) != 0) return 1;
    pthread_join(thread, &result);
    if (result != nullptr) return 1;
  }
  std::printf("done\n");
}
