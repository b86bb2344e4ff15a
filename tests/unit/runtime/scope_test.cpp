// scope_test.cpp - blocks by the scopes they were made in: tables/live.h, scan/heap.h, scan/held.h.
#include <vector>

#include "catch.h"
#include "real_blocks.h"
#include "scan/heap.h"
#include "scan/held.h"

using namespace gordian::rt;

namespace {

// Blocks are made in a scope of that level for the length of a test.
class OpenScope {
 public:
  explicit OpenScope(unsigned level) { g_live.scope = level * kScopeUnit; }
  OpenScope(const OpenScope&) = delete;
  OpenScope& operator=(const OpenScope&) = delete;
  ~OpenScope() { g_live.scope = 0; }
};

// One block from before all scopes, one made in the first, one in the second inside it.
struct BlocksOfScopes {
  RealBlocks blocks;
  Address before = blocks.add(32);
  OpenScope scope{1};
  Address first = blocks.add(32);
  Address second = (g_live.scope = 2 * kScopeUnit, blocks.add(32));
};

unsigned level_of(Address at) {
  return scope_level(g_live.blocks.get(at));
}

// The starts of the blocks that count, with and without those that do not.
std::vector<Address> inside(HeapPart part) {
  Heap heap;
  REQUIRE(heap.build(part));
  std::vector<Address> starts;
  for (const Block& b : heap.blocks()) {
    if ((b.state & kBlockOutside) == 0) starts.push_back(b.start);
  }
  return starts;
}

bool held(unsigned level) {
  ModuleMap modules;
  REQUIRE(modules.read());
  Heap heap;
  REQUIRE(heap.build({level, true}));
  Classes classes(modules);
  Objects objects(heap, classes);
  REQUIRE(objects.build());
  Workers workers;
  return all_held_from_outside(heap, objects, workers);
}

}  // namespace

TEST_CASE("a block has the level of the scope it is made in") {
  const BlocksOfScopes of;
  CHECK(level_of(of.before) == 0);
  CHECK(level_of(of.first) == 1);
  CHECK(level_of(of.second) == 2);
  CHECK((g_live.blocks.get(of.second) & kLive) != 0);
}

TEST_CASE("a scope's blocks and those inside it are checked, and no others") {
  const BlocksOfScopes of;
  CHECK(inside({0, false}) == std::vector<Address>{of.before, of.first, of.second});
  CHECK(inside({1, false}) == std::vector<Address>{of.first, of.second});
  CHECK(inside({2, true}) == std::vector<Address>{of.second});
  Heap all;
  REQUIRE(all.build({1, false}));
  CHECK(all.blocks().size() == 3);
  CHECK(all.has_outside());
  Heap alone;
  REQUIRE(alone.build({1, true}));
  CHECK(alone.blocks().size() == 2);
  CHECK_FALSE(alone.has_outside());
}

TEST_CASE("a block that somebody freed meanwhile is not brought back by a new level") {
  RealBlocks blocks;
  const Address at = blocks.add(32);
  const std::uint32_t seen = g_live.blocks.get(at);
  remove_block(at);
  set_scope_level(at, seen, 1);
  CHECK(g_live.blocks.get(at) == 0);
}

TEST_CASE("an object with a handle elsewhere is held, and what it owns with it") {
  RealBlocks blocks;
  const OpenScope scope(1);
  const Address a = blocks.add(32);
  const Address b = blocks.add(32);
  store_count(a, 2);  // one of b's, and one that is nowhere in the scope
  store_count(b, 1);
  store_word(a + 8, b);
  store_word(b + 8, a);
  add_counted(a, a, false, StackId::none);
  add_counted(b, b, false, StackId::none);
  CHECK(held(1));
  store_count(a, 1);
  CHECK_FALSE(held(1));
  remove_counted(a);
  remove_counted(b);
}

TEST_CASE("plain blocks alone are held, a knot of blocks that may count is not") {
  RealBlocks blocks;
  const OpenScope scope(1);
  const Address a = blocks.add(32);
  const Address b = blocks.add(32);
  store_word(a + 8, b);
  CHECK(held(1));
  store_word(b + 8, a);
  CHECK(held(1));
  store_count(a, 1);
  CHECK_FALSE(held(1));
}
