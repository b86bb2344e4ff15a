// stepping_cancelled.cpp - threads are cancelled at instruction after instruction of gordian's hooks, and one in a check. Nothing is left
// locked, and a check is no place where a thread ends.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>

#include "rings.h"
#include "stepping.h"

unsigned g_left = 0;  // instructions until the thread is cancelled

void act() {
  if (g_left-- != 0) return;
  g_acts = false;
  pthread_cancel(pthread_self());  // takes effect here
}

void* allocate(void* argument) {
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, nullptr);
  by_way(*static_cast<unsigned*>(argument), [] {
    start_stepping();
    void* volatile block = std::malloc(10);
    std::free(block);
    stop_stepping();
  });
  return nullptr;
}

// Cancelled at a point of its own choice, which is behind the check.
void* check(void* argument) {
  pthread_cancel(pthread_self());
  for (int i = 0; i < 3; ++i) demand(gordian_check() == 0, "main owns all");
  int state = -1;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
  demand(state == PTHREAD_CANCEL_ENABLE, "the thread can be cancelled as before");
  pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr);
  *static_cast<bool*>(argument) = true;
  pthread_testcancel();
  return nullptr;
}

bool is_cancelled(void* (*work)(void*), void* argument) {
  pthread_t thread;
  void* result = nullptr;
  if (pthread_create(&thread, nullptr, work, argument) != 0) std::abort();
  pthread_join(thread, &result);
  return result == PTHREAD_CANCELED;
}

int main() {
  prepare_stepping(act);
  unsigned instructions = 0;
  do {
    instructions += 37;
    g_left = instructions;
  } while (is_cancelled(allocate, &instructions));
  demand(instructions > 300, "hooks have been left");
  Keeper* const keeper = make_keeper();
  bool checked = false;
  demand(is_cancelled(check, &checked) && checked, "the thread has checked, and ended then");
  let_go(keeper);
  lose_ring();
}
