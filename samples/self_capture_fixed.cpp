// self_capture_fixed.cpp - self_capture.cpp, repaired: the callback captures a weak reference.
//
// The callback locks it when it runs, and does nothing once the button is gone.
// gordian prints nothing.
//
// gordian: prints clicked 1
// gordian: silent
#include <cstdio>
#include <functional>
#include <memory>

class Button : public std::enable_shared_from_this<Button> {
 public:
  void connect() {
    on_click = [weak = weak_from_this()] {
      if (auto self = weak.lock()) std::printf("clicked %d\n", ++self->clicks_);
    };
  }

  std::function<void()> on_click;

 private:
  int clicks_ = 0;
};

int main() {
  auto button = std::make_shared<Button>();
  button->connect();
  button->on_click();
}
