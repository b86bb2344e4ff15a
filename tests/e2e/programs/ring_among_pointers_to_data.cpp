// ring_among_pointers_to_data.cpp - a thousand words that point into the program, at no class, and an object of a deep hierarchy.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

template <int depth>
struct Level : Level<depth - 1> {};
template <>
struct Level<0> {
  virtual ~Level() = default;
};

static long data[1000];
static long** pointers = new long*[1000];
static Level<0>* deep = new Level<20>;

int main() {
  for (int i = 0; i < 1000; ++i) pointers[i] = &data[i];
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  return deep == nullptr;
}
