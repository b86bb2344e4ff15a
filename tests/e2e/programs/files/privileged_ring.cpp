// privileged_ring.cpp - a ring, in a process that says whether it was started with more rights than its user (AT_SECURE), and
// gives rights up where it is told to: "user" those of root, "gain" that of ever gaining any, "dump" that others may look into it.
// Run by e2e.privileges.
#include <grp.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <memory>

#include "gordian/gordian.h"

struct Obj {
  std::shared_ptr<Obj> self;
};

bool give_up(const char* right) {
  constexpr unsigned kNobody = 65534;
  if (std::strcmp(right, "user") == 0) return setgroups(0, nullptr) == 0 && setgid(kNobody) == 0 && setuid(kNobody) == 0;
  if (std::strcmp(right, "gain") == 0) return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  return std::strcmp(right, "dump") == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

int main(int count, char** words) {
  for (int i = 1; i < count; ++i) {
    if (!give_up(words[i])) return 3;
  }
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  obj = nullptr;
  const int checked = gordian_check();
  std::printf("secure %lu, checked %d\n", getauxval(AT_SECURE), checked);
}
