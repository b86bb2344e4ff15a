// ring_control_block.cpp - a weak_ptr keeps a control block, and the deleter in it keeps the weak_ptr.
// gordian: prints dead
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1
#include <cstdio>
#include <memory>

struct Observer {
  std::weak_ptr<int> subject;
};

struct KeepsObserver {
  std::shared_ptr<Observer> observer;
  void operator()(int* subject) const { delete subject; }
};

int main() {
  auto observer = std::make_shared<Observer>();                       // (made here)
  std::shared_ptr<int> subject(new int(1), KeepsObserver{observer});  // (made here)
  observer->subject = subject;
  subject.reset();
  std::printf("%s\n", observer->subject.expired() ? "dead" : "alive");
}
