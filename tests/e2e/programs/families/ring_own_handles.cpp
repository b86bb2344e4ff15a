// ring_own_handles.cpp - a project's own smart pointers, described by a families file.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: families own.families
// gordian: cycle proved objects=2 instances=1 of=Aliased members=Aliased::next
// gordian: cycle proved objects=2 instances=1 of=Parent,Child members=Parent::children,Child::parent
// gordian: cycle proved objects=2 instances=1 of=Left,Right members=Left::right,Right::left
// gordian: path Parent::children[0]
// gordian: says make it a plain
#include "own.hpp"

#include <vector>

struct Child;
struct Parent : own::Counted {
  std::vector<own::Ref<Child>> children;
};
struct Child : own::Counted {
  own::Ref<Parent> parent;
  Parent* raw = nullptr;
};

struct Right;
struct Left {
  Plain<Right> right;
  long n = 0;
};
struct Right {
  long n = 0;
  Plain<Left> left;
  int more[4] = {};
};

struct Aliased : own::CountedAlias<Aliased> {
  long more[9] = {};
  own::Ref<Aliased> next;
};
own::Unused<int> unused;

int main() {
  own::Ref<Parent> parent(new Parent);  // (made here)
  own::Ref<Child> child(new Child);     // (made here)
  parent->children.push_back(child);
  child->parent = parent;
  child->raw = parent.get();

  own::Ref<Aliased> aliased(new Aliased);          // (made here)
  aliased->next = own::Ref<Aliased>(new Aliased);  // (made here)
  aliased->next->next = aliased;

  Plain<Left> left(new Left);     // (made here)
  Plain<Right> right(new Right);  // (made here)
  left.p->right = right;
  right.p->left = left;
}
