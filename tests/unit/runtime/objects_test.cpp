// objects_test.cpp - scan/objects.h: objects that count their own handles, announced through the C API, and control blocks that were
// overwritten.
//
// Others need the classes of a real program; e2e tests have them.
#include "scan/objects.h"

#include <memory>
#include <vector>

#include "catch.h"
#include "process/unloaded_modules.h"
#include "real_blocks.h"

using namespace gordian::rt;

namespace {

// What a check would find now.
struct Found {
  ModuleMap modules;
  Heap heap;
  Classes classes{modules};
  Objects objects{heap, classes};

  Found() {
    REQUIRE(modules.read());
    REQUIRE(heap.build());
    REQUIRE(objects.build());
  }
};

// Announces for the length of a test.
class Announcement {
 public:
  Announcement(Address object, Address count, bool wide = false, StackId stack = StackId::none)
      : object_(object) {
    add_counted(object, count, wide, stack);
  }
  Announcement(const Announcement&) = delete;
  Announcement& operator=(const Announcement&) = delete;
  ~Announcement() { remove_counted(object_); }

 private:
  Address object_;
};

}  // namespace

TEST_CASE("a heap in which nothing was announced has no object that counts itself") {
  RealBlocks blocks;
  store_count(blocks.add(32), 1);
  CHECK(Found().objects.size() == 0);
}

TEST_CASE("an announced object is its whole block, with the count that memory has") {
  RealBlocks blocks;
  const Address at = blocks.add(32);
  store_count(at + 12, 3);
  const Announcement announced(at, at + 12, false, StackId{7});
  Found found;
  REQUIRE(found.objects.size() == 1);
  const Object& object = found.objects[0];
  CHECK(object.is_counted());
  CHECK(object.control == at);
  CHECK(object.use_count == 3);
  CHECK(object.weak_count == 0);
  CHECK(object.stack == 7);
  CHECK(object.birth != 0);
  CHECK(object.managed_block == kNoIndex);
  CHECK(found.heap[object.control_block].object == 0);
  CHECK_FALSE(object.expired());
  CHECK_FALSE(object.is_stray());
}

TEST_CASE("a count of eight bytes is read as a whole") {
  RealBlocks blocks;
  const Address at = blocks.add(32);
  store_word(at + 8, 5);
  const Announcement announced(at, at + 8, true);
  REQUIRE(Found().objects.size() == 1);
  CHECK(Found().objects[0].use_count == 5);
  store_word(at + 8, (std::uint64_t{1} << 32) + 5);
  CHECK(Found().objects.size() == 0);
}

TEST_CASE("an object whose count says nothing is a block like any other") {
  RealBlocks blocks;
  const Address at = blocks.add(32);
  const Announcement announced(at, at + 8);
  for (const std::uint32_t nothing : {(1u << 30) + 1, 0xffffffffu}) {
    INFO(nothing);
    store_count(at + 8, nothing);
    Found found;
    CHECK(found.objects.size() == 0);
    CHECK(found.heap[0].object == kNoIndex);
  }
  store_count(at + 8, 1u << 30);
  CHECK(Found().objects.size() == 1);
}

TEST_CASE("an object of which nobody has taken a handle yet floats, and has not expired") {
  RealBlocks blocks;
  const Address at = blocks.add(32);
  const Announcement announced(at, at + 8);
  store_count(at + 8, 0);
  Found found;
  REQUIRE(found.objects.size() == 1);
  CHECK(found.objects[0].floats());
  CHECK_FALSE(found.objects[0].expired());
  store_count(at + 8, 1);
  CHECK_FALSE(Found().objects[0].floats());
}

TEST_CASE("a count that lies in no byte of the object's block, or across its end, is not read") {
  RealBlocks blocks;
  const Address before = blocks.add(32), at = blocks.add(32), behind = blocks.add(32);
  for (const Address count : {before + 8, behind + 8, at + 32, at - 4}) {
    const Announcement announced(at, count);
    CHECK(Found().objects.size() == 0);
  }
  store_count(at + 28, 1);
  const Announcement announced(at, at + 28);
  CHECK(Found().objects.size() == 1);
  const Announcement wide(at, at + 28, true);
  CHECK(Found().objects.size() == 0);
}

TEST_CASE("an object that took back its announcement is none") {
  RealBlocks blocks;
  const Address at = blocks.add(32);
  store_count(at, 1);
  { const Announcement announced(at, at); }
  CHECK(Found().objects.size() == 0);
}

TEST_CASE("an object outside the heap counts as foreign") {
  alignas(16) static unsigned char place[32];
  const Address at = reinterpret_cast<Address>(place);
  store_count(at, 1);
  const Announcement announced(at, at);
  const Found found;
  CHECK(found.objects.size() == 0);
  CHECK(found.objects.foreign() == 1);
}

TEST_CASE("a base class announced in the middle of its block stands for the block") {
  RealBlocks blocks;
  const Address at = blocks.add(48);
  store_count(at + 24, 1);
  const Announcement announced(at + 8, at + 24);
  const Found found;
  REQUIRE(found.objects.size() == 1);
  CHECK(found.objects[0].control == at);
  CHECK(found.heap[0].object == 0);
}

TEST_CASE("any word into the block of an object that counts itself may be a handle, its end may not") {
  RealBlocks blocks;
  const Address at = blocks.add(48);
  store_count(at, 1);
  const Announcement announced(at, at);
  const Found found;
  for (const Address word : {at, at + 1, at + 47}) {
    CHECK(found.objects.classify(word).kind == Target::control_word);
    CHECK(found.objects.classify(word).index == 0);
  }
  CHECK(found.objects.classify(at + 48).kind == Target::nothing);
  CHECK(found.objects.classify(at - 1).kind == Target::nothing);
}

