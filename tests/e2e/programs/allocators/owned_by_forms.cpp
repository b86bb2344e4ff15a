// owned_by_forms.cpp - rings that only a block of one form of `new` or one function leads to: the blocks of each are known.
//
// With the argument "lost" nothing leads there (tested by e2e.allocators).
#include <malloc.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

struct Node {
  std::shared_ptr<Node> other;
};

// A word of the heap's own, so that nothing else leads to the ring.
using Word = const void*;

const void* make_ring() {
  auto a = std::make_shared<Node>();
  a->other = std::make_shared<Node>();
  a->other->other = a;
  auto* handle = new std::shared_ptr<Node>(a);
  return handle;
}

constexpr std::size_t kForms = 16;
Word* volatile g_words[kForms];

// Blocks of all small sizes, side by side, some of which are freed: in some allocators they are 8 bytes apart.
void make_small_blocks() {
  std::vector<char*> small;
  for (int i = 0; i < 4000; ++i) small.push_back(new char[static_cast<std::size_t>(i % 40)]);
  for (std::size_t i = 0; i < small.size(); i += 3) delete[] small[i];
  for (std::size_t i = 0; i < small.size(); ++i) {
    if (i % 3 == 1) delete[] small[i];
  }
}

void* aligned(std::size_t alignment) {
  void* place = nullptr;
  if (posix_memalign(&place, alignment, 8) != 0) std::abort();
  return place;
}

int main(int count, char**) {
  const bool lost = count > 1;
  const auto to = std::align_val_t(64);
  make_small_blocks();
  Word* words[] = {static_cast<Word*>(operator new(8)),
                   static_cast<Word*>(operator new[](8)),
                   static_cast<Word*>(operator new(8, std::nothrow)),
                   static_cast<Word*>(operator new[](8, std::nothrow)),
                   static_cast<Word*>(operator new(8, to)),
                   static_cast<Word*>(operator new[](8, to)),
                   static_cast<Word*>(std::malloc(8)),
                   static_cast<Word*>(std::calloc(1, 8)),
                   static_cast<Word*>(std::realloc(nullptr, 8)),
                   static_cast<Word*>(std::realloc(std::malloc(4000), 8)),
                   static_cast<Word*>(reallocarray(nullptr, 1, 8)),
                   static_cast<Word*>(memalign(256, 8)),
                   static_cast<Word*>(std::aligned_alloc(64, 64)),
                   static_cast<Word*>(aligned(4096)),
                   static_cast<Word*>(valloc(8)),
                   static_cast<Word*>(aligned(32))};
  make_small_blocks();
  for (std::size_t i = 0; i < kForms; ++i) {
    *words[i] = make_ring();
    if (!lost) g_words[i] = words[i];
  }
  // Sized: an allocator believes the size.
  for (std::size_t size = 1; size < 100; ++size) {
    operator delete(operator new(size), size);
    operator delete[](operator new[](size), size);
    operator delete(operator new(size, to), size, to);
  }
  for (Word*& word : words) word = nullptr;
  std::puts("done");
}
