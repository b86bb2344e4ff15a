// ring_after_main.cpp - rings made as late as a program can: by its last destructors, and, too late for the check, by what
// libc calls behind all handlers. The program ends as it would.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=2 of=Obj members=Obj::self
// gordian: prints 3 made
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int made = 0;

void leak() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
  ++made;
}

__attribute__((destructor(101))) void last_destructor() { leak(); }
__attribute__((section(".fini_array"), used)) void (*const among_destructors)() = leak;

// Files are flushed when everything else is done.
ssize_t write_out(void*, const char*, std::size_t size) {
  leak();
  std::free(std::realloc(std::malloc(10), 1000));
  std::printf("%d made\n", made);
  std::fflush(stdout);
  return static_cast<ssize_t>(size);
}

int main() {
  std::FILE* file = fopencookie(nullptr, "w", {nullptr, write_out, nullptr, nullptr});
  std::fputs("text", file);
}
