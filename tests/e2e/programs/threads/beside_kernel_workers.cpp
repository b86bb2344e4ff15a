// beside_kernel_workers.cpp - the threads that the kernel works with for io_uring are listed beside the program's own. They own nothing and hear
// no signal: no check waits for them, and a child that is forked beside them is checked as one of a program with one thread.
// gordian: prints alone 23, owned 0
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: no notes
// gordian: unless emulated by one that has a thread of its own, which may own anything
#include <fcntl.h>
#include <gordian/gordian.h>
#include <linux/io_uring.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>

#include "rings.h"
#include "silent_child.h"

int setup(unsigned flags, io_uring_params& params) {
  params.flags = flags;
  params.sq_thread_idle = 1;  // milliseconds; then it sleeps
  return static_cast<int>(syscall(SYS_io_uring_setup, 8, &params));
}

// The kernel reads the file by a worker (iou-wrk).
void read_by_worker(int ring, const io_uring_params& params, void* place, unsigned bytes) {
  auto* const head = static_cast<char*>(mmap(nullptr, params.sq_off.array + 8 * sizeof(unsigned), PROT_READ | PROT_WRITE,
                                             MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING));
  auto* const requests = static_cast<io_uring_sqe*>(mmap(nullptr, 8 * sizeof(io_uring_sqe), PROT_READ | PROT_WRITE,
                                                         MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES));
  demand(head != MAP_FAILED && requests != MAP_FAILED, "the ring can be mapped");
  requests[0].opcode = IORING_OP_READ;
  requests[0].fd = open("/proc/self/exe", O_RDONLY);
  requests[0].addr = reinterpret_cast<unsigned long>(place);
  requests[0].len = bytes;
  requests[0].flags = IOSQE_ASYNC;
  __atomic_store_n(reinterpret_cast<unsigned*>(head + params.sq_off.tail), 1u, __ATOMIC_RELEASE);
  syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, nullptr, 0);
}

// That of the fastest of three, in seconds.
double time_of_check() {
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const auto start = std::chrono::steady_clock::now();
    demand(gordian_check() == 0, "the ring is owned");
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    best = took < best ? took : best;
  }
  return best;
}

Keeper* g_keeper;
char g_read[64];

// What it leaves on the stack lies deeper than anything that is called later.
__attribute__((noinline)) void make_far_below() {
  volatile char room[16 << 10];
  room[0] = 0;
  g_keeper = make_keeper();
  demand(room[0] == 0, "the stack stays");
}

int main() {
  make_far_below();
  io_uring_params params = {};
  const int ring = setup(0, params);
  if (ring >= 0) read_by_worker(ring, params, g_read, sizeof g_read);  // else the kernel offers none, and has no such threads
  io_uring_params polled = {};
  setup(IORING_SETUP_SQPOLL, polled);  // iou-sqp

  demand(time_of_check() < 0.5, "no check waits for the kernel's threads");
  const int alone = status_of_child([] { g_keeper = nullptr; });
  const int owned = status_of_child([] {});
  std::printf("alone %d, owned %d\n", alone, owned);
  let_go(g_keeper);
  lose_ring();
}
