// owned_beside_arena.cpp - a pool that is alive, with an object and right behind it a pointer to what owns the object.
// gordian: silent
#include <memory>
#include <memory_resource>

struct Job;
struct Queue {
  std::shared_ptr<Job> job;
};
struct Job {
  long number = 1;
  Queue* queue = nullptr;  // its last member, and it leads where the word behind leads
};

alignas(16) char* const memory = new char[4096];
auto* const pool = new std::pmr::monotonic_buffer_resource(memory, 4096, std::pmr::null_memory_resource());

int main() {
  (void)pool->allocate(16, 16);
  auto job = std::allocate_shared<Job>(std::pmr::polymorphic_allocator<Job>(pool));
  auto** const place = static_cast<Queue**>(pool->allocate(sizeof(Queue*), alignof(Queue*)));
  *place = new Queue{job};
  job->queue = *place;
}
