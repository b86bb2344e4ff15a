// live_test.cpp - tables/live.h: what is noted of blocks, objects and handles.
#include "catch.h"
#include "tables/live.h"

#include <tuple>
#include <vector>

using namespace gordian::rt;

namespace {

using Rows = std::vector<std::tuple<Address, std::uint64_t, StackId>>;  // start, size or birth, stack

Rows blocks() {
  Rows rows;
  for_each_block([&](Address start, std::uint64_t size, std::uint32_t entry) {
    rows.emplace_back(start, size, packed_stack(entry));
  });
  return rows;
}
Rows objects() {
  Rows rows;
  for_each_object_entry([&](Address at, StackId stack, std::uint32_t birth) { rows.emplace_back(at, birth, stack); });
  return rows;
}

constexpr Address kBlock = 0x620000000000;
constexpr Address kRegionEnd = kBlock + (Address{1} << 26);

constexpr Address kHandle = 0x610000000018;

}  // namespace

TEST_CASE("blocks come out in order with size and stack, also the last one of a region and the first of the next") {
  add_block(kRegionEnd, 24, StackId{3});
  add_block(kRegionEnd - 16, 100, StackId{2});
  add_block(kBlock, 0, StackId{1});
  CHECK(blocks() == Rows{{kBlock, 0, StackId{1}}, {kRegionEnd - 16, 100, StackId{2}}, {kRegionEnd, 24, StackId{3}}});
  remove_block(kRegionEnd - 16);
  CHECK(blocks() == Rows{{kBlock, 0, StackId{1}}, {kRegionEnd, 24, StackId{3}}});
  remove_block(kBlock);
  remove_block(kRegionEnd);
  CHECK(blocks().empty());
}

TEST_CASE("a size too large to note says so") {
  add_block(kBlock, kHugeSize - 1, StackId::none);
  add_block(kBlock + 64, std::size_t{1} << 40, StackId::none);
  CHECK(blocks() == Rows{{kBlock, kHugeSize - 1, StackId::none}, {kBlock + 64, kHugeSize, StackId::none}});
  remove_block(kBlock);
  remove_block(kBlock + 64);
}

TEST_CASE("a block that was freed unseen is gone when another starts in it") {
  add_block(kBlock, 24, StackId{1});
  add_block(kBlock + 16, 24, StackId{2});
  CHECK(blocks() == Rows{{kBlock + 16, 24, StackId{2}}});
  remove_block(kBlock + 16);
  remove_block(kBlock);
}

TEST_CASE("what a block leaves behind it is neither a block nor ignored") {
  add_block(kBlock, 4 | 8, StackId::none);  // as an entry that would be kIgnored
  CHECK_FALSE(mark_block(kBlock + 16, kIgnored));
  CHECK(mark_block(kBlock + 11, kIgnored));
  CHECK(blocks().size() == 1);
  remove_block(kBlock);
  CHECK_FALSE(mark_block(kBlock, kIgnored));
  CHECK(blocks().empty());
}

TEST_CASE("a mark goes with its block, whatever comes to its place") {
  add_block(kBlock, 40, StackId{1});
  CHECK(mark_block(kBlock + 39, kWatched));
  CHECK(is_marked_block(kBlock, kWatched));
  CHECK_FALSE(is_marked_block(kBlock, kIgnored));
  CHECK(blocks() == Rows{{kBlock, 40, StackId{1}}});
  remove_block(kBlock);
  add_block(kBlock, 40, StackId{1});
  CHECK_FALSE(is_marked_block(kBlock, kWatched));
  CHECK(find_block(kBlock + 16) == kBlock);
  CHECK(find_block(kBlock + 40) == 0);
  remove_block(kBlock);
}

