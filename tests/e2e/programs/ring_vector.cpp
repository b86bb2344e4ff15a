// ring_vector.cpp - elements of a vector are named by their index.
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Tree members=Tree::kids,Tree::parent cut=Tree::parent
// gordian: path Tree::kids[1]
#include <memory>
#include <vector>

struct Tree {
  std::vector<std::shared_ptr<Tree>> kids;
  std::shared_ptr<Tree> parent;
};

int main() {
  auto root = std::make_shared<Tree>();  // (made here)
  for (int i = 0; i < 2; ++i) {
    auto kid = std::make_shared<Tree>();  // (made here)
    kid->parent = root;
    root->kids.push_back(kid);
  }
}
