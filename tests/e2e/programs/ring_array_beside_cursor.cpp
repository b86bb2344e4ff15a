// ring_array_beside_cursor.cpp - a ring through an array, beside which an object is made that starts as its elements do.
// gordian: exit 23
// gordian: cycle proved objects=4 instances=1 of=Kid,Parent members=Kid::parent,Parent::kids
#include <cstddef>
#include <memory>
#include <unordered_map>

struct Parent;
struct Kid {
  std::shared_ptr<Parent> parent;
};
struct Parent {
  std::shared_ptr<Kid>* kids = nullptr;
};
struct Cursor {
  std::shared_ptr<Kid> at;
  std::weak_ptr<Kid> last;
  Cursor() {}
};

__attribute__((noinline)) void use(const void* p) { asm volatile("" : : "r"(p) : "memory"); }

int main() {
  auto parent = std::make_shared<Parent>();
  parent->kids = new std::shared_ptr<Kid>[5];
  Cursor cursor;
  use(&cursor);
  for (int i = 0; i < 3; ++i) {
    auto kid = std::make_shared<Kid>();
    kid->parent = parent;
    parent->kids[i] = kid;
  }
}
