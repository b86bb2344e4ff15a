// ring_forgotten_by_key.cpp - an object that owns itself, and a pthread key that has lost it.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=ThreadData members=ThreadData::self
#include <pthread.h>

#include <memory>

struct ThreadData {
  std::shared_ptr<ThreadData> self;
};

void let_go(void* data) {
  static_cast<ThreadData*>(data)->self.reset();
}

int main() {
  pthread_key_t key;
  pthread_key_create(&key, let_go);
  {
    auto data = std::make_shared<ThreadData>();  // (made here)
    data->self = data;
    pthread_setspecific(key, data.get());
  }
  pthread_setspecific(key, nullptr);
}
