// why_alive_at_once.cpp - two threads ask at once who holds an object, and each is told of its own.
// gordian: any report
#include <gordian/gordian.h>

#include <cstring>
#include <thread>

#include "rings.h"

struct One {
  std::shared_ptr<Held> held = std::make_shared<Held>();
};
struct Other {
  std::shared_ptr<Held> held = std::make_shared<Held>();
};
One g_one;
Other g_other;
std::atomic<int> g_arrived{0};

void wait_for_both(int arrivals) {
  ++g_arrived;
  while (g_arrived < arrivals) std::this_thread::yield();
}

void ask(const void* object, const char* holder, const char* other_holder) {
  for (int i = 0; i < 4; ++i) {
    wait_for_both(4 * i + 2);
    const char* const text = gordian_why_alive(object);
    wait_for_both(4 * i + 4);
    demand(std::strstr(text, holder) != nullptr, "the text says who holds it");
    demand(std::strstr(text, other_holder) == nullptr, "and nothing of the other");
  }
}

int main() {
  const void* const one = g_one.held.get();
  const void* const other = g_other.held.get();
  std::thread asks([=] { ask(one, "g_one", "g_other"); });
  ask(other, "g_other", "g_one");
  asks.join();
}
