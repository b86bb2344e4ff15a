// lost_owners.cpp - handles that were lost with what owned their holders: the report names what was lost.
// gordian: exit 23
// gordian: options fail_on=orphans:block_stacks=1
// gordian: orphan proved instances=3 of=Job
// gordian: says lost: a heap block of 48 bytes that nothing points to,
// gordian: says programs/lost_owners.cpp:36,
// gordian: says leads to the handle 8 bytes into a heap block of 16 bytes,
// gordian: says lost (2 times): a heap block of
// gordian: says programs/lost_owners.cpp:41,
#include <map>
#include <memory>

struct Job {
  int number = 1;
};

struct Inner {
  std::shared_ptr<Job> job = std::make_shared<Job>();
};

struct Outer {
  long room[5] = {};
  std::unique_ptr<Inner> inner = std::make_unique<Inner>();
};

struct Jobs {
  long room[5] = {};
  std::map<int, std::shared_ptr<Job>> by_number;
};

// Volatile, or the optimiser drops the stores to memory that nobody reads.
Outer* volatile outer;
Jobs* volatile jobs;

__attribute__((noinline)) void forget_owner() {
  outer = new Outer();
  outer = nullptr;
}

__attribute__((noinline)) void forget_map() {
  jobs = new Jobs();
  for (int i = 0; i < 2; ++i) jobs->by_number[i] = std::make_shared<Job>();
  jobs = nullptr;
}

int main() {
  forget_owner();
  forget_map();
}
