// owned_out_of_descriptors.cpp - likewise, and the object is destroyed: the twin of ring_out_of_descriptors.cpp.
// gordian: prints none left
// gordian: silent
#include <memory>

#include "no_descriptors.h"

struct Session {
  std::weak_ptr<Session> self;
};

int main() {
  auto session = std::make_shared<Session>();
  session->self = session;
  use_up_descriptors();
}
