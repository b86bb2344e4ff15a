// ring_out_of_descriptors.cpp - a cycle in a program that has used up its descriptors.
// gordian: prints none left
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 retained=0 of=Session members=Session::self
#include <memory>

#include "no_descriptors.h"

struct Session {
  std::shared_ptr<Session> self;
};

int main() {
  auto session = std::make_shared<Session>();
  session->self = session;
  use_up_descriptors();
}
