// ring_through_own_memory.cpp - rings through raw pointers to private parts that lead to themselves: by a deleter that is the part, and by
// a list in a buffer of the part's own.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Back<Deleter>,Owner<Deleter> members=Back<Deleter>::owner,Owner<Deleter>::d
// gordian: cycle likely objects=2 instances=1 of=Back<Buffer>,Owner<Buffer> members=Back<Buffer>::owner,Owner<Buffer>::d
#include <list>
#include <memory>
#include <memory_resource>

#include "pimpl_ring.h"

struct Deleter {
  std::shared_ptr<Back<Deleter>> held;
  void operator()(long* number) const { delete number; }
  std::unique_ptr<long, Deleter&> number{new long(1), *this};
  static Deleter* make() { return new Deleter; }
  void add(const std::shared_ptr<Back<Deleter>>& back) { held = back; }
};

struct Buffer {
  alignas(16) char room[256];
  std::pmr::monotonic_buffer_resource from{room, sizeof room};
  std::pmr::list<std::shared_ptr<Back<Buffer>>> all{&from};
  static Buffer* make() { return new Buffer; }
  void add(const std::shared_ptr<Back<Buffer>>& back) { all.push_back(back); }
};

int main() {
  leak<Deleter>();
  leak<Buffer>();
}
