// ring_new.cpp - shared_ptr(new T): the control block is a block of its own.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Left,Right members=Left::right,Right::left
#include <memory>

struct Right;

struct Left {
  std::shared_ptr<Right> right;
};

struct Right {
  std::shared_ptr<Left> left;
};

int main() {
  std::shared_ptr<Left> left(new Left);     // (made here)
  std::shared_ptr<Right> right(new Right);  // (made here)
  left->right = right;
  right->left = left;
}
