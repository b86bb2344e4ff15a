// shapes.cpp - N cycles of two objects, of SHAPES shapes: what grouping costs.   shapes [N]
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

template <int Shape>
struct Node {
  std::shared_ptr<Node> other;
};

template <int Shape>
void leak() {
  auto a = std::make_shared<Node<Shape>>();
  a->other = std::make_shared<Node<Shape>>();
  a->other->other = a;
}

template <int... Shapes>
void leak_all(long count, std::integer_sequence<int, Shapes...>) {
  for (long i = 0; i < count; i += sizeof...(Shapes)) (leak<Shapes>(), ...);
}

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 1000000;
  leak_all(count, std::make_integer_sequence<int, SHAPES>());
  std::printf("%ld\n", count);
}
