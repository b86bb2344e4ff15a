// guesses_test.cpp - rings in which no block says what it is, and what may be said of them.
#include "analysis/guesses.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/analyse.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::FakeTypes;
using testing::HeapBuilder;

// Asks the model itself, and counts how often all classes are asked for.
class CountingTypes : public FakeTypes {
 public:
  explicit CountingTypes(const FakeTypes& types) : FakeTypes(types) {}
  std::vector<CountedClass> counted_classes() override {
    ++asked;
    return FakeTypes::counted_classes();
  }
  int asked = 0;
};

struct Guessed {
  std::vector<std::string> names;  // by block, in the order of addresses; "" where none
  int asked = 0;                   // for all classes

  bool operator==(const std::vector<std::string>& wanted) const { return names == wanted; }
};

template <typename Change>
Guessed guess(HeapBuilder& heap, Change change) {
  Snapshot snapshot = heap.build();
  change(snapshot);
  CountingTypes types(heap.types());
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, types);
  Guessed result;
  for (const TypeId type : guess_counted(index, typing, types)) {
    result.names.push_back(type == TypeId::none ? "" : types.name(type));
  }
  result.asked = types.asked;
  return result;
}
Guessed guess(HeapBuilder& heap) {
  return guess(heap, [](Snapshot&) {});
}

using Names = std::vector<std::string>;
const Names kNothing;

// Adds a class of which there are no objects: `size` bytes, the count at 0, handles to `to` at the offsets.
void add_class(HeapBuilder& heap, const std::string& name, std::uint64_t size, const std::string& to,
               const std::vector<std::uint64_t>& handles) {
  FakeTypes& types = heap.types();
  const TypeId type = types.type(name);
  types.set_size(type, size);
  types.set_count(type, 0);
  for (const std::uint64_t at : handles) {
    Word word;
    word.kind = WordKind::counted_handle;
    word.member = word.path = name + "::at" + std::to_string(at);
    word.element = types.type(to);
    types.set_word(type, at, word);
  }
}

// Two blocks of 24 bytes that hold each other at 8, and say nothing of themselves.
HeapBuilder untyped_pair() {
  HeapBuilder heap;
  for (const char* name : {"a", "b"}) heap.counted(name, "no class").bytes(24);
  heap.counted("a").holds("b");
  heap.counted("b").holds("a");
  return heap;
}

TEST_CASE("no heap, or one of shared objects only, asks for nothing") {
  HeapBuilder empty;
  CHECK(guess(empty) == kNothing);
  CHECK(guess(empty).asked == 0);
  HeapBuilder shared;
  shared.object("A").owns("B", "b").points_to("P");
  shared.object("B").owns("A", "a");
  shared.block("P").bytes(16);
  CHECK(guess(shared) == kNothing);
  CHECK(guess(shared).asked == 0);
}

TEST_CASE("classes are asked for when a ring of untyped blocks has a possible count, and not before") {
  HeapBuilder ring = untyped_pair();
  CHECK(guess(ring).asked == 1);
  CHECK(guess(ring, [](Snapshot& snapshot) { snapshot.counts.clear(); }).asked == 0);
  HeapBuilder chain;
  chain.counted("a").holds("b");
  chain.counted("b").holds("c");
  CHECK(guess(chain).asked == 0);
  HeapBuilder told;
  told.counted("A").dynamic_type("A").holds("B", "b");
  told.counted("B").dynamic_type("B").holds("A", "a");
  CHECK(guess(told).asked == 0);
  HeapBuilder in_itself;
  in_itself.counted("a").bytes(32).points_to("a", "", 16).unlocated();
  CHECK(guess(in_itself, [](Snapshot& snapshot) {
          snapshot.counts.push_back({snapshot.blocks[0].address, 1, 0});
        }).asked == 0);
  HeapBuilder of_one;
  of_one.counted("a").holds("a");
  CHECK(guess(of_one).asked == 1);
}

