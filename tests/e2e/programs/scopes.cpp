// scopes.cpp - scopes are checked by themselves: each is blamed for what it leaks, once, and for nothing else. At exit all is told.
// gordian: exit 23
// gordian: prints nothing 0
// gordian: prints freed 0
// gordian: prints kept by a global 0
// gordian: prints a ring that a global keeps 0
// gordian: prints kept in memory that was there 0
// gordian: prints kept by a plain block of a global's 0
// gordian: prints leaks a ring 1 names A::b
// gordian: prints nothing again 0
// gordian: prints makes a ring of an old object 0
// gordian: prints inner leaks a ring 1 names A::b
// gordian: prints outer of a leak 0
// gordian: prints inner keeps a ring 0
// gordian: prints outer loses it 1 names A::b
// gordian: prints third level 0
// gordian: prints leaks many 1 names Loop::self
// gordian: cycle proved objects=1 instances=100 of=Loop members=Loop::self
// gordian: cycle proved objects=2 instances=4 of=A,B members=A::b,B::a
#include <gordian/gordian.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

struct B;
struct A {
  std::shared_ptr<B> b;
};
struct B {
  std::shared_ptr<A> a;
};
struct Loop {
  std::shared_ptr<Loop> self;
};
struct Holder {
  std::shared_ptr<A> held;
};

// Never destroyed: what they own is owned at exit, too.
auto& cache = *new std::vector<std::shared_ptr<A>>;
Holder* holder = nullptr;

std::shared_ptr<A> ring() {
  auto a = std::make_shared<A>();  // (made here)
  a->b = std::make_shared<B>();    // (made here)
  a->b->a = a;
  return a;
}

template <class Body>
void scope(const char* name, Body body) {
  const int level = gordian_scope_begin();
  body();
  std::printf("%s %d", name, gordian_scope_end(level));
  for (const char* member : {"A::b", "Loop::self"}) {
    if (std::strstr(gordian_scope_text(), member) != nullptr) std::printf(" names %s", member);
  }
  std::puts("");
}

int main() {
  cache.reserve(4);
  auto old = std::make_shared<A>();  // (made here)
  scope("nothing", [] {});
  scope("freed", [] { ring()->b.reset(); });
  scope("kept by a global", [] { cache.push_back(std::make_shared<A>()); });
  scope("a ring that a global keeps", [] { cache.push_back(ring()); });
  scope("kept in memory that was there", [] { cache.front()->b = std::make_shared<B>(); });
  scope("kept by a plain block of a global's", [] { holder = new Holder{ring()}; });
  scope("leaks a ring", [] { ring(); });
  scope("nothing again", [] {});
  // Reported at exit alone: the scope has not made the object that leads back.
  scope("makes a ring of an old object", [&] {
    old->b = std::make_shared<B>();  // (made here)
    old->b->a = old;
  });
  scope("outer of a leak", [] { scope("inner leaks a ring", [] { ring(); }); });
  scope("outer loses it", [] {
    std::shared_ptr<A> kept;
    scope("inner keeps a ring", [&] { kept = ring(); });
  });
  const int one = gordian_scope_begin();
  const int two = gordian_scope_begin();
  std::printf("third level %d\n", gordian_scope_begin());
  gordian_scope_end(two);
  gordian_scope_end(one);
  scope("leaks many", [] {
    for (int i = 0; i < 100; ++i) {
      auto loop = std::make_shared<Loop>();  // (made here)
      loop->self = loop;
    }
  });
}
