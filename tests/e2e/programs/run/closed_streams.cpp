// closed_streams.cpp - an object that owns itself, in a program that closes standard streams before
// it ends: those whose numbers its argument lists.
#include <unistd.h>

#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main(int count, char** arguments) {
  auto object = std::make_shared<Obj>();
  object->self = object;
  object.reset();
  for (const char* at = count > 1 ? arguments[1] : ""; *at != '\0'; ++at) close(*at - '0');
}