TEST_CASE("a watch and a reason go with a block that moves, whatever was said of one that was there") {
  constexpr Address kNew = kBlock + 1024;
  const Address old_one = kBlock;
  add_block(kNew, 40, StackId{1});
  const std::uint32_t earlier = watch_block(kNew);
  g_live.marks.set(behind(kNew), 7);  // a reason
  remove_block(kNew);

  add_block(old_one, 40, StackId{1});
  const std::uint32_t watch = watch_block(old_one);
  g_live.marks.set(behind(old_one), 9);
  mark_block(old_one, kIgnored);
  const MarksOfBlock marks = marks_of_block(old_one, g_live.blocks.get(old_one));
  remove_block(old_one);
  add_block(old_one, 40, StackId{1});  // another thread's
  watch_block(old_one);
  add_block(kNew, 80, StackId{1});
  mark_moved_block(kNew, marks);
  CHECK(is_watched_block(kNew, watch));
  CHECK_FALSE(is_watched_block(kNew, earlier));
  CHECK(is_marked_block(kNew, kIgnored));
  CHECK(g_live.marks.get(behind(kNew)) == 9);
  remove_block(kNew);

  add_block(kNew, 80, StackId{1});  // no reason was given for that one, and it is not watched
  mark_moved_block(kNew, marks_of_block(kBlock + 512, kLive | kIgnored));
  CHECK(is_marked_block(kNew, kIgnored));
  CHECK_FALSE(is_marked_block(kNew, kWatched));
  CHECK(g_live.marks.get(behind(kNew)) == 0);
  remove_block(kNew);
  remove_block(old_one);
}

TEST_CASE("objects are born one after the other, in either half of a granule") {
  const std::uint64_t born = g_live.births.load();
  add_object(kBlock + 64, StackId{5});
  add_object(kBlock + 8, StackId{6});
  CHECK(objects() == Rows{{kBlock + 8, born + 2, StackId{6}}, {kBlock + 64, born + 1, StackId{5}}});
  remove_object(kBlock + 8);
  remove_object(kBlock + 64);
  CHECK(objects().empty());
}

TEST_CASE("of control blocks that lie close together the last one's birth is known, and all their stacks") {
  for (const bool backwards : {false, true}) {
    const std::uint64_t born = g_live.births.load();
    const Address first = kBlock + 16;
    const Address second = first + 24;
    add_object(backwards ? second : first, StackId{1});
    add_object(backwards ? first : second, StackId{1});
    CHECK(objects() == Rows{{first, 0, StackId{1}}, {second, backwards ? born + 1 : born + 2, StackId{1}}});
    remove_object(first);
    CHECK(objects().size() == 1);
    remove_object(second);
    CHECK(objects().empty());
  }
}

TEST_CASE("a strong handle that was never logged leaves nothing behind, one that was is dropped") {
  drop_strong(kHandle);
  CHECK(g_live.strong.get(kHandle) == 0);
  add_handle(g_live.strong, kHandle, StackId::none);
  CHECK(packed_matches(g_live.strong.get(kHandle), kHandle));
  drop_strong(kHandle);
  CHECK(packed_dropped(g_live.strong.get(kHandle), kHandle));
  g_live.strong.clear(kHandle);
}

TEST_CASE("an object that was born after a strong handle has ended is held by what is there") {
  const std::uint32_t births = g_live.births.load();
  add_handle(g_live.strong, kHandle, StackId::none);
  drop_strong(kHandle);
  const std::uint32_t entry = g_live.strong.get(kHandle);
  CHECK_FALSE(is_born_later(births, entry));
  CHECK(is_born_later(births + 1, entry));
  CHECK_FALSE(is_born_later(0, entry));  // not known
  g_live.births.store(1u << 27);         // more than there are bits for
  CHECK_FALSE(is_born_later(births + 1, entry));
  g_live.births.store(births);
  g_live.strong.clear(kHandle);
}

TEST_CASE("a weak handle that ends is dropped, and says nothing of the other half of its granule") {
  add_handle(g_live.weak, kHandle, StackId::none);
  drop_weak(kHandle);
  CHECK(packed_dropped(g_live.weak.get(kHandle), kHandle));
  CHECK_FALSE(packed_dropped(g_live.weak.get(kHandle - 8), kHandle - 8));
  g_live.weak.clear(kHandle);
}
