// ring_beside_io_uring.cpp - what requests are for, only the kernel knows: they own. One observes an object that only it itself holds.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Task members=Task::when_done
#include <linux/io_uring.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <memory>

#include "connection.h"

struct Task {
  std::function<void()> when_done;
};

constexpr unsigned kRequests = 64;
void* requests_without_io_uring[kRequests];  // where the kernel takes none

void* map_part(int ring, std::size_t bytes, off_t part) {
  void* const at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, part);
  return at == MAP_FAILED ? std::abort(), nullptr : at;
}

__attribute__((noinline)) void* make_request(unsigned number) {
  if (number != 0) return new Connection;
  auto task = std::make_shared<Task>();
  task->when_done = [task] { task->when_done = nullptr; };
  return task.get();
}

__attribute__((noinline)) void wait_for_events(int ring, const io_uring_params& params) {
  auto* const bytes =
      static_cast<char*>(map_part(ring, params.sq_off.array + kRequests * sizeof(unsigned), IORING_OFF_SQ_RING));
  auto* const order = reinterpret_cast<unsigned*>(bytes + params.sq_off.array);
  auto* const requests = static_cast<io_uring_sqe*>(map_part(ring, kRequests * sizeof(io_uring_sqe), IORING_OFF_SQES));
  for (unsigned i = 0; i < kRequests; ++i) {
    requests[i].opcode = IORING_OP_POLL_ADD;
    requests[i].fd = eventfd(0, EFD_CLOEXEC);
    requests[i].poll32_events = 1;  // POLLIN
    requests[i].user_data = reinterpret_cast<unsigned long>(make_request(i));
    order[i] = i;
  }
  __atomic_store_n(reinterpret_cast<unsigned*>(bytes + params.sq_off.tail), kRequests, __ATOMIC_RELEASE);
  if (syscall(SYS_io_uring_enter, ring, kRequests, 0, 0, nullptr, 0) != long{kRequests}) std::abort();
}

int main() {
  io_uring_params params = {};
  const long ring = syscall(SYS_io_uring_setup, kRequests, &params);
  if (ring >= 0) return wait_for_events(static_cast<int>(ring), params), 0;
  for (unsigned i = 0; i < kRequests; ++i) requests_without_io_uring[i] = make_request(i);
}
