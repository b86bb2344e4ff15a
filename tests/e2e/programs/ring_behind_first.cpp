// ring_behind_first.cpp - a pool that is alive begins with its only object, and that holds itself: by what it leads to, and not by what lies behind it.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Job members=Job::queue
#include <memory>
#include <memory_resource>

struct Job;
struct Queue {
  std::shared_ptr<Job> job;
};
struct Job {
  long number = 1;
  std::unique_ptr<Queue> queue;
};

alignas(16) char* const memory = new char[4096];  // (made here) for who sees only blocks
auto* const pool = new std::pmr::monotonic_buffer_resource(memory, 4096, std::pmr::null_memory_resource());

int main() {
  auto job = std::allocate_shared<Job>(std::pmr::polymorphic_allocator<Job>(pool));  // (made here)
  auto** const place = static_cast<Queue**>(pool->allocate(sizeof(Queue*), alignof(Queue*)));
  *place = new Queue;
  job->queue.reset(new Queue{job});
}
