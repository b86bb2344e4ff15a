// ring_new_fixed.cpp - the twin of ring_new.cpp: one of the two is weak.
// gordian: silent
#include <memory>

struct Right;

struct Left {
  std::shared_ptr<Right> right;
};

struct Right {
  std::weak_ptr<Left> left;
};

int main() {
  std::shared_ptr<Left> left(new Left);
  std::shared_ptr<Right> right(new Right);
  left->right = right;
  right->left = left;
}
