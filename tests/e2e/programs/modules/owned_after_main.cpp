// owned_after_main.cpp - what is made and kept as late as a program can: by its last destructors, and, too late for the check, by what
// libc calls behind all handlers. The program ends as it would.
// gordian: silent
// gordian: prints 3 made
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

// As bytes: never destroyed.
alignas(std::shared_ptr<Obj>) char owners[3][sizeof(std::shared_ptr<Obj>)];
int made = 0;

void keep() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  new (owners[made]) std::shared_ptr<Obj>(obj);
  ++made;
}

__attribute__((destructor(101))) void last_destructor() { keep(); }
__attribute__((section(".fini_array"), used)) void (*const among_destructors)() = keep;

// Files are flushed when everything else is done.
ssize_t write_out(void*, const char*, std::size_t size) {
  keep();
  std::free(std::realloc(std::malloc(10), 1000));
  std::printf("%d made\n", made);
  std::fflush(stdout);
  return static_cast<ssize_t>(size);
}

int main() {
  std::FILE* file = fopencookie(nullptr, "w", {nullptr, write_out, nullptr, nullptr});
  std::fputs("text", file);
}
