// pressure.cpp - fills a small heap, with a ring that is lost where the argument says "lost", and tells what became of it
// (tested by e2e.pressure under limits of memory). With "takes" it takes a gigabyte.
//
// With "limits" it limits its own address space for a while, to what it will take for itself, so that no table can grow.
#include <sys/mman.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

struct Node {
  std::shared_ptr<Node> other;
};

void make_ring() {
  auto node = std::make_shared<Node>();
  node->other = std::make_shared<Node>();
  node->other->other = node;
}

// As much of the address space as is left has room for each of these in turn, and for nothing besides. Each lies in a part of
// it of its own.
constexpr std::size_t kLarge = std::size_t{64} << 20;
constexpr std::size_t kRoom = kLarge + (1 << 20);
constexpr int kCount = 4;

void allocate_at_the_limit() {
  char* rooms[kCount];
  for (char*& room : rooms) {
    room = static_cast<char*>(mmap(nullptr, kRoom, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }
  unsigned long pages = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%lu", &pages) != 1) std::abort();
  std::fclose(file);
  rlimit limit = {};
  if (getrlimit(RLIMIT_AS, &limit) != 0) std::abort();
  const rlimit before = limit;
  limit.rlim_cur = pages * 4096 + (1 << 20);
  if (setrlimit(RLIMIT_AS, &limit) != 0) std::abort();
  for (char* room : rooms) {
    munmap(room, kRoom);
    std::printf("%s ", std::malloc(kLarge) != nullptr ? "block" : "null");
  }
  setrlimit(RLIMIT_AS, &before);
}

int main(int count, char** arguments) {
  bool lost = false, limits = false, takes = false;
  for (int i = 1; i < count; ++i) {
    lost = lost || std::strcmp(arguments[i], "lost") == 0;
    takes = takes || std::strcmp(arguments[i], "takes") == 0;
    limits = limits || std::strcmp(arguments[i], "limits") == 0;
  }
  std::vector<std::string> words;
  for (int i = 0; i < 3000; ++i) words.push_back(std::string(static_cast<std::size_t>(i % 90), 'w'));
  if (limits) allocate_at_the_limit();
  if (takes) std::puts(std::calloc(1, std::size_t{1} << 30) != nullptr ? "block" : "null");
  if (lost) make_ring();
  std::size_t sum = 0;
  for (const std::string& word : words) sum += word.size();
  std::printf("%zu\n", sum);
}
