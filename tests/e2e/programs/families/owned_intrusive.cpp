// owned_intrusive.cpp - the same objects owned: by a global, a local of the thread that exits, a thread-local,
// in disguise, by one more count than there are pointers; and a ring that was cut.
// gordian: silent
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstdint>
#include <cstdlib>
#include <vector>

struct Node : boost::intrusive_ref_counter<Node> {
  boost::intrusive_ptr<Node> next;
  std::vector<boost::intrusive_ptr<Node>> others;
  Node* back = nullptr;
};
struct Polymorphic : boost::intrusive_ref_counter<Polymorphic> {
  virtual ~Polymorphic() = default;
  boost::intrusive_ptr<Polymorphic> next;
};
using Ptr = boost::intrusive_ptr<Node>;

Ptr ring() {
  Ptr a(new Node);
  a->next = new Node;
  a->next->next = a;
  a->next->back = a.get();
  a->others.push_back(a->next);
  return a;
}
boost::intrusive_ptr<Polymorphic> polymorphic_ring() {
  boost::intrusive_ptr<Polymorphic> a(new Polymorphic);
  a->next = new Polymorphic;
  a->next->next = a;
  return a;
}

auto* const global = new Ptr(ring());
auto* const global_polymorphic = new boost::intrusive_ptr<Polymorphic>(polymorphic_ring());
thread_local auto* const of_thread = new Ptr(ring());
std::uintptr_t disguised, disguised_polymorphic;

int main() {
  const Ptr local = ring();
  Ptr* const lost_sight = new Ptr(ring());
  disguised = ~reinterpret_cast<std::uintptr_t>(lost_sight->detach());
  delete lost_sight;
  disguised_polymorphic = ~reinterpret_cast<std::uintptr_t>(polymorphic_ring().detach());
  ring()->next->next.reset();  // cut
  volatile bool all_there = *global && *global_polymorphic && *of_thread;
  std::exit(all_there ? 0 : 1);
}
