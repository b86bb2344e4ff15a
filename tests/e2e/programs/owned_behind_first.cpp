// owned_behind_first.cpp - a pool that is alive begins with its only object; what owns the object lies behind it.
// gordian: silent
#include <memory>
#include <memory_resource>

struct Job;
struct Queue {
  std::shared_ptr<Job> job;
};
struct Job {
  long number = 1;
  Queue* queue = nullptr;
};

alignas(16) char* const memory = new char[4096];
auto* const pool = new std::pmr::monotonic_buffer_resource(memory, 4096, std::pmr::null_memory_resource());

int main() {
  auto job = std::allocate_shared<Job>(std::pmr::polymorphic_allocator<Job>(pool));
  auto** const place = static_cast<Queue**>(pool->allocate(sizeof(Queue*), alignof(Queue*)));
  *place = new Queue{job};
  job->queue = *place;
}
