// owned_by_pthread_key.cpp - a value under a pthread key of main's points to a shared_ptr on the heap.
// gordian: silent
#include <pthread.h>

#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

int main() {
  pthread_key_t key;
  pthread_key_create(&key, nullptr);
  auto* keeper = new std::shared_ptr<Obj>(std::make_shared<Obj>());
  (*keeper)->other = std::make_shared<Obj>();
  (*keeper)->other->other = *keeper;
  pthread_setspecific(key, keeper);
}
