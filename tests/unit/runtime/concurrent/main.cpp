// main.cpp - what of the runtime several threads use at once, for a sanitizer to watch: the tables that every
// allocation writes, the depot of stacks, and a scan by several workers.
//
// ROUNDS is how often each is done. What a thread reads back is compared with what is right, too: without a
// sanitizer this is a test like any other. It ends with 0, or says what is wrong and ends with 1.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "scan/heap.h"
#include "scan/objects.h"
#include "scan/ownership.h"
#include "scan/recording.h"
#include "scan/workers.h"
#include "tables/live.h"
#include "tables/stack_depot.h"

using namespace gordian::rt;

namespace {

constexpr unsigned kThreads = 4;

void require(bool right, const char* what) {
  if (right) return;
  std::fprintf(stderr, "concurrent: %s\n", what);
  std::exit(1);
}

// Calls work(thread) on kThreads threads at once.
template <class Work>
void on_threads(Work work) {
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < kThreads; ++t) threads.emplace_back(work, t);
  for (std::thread& thread : threads) thread.join();
}

// Memory whose words nobody but this test reads.
class Memory {
 public:
  explicit Memory(std::size_t words) : words_(std::make_unique<std::uint64_t[]>(words)) {}
  Address at(std::size_t word) const { return reinterpret_cast<Address>(&words_[word]); }
  std::uint64_t& operator[](std::size_t word) { return words_[word]; }

 private:
  std::unique_ptr<std::uint64_t[]> words_;
};

// Each thread makes and drops blocks, objects and handles of its own, that lie among the others'; one that
// lists them all sees of each thread at most what it has.
void hammer_tables(unsigned rounds) {
  constexpr std::size_t kEach = 64, kWords = 8;
  const Memory memory(kThreads * kEach * kWords);
  const auto place = [&](unsigned thread, std::size_t i) {
    return memory.at((i * kThreads + thread) * kWords);
  };
  std::atomic<bool> over{false};
  std::thread lister([&] {
    while (!over.load()) {
      std::size_t listed = 0;
      for_each_block([&](Address, std::uint64_t size, std::uint32_t) { listed += size != 0 ? 1u : 0u; });
      require(listed <= kThreads * kEach, "more blocks are listed than there are");
      for_each_object_entry([](Address, StackId, std::uint32_t) {});
    }
  });
  on_threads([&](unsigned thread) {
    for (unsigned round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < kEach; ++i) {
        add_block(place(thread, i), 48, StackId{7});
        add_object(place(thread, i), StackId{7});
        add_handle(g_live.weak, place(thread, i) + 32, StackId{7});
      }
      for (std::size_t i = 0; i < kEach; ++i) {
        require(packed_matches(g_live.weak.get(place(thread, i) + 32), place(thread, i) + 32),
                "a handle is lost");
        drop_weak(place(thread, i) + 32);
        remove_object(place(thread, i));
        remove_block(place(thread, i));
      }
    }
  });
  over = true;
  lister.join();
}

// All threads store the same stacks, in another order each: each stack has one id.
void hammer_depot(unsigned rounds) {
  const unsigned stacks = 100 * rounds;
  std::vector<std::vector<StackId>> ids(kThreads, std::vector<StackId>(stacks));
  on_threads([&](unsigned thread) {
    for (unsigned i = 0; i < stacks; ++i) {
      const unsigned n = (i * 7 + thread * stacks / kThreads) % stacks;
      const std::uint64_t frames[] = {n + 1u, 2, 3};
      ids[thread][n] = put_stack({frames, 3});
      require(get_stack(ids[thread][n]).frames[0] == n + 1u, "a stack has other frames");
    }
  });
  for (unsigned t = 1; t < kThreads; ++t) require(ids[t] == ids[0], "a stack has two ids");
}

// A tree of objects that hold two others and a plain block each, and share the latter with a neighbour; its
// root has no owner yet, so it counts as owned. Every tenth object lies in an arena with another. And rings
// that nobody owns.
class Heaped {
 public:
  Heaped() : memory_((kObjects + kRings) * kStride) {
    for (std::size_t i = 0; i < kObjects; ++i) {
      announce(object(i), i == 0 ? 0 : 1);
      for (const std::size_t child : {2 * i + 1, 2 * i + 2}) {
        if (child < kObjects) memory_[i * kStride + child - 2 * i] = object(child);
      }
      memory_[i * kStride + 3] = plain(i & ~std::size_t{1});
      if (!in_arena(i)) enter(object(i), 4 * 8);
      enter(plain(i), 2 * 8);
    }
    for (std::size_t i = kObjects; i < kObjects + kRings; ++i) {
      announce(object(i), 1);
      memory_[i * kStride + 1] = object(i);
      enter(object(i), 4 * 8);
    }
    for (std::size_t i = 0; i + 1 < kObjects; i += 10) enter(object(i), (kStride + 4) * 8);
  }
  Heaped(const Heaped&) = delete;
  Heaped& operator=(const Heaped&) = delete;
  ~Heaped() {
    for (std::size_t i = 0; i < kObjects + kRings; ++i) remove_counted(object(i));
    for (const Address at : entered_) remove_block(at);
  }

  static constexpr std::size_t kObjects = 40'000, kRings = 5'000;

 private:
  static constexpr std::size_t kStride = 8;  // words of an object and the plain block behind it

  Address object(std::size_t i) const { return memory_.at(i * kStride); }
  Address plain(std::size_t i) const { return memory_.at(i * kStride + 5); }
  // The first two of ten are in one block, and so is the plain block between them.
  static bool in_arena(std::size_t i) { return i % 10 < 2; }
  void announce(Address at, std::uint64_t count) {
    memory_[(at - memory_.at(0)) / 8] = count;
    add_counted(at, at, true, StackId::none);
  }
  void enter(Address at, std::size_t size) {
    const std::size_t i = (at - memory_.at(0)) / 8 / kStride;
    if (at == plain(i) && i < kObjects && i % 10 == 0) return;
    add_block(at, size, StackId::none);
    entered_.push_back(at);
  }

  Memory memory_;
  std::vector<Address> entered_;
};

void hammer_scan() {
  const Heaped heaped;
  ModuleMap modules;
  Heap heap;
  Classes classes(modules);
  Objects objects(heap, classes);
  const Roots roots;
  Workers workers;
  Recording recording;
  require(modules.read() && heap.build() && objects.build(), "there is no memory to scan with");
  workers.use_helpers_for(heap.blocks().size());
  require(count_words(roots, heap, objects, workers), "the words were not counted");
  objects.find_managed_blocks();
  require(flood_from_roots(roots, heap, objects, workers), "the flood was called off");
  std::size_t unowned = 0;
  for (std::uint32_t i = 0; i < objects.size(); ++i) unowned += (objects[i].state & kObjOwned) == 0 ? 1u : 0u;
  require(objects.size() == Heaped::kObjects + Heaped::kRings, "an object was not found");
  require(unowned == Heaped::kRings, "others are owned than those of the tree");
  require(record(modules, roots, heap, classes, objects, workers, false, recording), "nothing was recorded");
  require(recording.objects.size() == Heaped::kRings && recording.slots.size() == Heaped::kRings,
          "other objects or slots were recorded than those of the rings");
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc == 2 ? std::atoi(argv[1]) : 0;
  if (rounds <= 0) {
    std::fprintf(stderr, "usage: concurrent ROUNDS\n");
    return 2;
  }
  hammer_tables(static_cast<unsigned>(rounds) * 10);
  hammer_depot(static_cast<unsigned>(rounds));
  for (int i = 0; i < rounds; ++i) hammer_scan();
}
