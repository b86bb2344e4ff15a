// expired_observed.cpp - an expired object whose control block is still observed is nobody's leak.
// gordian: prints dead
// gordian: silent
#include <cstdio>
#include <memory>

auto* const observer = new std::weak_ptr<int>;

int main() {
  {
    auto number = std::make_shared<int>(1);
    *observer = number;
  }
  std::printf("%s\n", observer->expired() ? "dead" : "alive");
}
