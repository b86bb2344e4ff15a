// owned_spare_capacity.cpp - a stale word in a vector's spare capacity is not taken for the hidden owner's.
// gordian: prints 1
// gordian: silent
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

struct Node {
  std::vector<std::shared_ptr<Node>> edges;
};

Node* seen;
std::uintptr_t packed[2];

int main() {
  auto a = std::make_shared<Node>();
  auto b = std::make_shared<Node>();
  a->edges.push_back(b);
  b->edges = {a, a};
  b->edges.pop_back();  // its words stay behind the last element
  seen = a.get();
  std::printf("%zu\n", b->edges.size());

  alignas(std::shared_ptr<Node>) unsigned char storage[sizeof(std::shared_ptr<Node>)];
  new (storage) std::shared_ptr<Node>(a);
  std::memcpy(packed, storage, sizeof packed);
  for (auto& word : packed) word = ~word;
  std::memset(storage, 0, sizeof storage);
}
