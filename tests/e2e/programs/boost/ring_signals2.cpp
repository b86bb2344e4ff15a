// ring_signals2.cpp - an object owns a signal, and a slot that is connected to it captured the object.
// gordian: exit 23
// gordian: cycle proved objects=6 instances=1
// gordian: path Window::button.clicked._pimpl
// gordian: path boost::signals2::slot<void(), boost::function<void()>>::_slot_function -> captured self
// gordian: says capture std::weak_ptr<Window> instead of self
#include <boost/signals2.hpp>
#include <memory>

struct Button {
  boost::signals2::signal<void()> clicked;
};
struct Window {
  Button button;
  int clicks = 0;
};

int main() {
  auto window = std::make_shared<Window>();
  window->button.clicked.connect([self = window] { ++self->clicks; });
  window->button.clicked();
}
