// owned_signals2.cpp - the slot captured a weak_ptr; another one was disconnected; a third belongs to a live window.
// gordian: silent
#include <boost/signals2.hpp>
#include <memory>

struct Window {
  boost::signals2::signal<void()> clicked;
  int clicks = 0;
};

auto* const live = new std::shared_ptr<Window>(std::make_shared<Window>());

int main() {
  auto weak = std::make_shared<Window>();
  weak->clicked.connect([seen = std::weak_ptr<Window>(weak)] { seen.lock()->clicks++; });
  weak->clicked();
  auto cut = std::make_shared<Window>();
  const auto connection = cut->clicked.connect([self = cut] { ++self->clicks; });
  connection.disconnect();
  cut->clicked();
  (*live)->clicked.connect([self = *live] { ++self->clicks; });
}
