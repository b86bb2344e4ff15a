// self_capture.cpp - a button stores a callback, and the callback owns the button.
//
// A cycle of one object: the lambda captured a shared_ptr to the button that keeps
// the lambda. gordian finds it by counting: the one strong reference to the button
// lies in a block that only the button holds.
//
// gordian: prints clicked 1
// gordian: exit 23
// gordian: cycle proved objects=1 of=Button
#include <cstdio>
#include <functional>
#include <memory>

class Button : public std::enable_shared_from_this<Button> {
 public:
  void connect() {
    on_click = [self = shared_from_this()] { std::printf("clicked %d\n", ++self->clicks_); };
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
