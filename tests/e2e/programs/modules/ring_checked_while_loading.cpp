// ring_checked_while_loading.cpp - checks while threads open and close two plugins; these leak.
// gordian: exit 23
// gordian: options text=/dev/null
// gordian: prints 1
// gordian: any report
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <gordian/gordian.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
struct Node {
  virtual ~Node() = default;
  std::shared_ptr<Node> other;
};

extern "C" void use() {
  auto node = std::make_shared<Node>();
  node->other = node;
}
#else
std::atomic<int> working{3};

void use(const std::string& path) {
  for (int round = 0; round < 5; ++round) {
    void* library = load(path);
    find<void()>(library, "use")();
    dlclose(library);
  }
  --working;
}

int main(int, char** argv) {
  std::vector<std::thread> threads;
  for (const char* name : {"", ".2", ""}) threads.emplace_back(use, library_path(argv[0], name));
  int result = 0;
  while (working != 0) result |= gordian_check();
  for (auto& thread : threads) thread.join();
  result |= gordian_check();
  std::printf("%d\n", result);
}
#endif
