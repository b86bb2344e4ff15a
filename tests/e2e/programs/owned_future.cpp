// owned_future.cpp - such a result while somebody waits for it, and one that was taken out.
// gordian: prints empty
// gordian: silent
#include <cstdio>
#include <future>
#include <memory>

struct Job {
  std::shared_future<std::shared_ptr<Job>> shared;
  std::future<std::shared_ptr<Job>> once;
};

auto* const waiting = new std::shared_future<std::shared_ptr<Job>>;

int main() {
  std::promise<std::shared_ptr<Job>> promise;
  auto job = std::make_shared<Job>();
  *waiting = job->shared = promise.get_future().share();
  promise.set_value(job);

  std::promise<std::shared_ptr<Job>> other;
  auto taken = std::make_shared<Job>();
  taken->once = other.get_future();
  other.set_value(taken);
  taken->once.get();
  std::puts(taken->once.valid() ? "full" : "empty");
}