TEST_CASE("blocks are of the only class of their size and count") {
  HeapBuilder heap;
  heap.counted("A").holds("B", "b");
  heap.counted("B").holds("A", "a").points_to("A", "raw");
  CHECK(guess(heap) == Names{"A", "B"});
}

TEST_CASE("a class of another size, or with its count elsewhere, is none") {
  HeapBuilder size = untyped_pair();
  add_class(size, "Node", 32, "Node", {8});
  CHECK(guess(size) == kNothing);
  HeapBuilder count = untyped_pair();
  add_class(count, "Node", 24, "Node", {8});
  CHECK(guess(count) == Names{"Node", "Node"});
  CHECK(guess(count, [](Snapshot& snapshot) {
          for (auto& row : snapshot.counts) row.address += 4;
        }) == kNothing);
}

TEST_CASE("a class whose handle would point to a block of another class is struck out") {
  // Both blocks may be Leaf or Node by size; only a Node's handle leads to a Node.
  HeapBuilder heap = untyped_pair();
  add_class(heap, "Node", 24, "Node", {8});
  add_class(heap, "Wrong", 24, "Elsewhere", {8});
  CHECK(guess(heap) == Names{"Node", "Node"});
}

TEST_CASE("a block that handles to a class point at is of that class") {
  // `a` can be an A only, for its size; its handle is to a B, so `b`, of the size of B and C, is a B.
  HeapBuilder heap;
  heap.counted("a", "no class").bytes(16).holds("b");
  heap.counted("b", "no class").bytes(24).holds("a");
  add_class(heap, "A", 16, "B", {8});
  add_class(heap, "B", 24, "A", {8});
  add_class(heap, "C", 24, "A", {8, 16});
  CHECK(guess(heap) == Names{"A", "B"});
}

TEST_CASE("what is struck out far away is felt all along the ring") {
  // A0 -> A1 -> ... -> A9 -> A0, all of one size; beside them B0..B9 whose last one leads nowhere.
  constexpr int kSize = 10;
  HeapBuilder heap;
  const auto name = [](const char* kind, int i) { return kind + std::to_string(i % kSize); };
  for (int i = 0; i < kSize; ++i) heap.counted(name("x", i), "no class").bytes(i == 0 ? 16 : 24);
  for (int i = 0; i < kSize; ++i) heap.counted(name("x", i)).holds(name("x", i + 1));
  Names wanted;
  for (int i = 0; i < kSize; ++i) {
    add_class(heap, name("A", i), i == 0 ? 16 : 24, name("A", i + 1), {8});
    add_class(heap, name("B", i), 24, i + 1 == kSize ? "Elsewhere" : name("B", i + 1), {8});
    wanted.push_back(name("A", i));
  }
  CHECK(guess(heap) == wanted);
}

TEST_CASE("a handle to a block that another has typed is no reason to doubt") {
  HeapBuilder heap = untyped_pair();
  add_class(heap, "Node", 24, "Node", {8, 16});
  heap.counted("a").holds(heap.counted("T").dynamic_type("T"));
  CHECK(guess(heap).names.at(0) == "Node");
}

TEST_CASE("what a ring holds beside itself must fit the class that the handle is to") {
  // Both hold each other at 8; `a` holds `leaf`, which holds nothing, at 16.
  const auto with_leaf = [](std::uint64_t size, std::uint64_t count_at) {
    HeapBuilder heap = untyped_pair();
    heap.counted("leaf", "no class").bytes(size);
    heap.counted("a").holds("leaf");
    add_class(heap, "Leaf", 16, "Leaf", {});
    heap.types().set_count(heap.types().type("Leaf"), count_at, false);
    add_class(heap, "Node", 24, "Node", {8});
    Word held;
    held.kind = WordKind::counted_handle;
    held.member = held.path = "Node::held";
    held.element = heap.types().type("Leaf");
    heap.types().set_word(heap.types().type("Node"), 16, held);
    return guess(heap);
  };
  CHECK(with_leaf(16, 0) == Names{"Node", "Node", ""});
  CHECK(with_leaf(24, 0) == Names{"Node", "Node", ""});
  CHECK(with_leaf(8, 0) == kNothing);
  CHECK(with_leaf(16, 4) == kNothing);
}

