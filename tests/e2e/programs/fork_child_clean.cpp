// fork_child_clean.cpp - a ring that the parent owns is no cycle in the child: the twin of fork_child.cpp.
// gordian: prints child 0
// gordian: silent
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

std::shared_ptr<Obj>* keeper;

int main() {
  keeper = new std::shared_ptr<Obj>(std::make_shared<Obj>());
  (*keeper)->self = *keeper;
  const pid_t child = fork();
  if (child == 0) return 0;
  int status = 0;
  waitpid(child, &status, 0);
  std::printf("child %d\n", WEXITSTATUS(status));
}
