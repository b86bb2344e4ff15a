// suppressed.cpp - a program that tells LeakSanitizer what it accepts, and gordian hears it.
// gordian: cycle proved objects=1 instances=1 of=Registry accepted=__lsan_default_suppressions():2
// gordian: says accepted: 1 finding
// gordian: says __lsan_default_suppressions():2: leak:make_registry
#include <memory>

struct Registry {
  std::shared_ptr<Registry> self;
};

extern "C" const char* __lsan_default_suppressions() {
  return "# lives as long as the process\nleak:make_registry\n";
}

__attribute__((noinline)) void make_registry() {
  auto registry = std::make_shared<Registry>();  // (made here)
  registry->self = registry;
}

int main() {
  make_registry();
}