TEST_CASE("a ring that no class fits all round is none at all") {
  HeapBuilder heap;
  heap.counted("a", "no class").bytes(16).holds("b");
  heap.counted("b", "no class").bytes(24).holds("a");
  add_class(heap, "A", 16, "B", {8});
  add_class(heap, "B", 24, "Elsewhere", {8});
  CHECK(guess(heap) == kNothing);
}

TEST_CASE("of several classes that agree where count and handles lie the first by name is taken") {
  HeapBuilder heap = untyped_pair();
  for (const char* name : {"Pear", "Apple", "Quince"}) add_class(heap, name, 24, name, {8});
  CHECK(guess(heap) == Names{"Apple", "Apple"});
}

TEST_CASE("of several classes that do not agree none is taken") {
  HeapBuilder handles = untyped_pair();
  add_class(handles, "One", 24, "One", {8});
  add_class(handles, "Two", 24, "Two", {8, 16});
  CHECK(guess(handles) == kNothing);
  HeapBuilder counts = untyped_pair();
  add_class(counts, "One", 24, "One", {8});
  add_class(counts, "Two", 24, "Two", {8});
  counts.types().set_count(counts.types().type("Two"), 4, false);
  CHECK(guess(counts, [](Snapshot& snapshot) {
          const auto rows = snapshot.counts;
          snapshot.counts.clear();
          for (const auto& row : rows) {
            snapshot.counts.push_back(row);
            snapshot.counts.push_back({row.address + 4, 1, 0});
          }
        }) == kNothing);
}

TEST_CASE("where a block was allocated decides between classes") {
  HeapBuilder heap = untyped_pair();
  add_class(heap, "One", 24, "One", {8});
  add_class(heap, "Two", 24, "Two", {8, 16});
  heap.counted("a").made_at(0x100);
  heap.types().set_maker(0x100, heap.types().type("Two"));
  CHECK(guess(heap) == Names{"Two", "Two"});
}

TEST_CASE("where a block was allocated decides for those before it as well") {
  for (const bool agree : {false, true}) {
    HeapBuilder heap = untyped_pair();
    add_class(heap, "One", 24, "One", {8});
    add_class(heap, "Two", 24, "Two",
              agree ? std::vector<std::uint64_t>{8} : std::vector<std::uint64_t>{8, 16});
    heap.counted("b").made_at(0x100);
    heap.types().set_maker(0x100, heap.types().type("Two"));
    CHECK(guess(heap) == Names{"Two", "Two"});
  }
}

TEST_CASE("a class that does not fit is not believed, though the stack says so") {
  HeapBuilder heap = untyped_pair();
  add_class(heap, "Node", 24, "Node", {8});
  add_class(heap, "Other", 24, "Elsewhere", {8});
  heap.counted("a").made_at(0x100);
  heap.types().set_maker(0x100, heap.types().type("Other"));
  CHECK(guess(heap) == Names{"Node", "Node"});
}

TEST_CASE("what a container of a guessed class leads to is no class, though one would fit") {
  HeapBuilder heap;
  heap.counted("tree", "no class").bytes(16).holds("node");
  heap.counted("node", "no class").bytes(24).holds("tree");
  add_class(heap, "Node", 24, "Tree", {8});
  add_class(heap, "Tree", 16, "Tree", {});
  CHECK(guess(heap) == Names{"Tree", "Node"});
  const auto when_it_leads = [&](WordKind kind) {
    Word word;
    word.kind = kind;
    heap.types().set_word(heap.types().type("Tree"), 8, word);
    return guess(heap);
  };
  for (const WordKind container : {WordKind::vector_begin, WordKind::deque_begin, WordKind::buffers_begin,
                                   WordKind::link, WordKind::link_array})
    CHECK(when_it_leads(container) == Names{"Tree", ""});
  CHECK(when_it_leads(WordKind::pointer) == Names{"Tree", "Node"});
}

