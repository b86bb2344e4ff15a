// workers.cpp - see workers.h.
#include "scan/workers.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kStackBytes = std::size_t{64} << 10;
constexpr std::size_t kWorthHelpers = std::size_t{1} << 15;  // blocks: some 8 ms, where a helper takes 0.05 ms to start

unsigned count_processors() noexcept {
  cpu_set_t set;
  // Fails where a machine has more than fit.
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<unsigned>(CPU_COUNT(&set)) : Workers::kMost;
}

}  // namespace

Workers::~Workers() {
  join();
  if (stacks_ != nullptr) kernel_munmap(stacks_, kStackBytes * (kMost - 1));
}

void Workers::use_helpers_for(std::size_t blocks) noexcept {
  if (blocks < kWorthHelpers || stacks_ != nullptr) return;
  stacks_ = static_cast<char*>(map_pages(kStackBytes * (kMost - 1)));
  if (stacks_ == nullptr) return;
  const unsigned processors = count_processors();
  size_ = processors < kMost ? processors : kMost;
}

int Workers::work_as_helper(void* argument) noexcept {
  const Helper& helper = *static_cast<Helper*>(argument);
  helper.call(helper.context, helper.worker);
  return 0;
}

bool Workers::start_helper(unsigned worker, Call call, void* context) noexcept {
  constexpr int kThread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
  constexpr int kFlags = kThread | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  Helper& helper = helpers_[worker - 1];
  helper.call = call;
  helper.context = context;
  helper.worker = worker;
  char* const stack_end = stacks_ + kStackBytes * worker;
  return ::__clone(work_as_helper, stack_end, kFlags, &helper, &helper.tid, nullptr, &helper.tid) > 0;
}

void Workers::start(Call call, void* context) noexcept {
  bool started[kMost] = {};
  for (unsigned w = 1; w < size_; ++w) started[w] = start_helper(w, call, context);
  call(context, 0);
  for (unsigned w = 1; w < size_; ++w) {
    if (!started[w]) call(context, w);
  }
  join();
}

bool Workers::is_helper(int tid) const noexcept {
  for (const Helper& helper : helpers_) {
    if (helper.tid.load(std::memory_order_acquire) == tid) return true;
  }
  return false;
}

void Workers::join() noexcept {
  for (Helper& helper : helpers_) {
    while (const int tid = helper.tid.load(std::memory_order_acquire)) {
      kernel::call(SYS_futex, &helper.tid, FUTEX_WAIT, tid, nullptr, nullptr, 0);
    }
  }
}

}  // namespace gordian::rt
