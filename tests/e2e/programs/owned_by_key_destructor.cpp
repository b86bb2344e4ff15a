// owned_by_key_destructor.cpp - objects that own themselves until their thread ends: the destructor of a
// pthread key lets them go. So boost::thread keeps what it knows of a thread it did not start.
// gordian: silent
#include <pthread.h>
#include <unistd.h>

#include <memory>
#include <thread>

struct ThreadData {
  std::shared_ptr<ThreadData> self;
};

pthread_key_t g_keys[40];  // more than a thread has room for in itself

void let_go(void* data) {
  static_cast<ThreadData*>(data)->self.reset();
}

void keep_until_thread_ends(pthread_key_t key) {
  auto data = std::make_shared<ThreadData>();
  data->self = data;
  pthread_setspecific(key, data.get());
}

int main() {
  for (auto& key : g_keys) pthread_key_create(&key, let_go);
  keep_until_thread_ends(g_keys[0]);
  keep_until_thread_ends(g_keys[39]);
  int ready[2];
  if (pipe(ready) != 0) return 1;
  std::thread([&] {
    keep_until_thread_ends(g_keys[0]);
    close(ready[1]);
    for (;;) pause();
  }).detach();
  char none;
  return static_cast<int>(read(ready[0], &none, 1));
}
