// workers_test.cpp - scan/workers.h, scan/shared_work.h, scan/found_slots.h and scan/fault_guard.h.
#include "scan/workers.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "catch.h"
#include "emulated.h"
#include "scan/fault_guard.h"
#include "scan/found_slots.h"
#include "scan/shared_work.h"

using namespace gordian::rt;
using gordian::test::is_skipped_as_emulated;
using gordian::snapshot::SlotRow;

namespace {

constexpr std::size_t kManyBlocks = 1'000'000;
constexpr std::size_t kFewBlocks = 100;

// How often each worker was called.
std::vector<int> calls(Workers& workers) {
  std::array<std::atomic<int>, Workers::kMost> count{};
  CHECK(workers.run([&](unsigned worker) { ++count.at(worker); }));
  return {count.begin(), count.begin() + workers.size()};
}

// The status of a child process that runs `body`.
int status_of_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// From now on clone() fails in this process.
bool forbid_clone() {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program = {sizeof code / sizeof *code, code};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// The leaves of a tree whose nodes are numbers: n has the children 2n and 2n + 1 below `nodes`.
struct Tree {
  std::uint32_t nodes;
  std::vector<std::atomic<std::uint8_t>> visited = std::vector<std::atomic<std::uint8_t>>(nodes);

  void flood(SharedWork& shared, PageArray<std::uint32_t>& work) {
    do {
      while (!work.empty()) {
        shared.share(work);
        const std::uint32_t node = work.pop();
        ++visited[node];
        for (const std::uint32_t child : {2 * node, 2 * node + 1}) {
          if (child < nodes) work.push(child);
        }
      }
    } while (shared.take(work));
  }
};

// Memory that nobody may read.
class UnreadablePage {
 public:
  UnreadablePage() { REQUIRE(page_ != MAP_FAILED); }
  UnreadablePage(const UnreadablePage&) = delete;
  UnreadablePage& operator=(const UnreadablePage&) = delete;
  ~UnreadablePage() { ::munmap(page_, 4096); }
  Address address() const { return reinterpret_cast<Address>(page_); }

 private:
  void* page_ = ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
};

// Where work that reads was called off; 0 where it was done. The others wait for the one that reads.
Address fault_of(const std::function<bool(unsigned worker)>& reads, Address from) {
  Workers workers;
  workers.use_helpers_for(kManyBlocks);
  FaultGuard guard(workers);
  std::atomic<std::uint64_t> sum{0};
  if (__builtin_setjmp(guard.home) == 0) {
    static_cast<void>(workers.run([&](unsigned worker) {
      if (reads(worker)) sum += load_word(from);
      while (!reads(worker) && !workers.called_off()) ::sched_yield();
    }));
  }
  CHECK(workers.called_off());
  workers.join();
  return guard.fault_address();
}

}  // namespace

TEST_CASE("work is done once by each worker, as often as it is given") {
  Workers workers;
  workers.use_helpers_for(kManyBlocks);
  for (int i = 0; i < 3; ++i) CHECK(calls(workers) == std::vector<int>(workers.size(), 1));
}

TEST_CASE("a small heap is the checking thread's alone") {
  Workers workers;
  workers.use_helpers_for(kFewBlocks);
  CHECK(workers.size() == 1);
  CHECK(calls(workers) == std::vector<int>{1});
}

TEST_CASE("where no helper can be started the checking thread does its work, too") {
  if (is_skipped_as_emulated("it has no seccomp(), by which starting one is forbidden")) return;
  const int status = status_of_child([] {
    if (!forbid_clone()) return 2;
    Workers workers;
    workers.use_helpers_for(kManyBlocks);
    const pid_t self = static_cast<pid_t>(::syscall(SYS_gettid));
    unsigned done = 0;
    bool alone = true;
    const bool finished = workers.run([&](unsigned) {
      ++done;
      alone = alone && ::syscall(SYS_gettid) == self;
    });
    return finished && alone && done == workers.size() ? 0 : 1;
  });
  CHECK(status == 0);
}

TEST_CASE("each row is in one chunk, and nobody's chunks go back") {
  for (const std::size_t rows : {0u, 1u, 4095u, 4096u, 4097u, 1'000'000u}) {
    INFO(rows);
    Workers workers;
    workers.use_helpers_for(kManyBlocks);
    std::vector<std::atomic<std::uint8_t>> seen(rows);
    std::atomic<bool> ascending{true};
    Chunks chunks(rows);
    CHECK(workers.run([&](unsigned) {
      std::uint32_t before = 0;
      chunks.for_each([&](std::uint32_t, std::uint32_t first, std::uint32_t end) {
        if (first < before) ascending = false;
        before = end;
        for (; first < end; ++first) ++seen[first];
      });
    }));
    CHECK(ascending);
    CHECK(std::count(seen.begin(), seen.end(), 1) == static_cast<std::ptrdiff_t>(rows));
  }
}

TEST_CASE("shared work is done once, whoever does it") {
  for (int round = 0; round < 50; ++round) {
    Workers workers;
    workers.use_helpers_for(kManyBlocks);
    SharedWork shared(workers);
    Tree tree{100'000};
    CHECK(workers.run([&](unsigned worker) {
      PageArray<std::uint32_t> work;
      if (worker == 0) {
        work.push(1);
      } else {
        shared.enter();
      }
      tree.flood(shared, work);
    }));
    CHECK_FALSE(shared.failed());
    CHECK(tree.visited[0] == 0);
    REQUIRE(std::count(tree.visited.begin(), tree.visited.end(), 1) == 99'999);
  }
}

TEST_CASE("slots come by their pieces, whoever found them") {
  FoundSlots found;
  REQUIRE(found.expect(4));
  const auto add = [&](unsigned worker, Address at) {
    SlotRow slot{};
    slot.address = at;
    found.add(worker, slot);
  };
  add(1, 30);
  add(1, 31);
  found.end_piece(1, 2);
  add(0, 10);
  found.end_piece(0, 0);
  found.end_piece(0, 1);  // nothing was found there
  add(1, 40);
  found.end_piece(1, 3);
  std::vector<Address> order;
  found.for_each([&](const SlotRow& slot) { order.push_back(slot.address); });
  CHECK(order == std::vector<Address>{10, 30, 31, 40});
  CHECK(found.size() == 4);
  CHECK_FALSE(found.failed());
}

TEST_CASE("what the checking thread cannot read calls the work off") {
  const UnreadablePage page;
  CHECK(fault_of([](unsigned worker) { return worker == 0; }, page.address() + 8) == page.address() + 8);
}

TEST_CASE("what a helper cannot read calls the work off") {
  const UnreadablePage page;
  Workers workers;
  workers.use_helpers_for(kManyBlocks);
  if (workers.size() == 1) {
    WARN("one processor: there is no helper");
    return;
  }
  CHECK(fault_of([](unsigned worker) { return worker == 1; }, page.address() + 16) == page.address() + 16);
}

TEST_CASE("all may run into what cannot be read at once") {
  const UnreadablePage page;
  CHECK(fault_of([](unsigned) { return true; }, page.address()) == page.address());
}
