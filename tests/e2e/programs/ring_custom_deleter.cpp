// ring_custom_deleter.cpp - the deleter is a function, a lambda, an object with state.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Stateful members=Stateful::other
// gordian: cycle proved objects=2 instances=1 of=Lambda members=Lambda::other
// gordian: cycle proved objects=2 instances=1 of=Function members=Function::other
#include <memory>

struct Function {
  std::shared_ptr<Function> other;
};

struct Lambda {
  std::shared_ptr<Lambda> other;
  long size[4] = {};
};

struct Stateful {
  std::shared_ptr<Stateful> other;
  long size[12] = {};
};

struct Counting {
  long* count;
  void operator()(Stateful* object) const {
    ++*count;
    delete object;
  }
};

void destroy(Function* object) {
  delete object;
}
long destroyed = 0;

template <class T, class Deleter>
void make_ring(Deleter deleter) {
  std::shared_ptr<T> a(new T, deleter);  // (made here)
  std::shared_ptr<T> b(new T, deleter);  // (made here)
  a->other = b;
  b->other = a;
}

int main() {
  make_ring<Function>(&destroy);
  make_ring<Lambda>([](Lambda* object) { delete object; });
  make_ring<Stateful>(Counting{&destroyed});
}
