// ring_umlaut.cpp - names may have any letters.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Überraschung members=Überraschung::größe
// gordian: says cut Überraschung::größe: make it std::weak_ptr<Überraschung>
#include <memory>

struct Überraschung {
  std::shared_ptr<Überraschung> größe;
};

int main() {
  auto u = std::make_shared<Überraschung>();  // (made here)
  u->größe = u;
}
