// ring_behind_header.cpp - rings in a program whose own operator new keeps a header in front of each allocation.
// gordian: exit 23
// gordian: says cut Back::front
// gordian: says cut Both::self
// gordian: cycle proved objects=2 instances=1 of=Back,Front members=Back::front,Front::back
// gordian: cycle proved objects=1 instances=1 of=Both members=Both::self,Both::unique
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

std::size_t bytes;

struct alignas(16) Header {
  const char* by = "operator new";
  std::size_t size = 0;
};

void* operator new(std::size_t size) {
  void* const block = std::malloc(sizeof(Header) + size);
  if (block == nullptr) throw std::bad_alloc();
  auto* const header = new (block) Header;
  header->size = size;
  bytes += size;
  return header + 1;
}
void operator delete(void* place) noexcept {
  if (place == nullptr) return;
  Header* const header = static_cast<Header*>(place) - 1;
  bytes -= header->size;
  std::free(header);
}
void operator delete(void* place, std::size_t) noexcept {
  operator delete(place);
}

struct Back;
struct Front {
  std::shared_ptr<Back> back;
  long number = 1;
};
struct Back {
  std::shared_ptr<Front> front;
  long numbers[3] = {};
};

// Not in the block of its counts, and by a plain block once more.
struct Both {
  std::shared_ptr<Both> self;
  std::unique_ptr<Both> unique;
};

std::shared_ptr<Both>* owned;

int main() {
  auto front = std::make_shared<Front>();  // (made here)
  front->back = std::make_shared<Back>();  // (made here)
  front->back->front = front;

  std::shared_ptr<Both> both(new Both);  // (made here)
  both->self = both;
  both->unique = std::make_unique<Both>();
  both->unique->self = both;

  std::shared_ptr<Both> kept(new Both);
  kept->self = kept;
  owned = new std::shared_ptr<Both>(kept);
}
