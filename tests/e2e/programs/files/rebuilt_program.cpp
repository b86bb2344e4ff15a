// rebuilt_program.cpp - a lost ring, in a program whose file another one replaces while it runs: rebuilt_program [NEW]
// Run by e2e.files.
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main(int count, char** words) {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  return count > 1 ? std::rename(words[1], words[0]) : 0;
}
