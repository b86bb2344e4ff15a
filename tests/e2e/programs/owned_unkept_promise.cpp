// owned_unkept_promise.cpp - promises that are not kept, or broken: their results have room for a value, and in it what was there before.
// gordian: prints 1 1
// gordian: silent
#include <cstdio>
#include <exception>
#include <future>
#include <memory>
#include <stdexcept>

struct Job;
struct Payload {
  std::shared_ptr<Job> job;
};
struct Job {
  std::promise<Payload> next;
  std::shared_future<Payload> failed;
};
struct Old {  // as large as a result, with a handle where that has its value
  long first, second;
  std::shared_ptr<Job> job;
  bool last;
};

auto* const waiting = new std::shared_ptr<Job>(std::make_shared<Job>());
auto* const failing = new std::shared_ptr<Job>(std::make_shared<Job>());
auto* const known_failing = new std::shared_ptr<Job>(std::make_shared<Job>());
std::exception_ptr known;

[[gnu::noinline]] void forget(Old* old) {
  delete old;
}

// The next result lies where it was.
void leave(const std::shared_ptr<Job>& job) {
  forget(new Old{1, 2, job, true});
}

std::promise<Payload> promise_over(const std::shared_ptr<Job>& job) {
  leave(job);
  return std::promise<Payload>();
}

int main() {
  known = std::make_exception_ptr(std::runtime_error("known"));
  (*waiting)->next = promise_over(*waiting);
  {
    auto promise = promise_over(*failing);
    (*failing)->failed = promise.get_future().share();
    promise.set_exception(std::make_exception_ptr(std::runtime_error("lost")));
  }
  {
    auto promise = promise_over(*known_failing);
    (*known_failing)->failed = promise.get_future().share();
    promise.set_exception(known);
  }
  std::printf("%ld %ld\n", waiting->use_count(), failing->use_count());
}
