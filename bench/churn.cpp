// churn.cpp - trees of std::shared_ptr nodes with weak parents and long strings, made and dropped: every other
// allocation is reference-counted, all of them about twenty frames deep, and little is done with them.
//
//   churn TREES [THREADS]   TREES in all, each of some 80 nodes; 512 are alive at a time
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Node {
  std::weak_ptr<Node> parent;
  std::vector<std::shared_ptr<Node>> kids;
  std::string text;
};

class Forest {
 public:
  explicit Forest(unsigned seed) : random_(seed), alive_(512) {}

  void run(long trees) {
    for (long i = 0; i < trees; ++i) alive_[random_() % alive_.size()] = tree();
  }

 private:
  __attribute__((noinline)) std::shared_ptr<Node> tree() {
    left_ = 80;
    auto root = node(nullptr, 7);
    asm volatile("");  // here and below: no tail call
    return root;
  }
  __attribute__((noinline)) std::shared_ptr<Node> node(const std::shared_ptr<Node>& parent, int levels) {
    auto made = std::make_shared<Node>();
    made->parent = parent;
    made->text = text();
    if (levels > 0) add_kids(made, levels);
    return made;
  }
  __attribute__((noinline)) void add_kids(const std::shared_ptr<Node>& parent, int levels) {
    for (auto kids = 1 + random_() % 3; kids > 0 && left_ > 0; --kids) {
      --left_;
      parent->kids.push_back(node(parent, levels - 1));
    }
  }
  __attribute__((noinline)) std::string text() {
    std::string text(8 + random_() % 48, 'x');
    asm volatile("");
    return text;
  }

  std::minstd_rand random_;
  std::vector<std::shared_ptr<Node>> alive_;
  int left_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const long trees = argc > 1 ? std::atol(argv[1]) : 10000;
  const int threads = argc > 2 ? std::atoi(argv[2]) : 1;
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back([=] { Forest(i).run(trees / threads); });
  Forest(0).run(trees / threads);
  for (auto& other : others) other.join();
}
