// owned_by_raw_into_map.cpp - what only a root's raw pointer into a container leads to may be owned by it.
// gordian: silent
#include <map>
#include <memory>

struct Session;
using Sessions = std::map<int, std::shared_ptr<Session>>;
struct Session {
  std::shared_ptr<Sessions> all;
};

std::shared_ptr<Session>* volatile current;

int main() {
  auto all = std::make_shared<Sessions>();
  auto& session = (*all)[1] = std::make_shared<Session>();
  session->all = all;
  current = &session;
}