TEST_CASE("two objects that count themselves in one block make it an arena") {
  RealBlocks blocks;
  const Address at = blocks.add(64);
  store_count(at, 1);
  store_count(at + 32, 2);
  const Announcement first(at, at), second(at + 32, at + 32);
  const Found found;
  REQUIRE(found.objects.size() == 2);
  CHECK(found.objects[0].control == at);
  CHECK(found.objects[1].control == at + 32);
  CHECK(found.objects[1].use_count == 2);
  CHECK(found.heap[0].object == kNoIndex);
  CHECK((found.heap[0].state & kBlockShared) != 0);
  CHECK(found.objects.classify(at + 32).kind == Target::control_word);
  CHECK(found.objects.classify(at + 40).kind == Target::plain_block);
}

TEST_CASE("what a shared_ptr manages in place is that shared_ptr's, though it counts itself too") {
  struct Both {
    std::uint64_t count = 1;
  };
  const auto both = std::make_shared<Both>();
  const Address object = reinterpret_cast<Address>(both.get());
  RealBlocks blocks;
  blocks.enter(object - 16, 16 + sizeof(Both));
  const Announcement announced(object, object, true);
  const Found found;
  REQUIRE(found.objects.size() == 1);
  CHECK_FALSE(found.objects[0].is_counted());
  CHECK(found.objects[0].control == object - 16);
}

namespace {

// Memory as of a make_shared() whose control block was announced, with these words; it takes the announcement back.
struct AnnouncedControl {
  AnnouncedControl(RealBlocks& blocks, std::uint64_t first_word, std::uint32_t use, std::uint32_t weak, std::size_t in_front = 0)
      : control(blocks.add(48) + in_front) {
    store_word(control, first_word);
    store_count(control + 8, use);
    store_count(control + 12, weak);
    add_object(control, StackId::none);
  }
  AnnouncedControl(const AnnouncedControl&) = delete;
  AnnouncedControl& operator=(const AnnouncedControl&) = delete;
  ~AnnouncedControl() { remove_object(control); }

  const Address control;
};

constexpr std::uint64_t kNoVtable = 0x1122334455667788;

}  // namespace

TEST_CASE("a control block without a virtual table was overwritten where all its handles lead to it, and counts as owned") {
  REQUIRE(forgotten_modules() == 0);
  RealBlocks blocks;
  const AnnouncedControl first(blocks, 0, 1, 1), second(blocks, kNoVtable, 2, 2);
  Found found;
  CHECK(found.objects.size() == 0);
  CHECK(found.objects.overwritten() == 0);
  found.objects.note_plain_word(second.control + 16, second.control);
  found.objects.note_plain_word(0, second.control);
  CHECK(found.objects.overwritten() == 0);
  found.objects.note_plain_word(second.control + 16, second.control);
  CHECK(found.objects.overwritten() == 1);
  found.objects.for_each_overwritten([&](std::uint32_t block) { CHECK(found.heap[block].start == second.control); });
  found.objects.note_plain_word(first.control + 16, first.control);
  CHECK(found.objects.overwritten() == 2);
  found.objects.note_plain_word(first.control + 16, first.control);  // one too many: a dead one's
  CHECK(found.objects.overwritten() == 1);
}

TEST_CASE("where no word stands as the handle of an object in place does nobody wrote over a control block") {
  REQUIRE(forgotten_modules() == 0);
  RealBlocks blocks;
  const AnnouncedControl dropped(blocks, kNoVtable, 1, 1);
  Found found;
  found.objects.note_plain_word(dropped.control + 24, dropped.control);
  found.objects.note_plain_word(dropped.control + 8, dropped.control - 8);
  found.objects.note_plain_word(dropped.control + 80, dropped.control + 64);
  CHECK(found.objects.overwritten() == 0);
}

TEST_CASE("what is dead by its counts, in an arena, too short, managed, or near a library was not overwritten") {
  REQUIRE(forgotten_modules() == 0);
  static const int in_program = 0;
  RealBlocks blocks;
  const AnnouncedControl dead(blocks, kNoVtable, 0, 1), none(blocks, kNoVtable, 1, 0), in_arena(blocks, kNoVtable, 1, 1, 16),
      unknown(blocks, reinterpret_cast<Address>(&in_program), 1, 1), managed(blocks, kNoVtable, 1, 1);
  const Address end = blocks.add(16);
  store_word(end + 8, 0x100000001);
  add_object(end, StackId::none);
  Found found;
  for (const Address control : {dead.control, none.control, in_arena.control, unknown.control, managed.control, end})
    found.objects.note_plain_word(control + 16, control);
  CHECK(found.objects.overwritten() == 1);
  found.heap[found.heap.find(managed.control)].object = 0;
  CHECK(found.objects.overwritten() == 0);
  remove_object(end);
}

TEST_CASE("every handle was logged when as many were as the object counts, whatever other words there are") {
  Object object{};
  object.family_row = FamilyRow::counted;
  object.use_count = 2;
  object.strong_words = 2;
  object.other_words = 5;
  CHECK(object.every_handle_logged());
  CHECK_FALSE(object.every_word_decided());
  object.strong_words = 1;
  CHECK_FALSE(object.every_handle_logged());
  object.strong_words = 2;
  object.family_row = FamilyRow::shim;
  CHECK_FALSE(object.every_handle_logged());
}
