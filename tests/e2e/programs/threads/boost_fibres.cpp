// boost_fibres.cpp - what suspended fibres of Boost.Context and Boost.Coroutine2 hold is owned, whichever thread they ran on last.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>

#include <boost/context/fiber.hpp>
#include <boost/coroutine2/all.hpp>

#include "rings.h"

using boost::context::fiber;
using Source = boost::coroutines2::coroutine<int>::pull_type;
using Sink = boost::coroutines2::coroutine<int>::push_type;

__attribute__((noinline)) void make_at(Keeper* volatile* place) { *place = make_keeper(); }

fiber hold(fiber&& resumer) {
  Keeper* volatile keeper = nullptr;
  make_at(&keeper);
  resumer = std::move(resumer).resume();
  let_go(keeper);
  return std::move(resumer);
}

void yield_two(Sink& sink) {
  Keeper* volatile keeper = nullptr;
  make_at(&keeper);
  sink(1);
  demand(gordian_check() == 0, "a fibre that checks owns its ring, and so does who resumed it");
  sink(2);
  let_go(keeper);
}

// Starts one, and leaves it to main.
void* start(void* place) {
  *static_cast<fiber*>(place) = fiber(hold).resume();
  return nullptr;
}

int main() {
  fiber of_thread;
  pthread_t thread;
  pthread_create(&thread, nullptr, start, &of_thread);
  pthread_join(thread, nullptr);
  auto in_heap = std::make_unique<fiber>(fiber(hold).resume());
  Source numbers(yield_two);
  demand(numbers.get() == 1 && gordian_check() == 0, "each fibre owns its ring");
  numbers();
  demand(numbers.get() == 2 && gordian_check() == 0, "each still does");
  numbers();
  *in_heap = std::move(*in_heap).resume();
  of_thread = std::move(of_thread).resume();
  lose_ring();
}