TEST_CASE("one class from several object files is one") {
  HeapBuilder heap = untyped_pair();
  add_class(heap, "Node", 24, "Node", {8});
  heap.types().set_count(heap.types().type("Node"), 0);  // listed twice
  CHECK(guess(heap) == Names{"Node", "Node"});
}

// Two blocks that hold each other by pointers of which each has a count beside it in a block apart.
HeapBuilder pair_counted_apart() {
  HeapBuilder heap;
  heap.block("A").shares("B", "b");
  heap.block("B").shares("A", "a");
  for (const char* name : {"A", "B"}) heap.types().set_counted_apart(heap.types().type(name));
  return heap;
}

TEST_CASE("blocks whose counts lie apart are of the class whose handles would point to counts") {
  HeapBuilder heap = pair_counted_apart();
  const Guessed guessed = guess(heap);
  CHECK(std::count(guessed.names.begin(), guessed.names.end(), "A") == 1);
  CHECK(std::count(guessed.names.begin(), guessed.names.end(), "B") == 1);
  CHECK(std::count(guessed.names.begin(), guessed.names.end(), "") == 2);  // the counts
  CHECK(guess(heap, [](Snapshot& snapshot) { snapshot.counts.pop_back(); }) == kNothing);
}

TEST_CASE("a class that shows in nothing but its size is taken where a handle vouches for it") {
  // C holds its handle in a buffer, as a vector does; D is of the same size.
  const auto with_buffer = [](bool handle) {
    HeapBuilder heap;
    heap.block("E").shares("C", "c");
    heap.block("C").bytes(24).points_to("buffer");
    heap.block("buffer").bytes(8).points_to("E");
    FakeTypes& types = heap.types();
    for (const char* name : {"C", "D", "E"}) {
      types.set_counted_apart(types.type(name));
      types.set_size(types.type(name), name[0] == 'E' ? 16 : 24);
    }
    if (!handle) types.set_word(types.type("E"), 8, Word{});
    return guess(heap);
  };
  const Names names = with_buffer(true).names;
  CHECK(std::count(names.begin(), names.end(), "C") == 1);
  CHECK(std::count(names.begin(), names.end(), "E") == 1);
  CHECK(with_buffer(false) == kNothing);
}

TEST_CASE("a ring whose counts lie apart is a cycle, unless somebody unseen holds it") {
  HeapBuilder heap = pair_counted_apart();
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.findings[0].cycle_objects == 2);
  HeapBuilder held = pair_counted_apart();
  held.counted("A's count").unlocated();
  CHECK(held.analyse().findings.empty());
}

TEST_CASE("a ring without virtual functions is a cycle, by the names of its classes") {
  HeapBuilder heap;
  heap.counted("A").holds("B", "b");
  heap.counted("B").holds("A", "a");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.findings[0].cycle_objects == 2);
  CHECK(findings.findings[0].objects[0].type == "A");
}

TEST_CASE("a ring without virtual functions that somebody unseen holds is silent") {
  HeapBuilder heap;
  heap.counted("A").holds("B", "b").unlocated();
  heap.counted("B").holds("A", "a");
  CHECK(heap.analyse().findings.empty());
}

TEST_CASE("a ring of plain nodes is silent, whatever classes the program has handles to") {
  HeapBuilder heap;
  add_class(heap, "Node", 24, "Node", {8});
  heap.block("a").bytes(16).points_to("b");
  heap.block("b").bytes(16).points_to("a");
  CHECK(heap.analyse().findings.empty());
}

}  // namespace
}  // namespace gordian
