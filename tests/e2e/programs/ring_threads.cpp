// ring_threads.cpp - rings made by several threads at once, all of them gone by the end.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=400 of=Obj members=Obj::other
#include <memory>
#include <thread>
#include <vector>

struct Obj {
  std::shared_ptr<Obj> other;
};

void make_rings() {
  for (int i = 0; i < 100; ++i) {
    auto a = std::make_shared<Obj>();  // (made here)
    auto b = std::make_shared<Obj>();  // (made here)
    a->other = b;
    b->other = a;
    std::make_shared<Obj>()->other = a;  // freed at once
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(make_rings);
  for (auto& thread : threads) thread.join();
}
