// fork_child.cpp - a forked child is checked at its own exit, and its parent at its own.
// gordian: options json=/dev/null
// gordian: prints child 23
// gordian: exit 0
// gordian: says Obj::self
// gordian: any report
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  auto owned = std::make_shared<Obj>();
  const pid_t child = fork();
  if (child == 0) {
    auto obj = std::make_shared<Obj>();
    obj->self = obj;
    return 0;
  }
  int status = 0;
  waitpid(child, &status, 0);
  std::printf("child %d\n", WEXITSTATUS(status));
}
