// user_root_shared_child.cpp - a declared root in shared memory, which a forked child has no page tables of until it
// looks there, leads to the ring in the child, too: the twin of fork_child.cpp.
// gordian: prints child 0
// gordian: silent
#include <gordian/gordian.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

struct Holder {
  std::shared_ptr<Obj> obj;
};

// Out of line: main() keeps no pointer of it in a register.
__attribute__((noinline)) void fill(void* pool) {
  auto* const holder = new Holder{std::make_shared<Obj>()};
  holder->obj->self = holder->obj;
  *static_cast<Holder* volatile*>(pool) = holder;
}

int main() {
  constexpr size_t kSize = 2 << 20;
  void* const pool = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  gordian_add_root(pool, kSize);
  fill(pool);
  const pid_t child = fork();
  if (child == 0) return 0;
  int status = 0;
  waitpid(child, &status, 0);
  std::printf("child %d\n", WEXITSTATUS(status));
}
