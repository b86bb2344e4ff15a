// process_locks.cpp - a process that has its memory locked by mlockall(): process_locks HOW leak|clean
//
// Prints what mlockall() says, and whether about as much of it is in memory as the program uses.
#include <linux/capability.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "ring.h"

namespace {

// Who has this capability is bound by no limit.
void give_up_right_to_lock() {
  __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  syscall(SYS_capget, &head, data);
  data[0].effective &= ~(1u << CAP_IPC_LOCK);
  syscall(SYS_capset, &head, data);
}

long kilobytes(const char* what) {
  std::FILE* const file = std::fopen("/proc/self/status", "r");
  long found = -1;
  for (char line[256]; file != nullptr && std::fgets(line, sizeof line, file) != nullptr;) {
    if (std::string(line).rfind(what, 0) == 0) found = std::atol(line + std::strlen(what));
  }
  if (file != nullptr) std::fclose(file);
  return found;
}

void say_how_much_there_is() {
  constexpr long kMuch = 150000;
  std::printf("resident: %s, locked: %s\n", kilobytes("VmRSS:") < kMuch ? "little" : "much",
              kilobytes("VmLck:") < 1000 ? "nothing" : kilobytes("VmLck:") < kMuch ? "little" : "much");
}

int ways_to_lock(const std::string& how) {
  if (how == "what is there" || how == "twice within a limit") return MCL_CURRENT;
  if (how == "when it is used") return MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
  return MCL_CURRENT | MCL_FUTURE;
}

void allocate() {
  std::vector<std::shared_ptr<Node>> nodes;
  for (int i = 0; i < 20000; ++i) nodes.push_back(std::make_shared<Node>());
}

}  // namespace

int main(int, char** argv) {
  const std::string how = argv[1];
  const bool limited = how.find("within a limit") != std::string::npos;
  if (limited) {
    rlimit limit = {};
    getrlimit(RLIMIT_MEMLOCK, &limit);
    limit.rlim_cur = std::min(limit.rlim_max, rlim_t{64} << 20);
    setrlimit(RLIMIT_MEMLOCK, &limit);
    give_up_right_to_lock();
  }
  if (how.rfind("twice", 0) == 0) std::printf("%d\n", mlockall(MCL_FUTURE));
  const int locked = mlockall(ways_to_lock(how));
  std::printf("%d %d\n", locked, locked == 0 ? 0 : errno);
  say_how_much_there_is();
  allocate();
  if (!limited) {  // their stacks are locked as well
    std::thread(allocate).join();
    std::thread(allocate).join();
  }
  say_how_much_there_is();
  unsigned char there[1] = {};
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  char* const fresh = static_cast<char*>(mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  mincore(fresh, page, there);
  std::printf("what is mapped later is in memory: %d\n", there[0] & 1);
  make_ring(argv[2]);
  wipe_stack();
}
