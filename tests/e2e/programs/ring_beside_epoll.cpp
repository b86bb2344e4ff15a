// ring_beside_epoll.cpp - an event that is waited for observes an object that only it itself holds.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Session members=Session::on_event
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cstdlib>
#include <functional>
#include <memory>

struct Session {
  std::function<void()> on_event;
};

int main() {
  auto session = std::make_shared<Session>();  // (made here)
  session->on_event = [session] { session->on_event = nullptr; };
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.ptr = session.get();
  if (epoll_ctl(epoll_create1(EPOLL_CLOEXEC), EPOLL_CTL_ADD, eventfd(0, EFD_CLOEXEC), &event) != 0) std::abort();
}
