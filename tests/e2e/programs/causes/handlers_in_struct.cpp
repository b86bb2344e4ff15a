// handlers_in_struct.cpp - a connection keeps its handlers in a struct, an upload what follows each step in an array of such: which of
// the functions is to be reset is said.
// gordian: exit 23
// gordian: prints opened
// gordian: cycle proved objects=1 instances=1 of=Connection members=Connection::handlers cut=Connection::handlers
// gordian: cycle proved objects=1 instances=1 of=Upload members=Upload::steps cut=Upload::steps
// gordian: says or reset Connection::handlers.on_close when it is no longer needed
// gordian: says or reset Upload::steps[].then when it is no longer needed
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#ifdef FIXED
#define REF std::weak_ptr
#else
#define REF std::shared_ptr
#endif

struct Connection {
  struct Handlers {
    std::function<void()> on_data;
    std::function<void()> on_close;
  };
  std::string peer = "example.org";
  Handlers handlers;
};

struct Upload {
  struct Step {
    int bytes = 0;
    std::function<void()> then;
  };
  Step steps[2];
  static void end(const REF<Upload>&) {}
};

int main() {
  auto connection = std::make_shared<Connection>();
  connection->handlers.on_close = [self = REF<Connection>(connection)] {};
  auto upload = std::make_shared<Upload>();
  upload->steps[1].then = std::bind(&Upload::end, REF<Upload>(upload));
  std::puts("opened");
}
