// kernel_worker.h - the kernel's own threads among the program's.
//
// What io_uring cannot do at once (iou-wrk-*) or is to look for by itself (iou-sqp-*), and vhost's queues, threads of the
// kernel's work on. They are listed in /proc/self/task, but run no code of the program's, have no stack of it, own
// nothing, and no signal has a handler run in them.
#pragma once

#include <cstdint>

namespace gordian::rt {

// The thread's flags, PF_* of linux/sched.h in the kernel. False and errno when they cannot be read.
bool read_task_flags(int tid, std::uint64_t& flags) noexcept;

// In doubt it is the program's.
bool is_kernel_worker(int tid) noexcept;

}  // namespace gordian::rt
