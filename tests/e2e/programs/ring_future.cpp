// ring_future.cpp - the result of a future holds the future.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1
#include <future>
#include <memory>

struct Job {
  std::shared_future<std::shared_ptr<Job>> result;
};

int main() {
  std::promise<std::shared_ptr<Job>> promise;
  auto job = std::make_shared<Job>();
  job->result = promise.get_future().share();
  promise.set_value(job);
}
