// owned_from_this.cpp - enable_shared_from_this objects, held by a global, by a thread and by main.
// gordian: silent
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <memory>
#include <thread>

struct Session : std::enable_shared_from_this<Session> {
  std::shared_ptr<Session> self;
  void hold() { self = shared_from_this(); }
};

std::shared_ptr<Session> make_session() {
  auto session = std::make_shared<Session>();
  session->hold();
  return session;
}

std::shared_ptr<Session>* keeper;
void (*volatile leave)(int) = std::exit;

int main() {
  keeper = new std::shared_ptr<Session>(make_session());
  static std::promise<void> ready;
  std::thread([] {
    auto session = make_session();
    ready.set_value();
    while (session->self) pause();
  }).detach();
  ready.get_future().wait();
  auto session = make_session();
  leave(0);
}
