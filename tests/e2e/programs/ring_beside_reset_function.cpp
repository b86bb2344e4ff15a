// ring_beside_reset_function.cpp - a ring through a raw pointer to a private part, which a std::function and a std::any led to until
// they were reset.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Back<Called>,Owner<Called> members=Back<Called>::owner,Owner<Called>::d
// gordian: cycle proved objects=2 instances=1 of=Back<Stored>,Owner<Stored> members=Back<Stored>::owner,Owner<Stored>::d
#include <any>
#include <functional>
#include <memory>

#include "pimpl_ring.h"

template <class Private>
struct Observed {
  std::shared_ptr<Back<Private>> held;
  static Private* make() { return new Private; }
  void add(const std::shared_ptr<Back<Private>>& back) { held = back; }
};
struct Called : Observed<Called> {
  std::function<Called*()> self = [this] { return this; };
  Called() { self = nullptr; }
};
struct Stored : Observed<Stored> {
  std::any self = this;
  Stored() { self.reset(); }
};

int main() {
  leak<Called>();
  leak<Stored>();
}
