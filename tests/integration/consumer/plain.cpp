// plain.cpp - leaks a cycle of one and knows nothing of gordian.
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
}
