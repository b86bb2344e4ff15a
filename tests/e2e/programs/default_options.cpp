// default_options.cpp - a program brings options of its own.
// gordian: exit 55
// gordian: cycle proved objects=1 instances=1 of=Obj
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

extern "C" const char* gordian_default_options() {
  return "exitcode=55";
}

int main() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}
