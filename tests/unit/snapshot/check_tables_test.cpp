// check_tables_test.cpp - one lie per section, and what is said of it.
#include <functional>

#include "base/error.h"
#include "catch.h"
#include "snapshot/snapshot.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian;
using namespace gordian::test;
using snapshot::kNone;
using snapshot::Section;

namespace {

struct Lie {
  const char* says;  // part of the message
  std::function<void(SnapshotWriter&)> tell;
};

std::string complaint(const SnapshotWriter& writer) {
  const MemoryFile file(writer.bytes());
  try {
    read_snapshot(file.path());
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

void expect_refusals(std::initializer_list<Lie> lies) {
  for (const auto& lie : lies) {
    SnapshotWriter writer = ring_of_three();
    REQUIRE(complaint(writer).empty());
    lie.tell(writer);
    INFO(lie.says);
    CHECK_THAT(complaint(writer), ContainsSubstring(lie.says));
  }
}

}  // namespace

TEST_CASE("a refusal names the byte, the section, the row and what to do") {
  SnapshotWriter writer = ring_of_three();
  writer.objects[1].vtable = 77;
  const auto bytes = writer.bytes();
  const auto at = section_offset(bytes, Section::objects) + sizeof(snapshot::ObjectRow);
  CHECK_THAT(complaint(writer),
             Catch::Matchers::EndsWith(
                 ": byte " + std::to_string(at) +
                 ": objects row 1: vtable 77 does not exist (there are 1); the file is damaged; "
                 "run the program again for a new one"));
}

TEST_CASE("header values that cannot be are refused") {
  expect_refusals({
      {"exit status 256 is not possible", [](auto& w) { w.header.exit_status = 256; }},
      {"exit status -2 is not possible", [](auto& w) { w.header.exit_status = -2; }},
      {"flags that are not known", [](auto& w) { w.header.flags = 4; }},
      {"the program's path does not exist", [](auto& w) { w.header.program = 100000; }},
  });
}

TEST_CASE("strings that do not end, or offsets outside them, are refused") {
  expect_refusals({
      {"the last string has no end", [](auto& w) { w.strings.back() = 'x'; }},
      {"the first string is not the empty one", [](auto& w) { w.strings.front() = 'x'; }},
      {"arguments row 1: string",
       [](auto& w) { w.arguments[1] = static_cast<std::uint32_t>(w.strings.size()); }},
      {"vtables row 0: string", [](auto& w) { w.vtables[0].name = kNone; }},
  });
}

TEST_CASE("modules out of order, empty, or with a build id that is a path are refused") {
  expect_refusals({
      {"modules row 0: it is mapped nowhere", [](auto& w) { w.modules[0].high = w.modules[0].low; }},
      {"modules row 1: modules are not in the order",
       [](auto& w) {
         w.modules.push_back({0, 0x1000, 0x2000, 0, 0});
       }},
      {"modules row 0: string", [](auto& w) { w.modules[0].path = 99999; }},
      {"modules row 0: its path is longer", [](auto& w) { w.modules[0].path = w.string(std::string(4096, 'x')); }},
      {"its build id is not a hexadecimal number",
       [](auto& w) { w.modules[0].build_id = w.string("../../x"); }},
  });
}

TEST_CASE("stacks past the frames, and a first stack that is not empty, are refused") {
  expect_refusals({
      {"stacks row 1: its frames run past", [](auto& w) { w.stacks[1].count = 3; }},
      {"stacks row 1: its frames run past", [](auto& w) { w.stacks[1].first = kNone; }},
      {"stacks row 1: it has more frames",
       [](auto& w) {
         w.frames.resize(257, w.frames[0]);
         w.stacks[1] = {0, 257};
       }},
      {"stacks row 0: the first stack", [](auto& w) { w.stacks[0].count = 1; }},
  });
}

TEST_CASE("blocks that overlap, wrap round, or point nowhere are refused") {
  expect_refusals({
      {"blocks row 1: it lies on the block before it", [](auto& w) { w.blocks[0].size = 0x101; }},
      {"blocks row 1: it lies on the block before it",
       [](auto& w) {
         w.blocks[0].size = 0;
         w.blocks[1].address = w.blocks[0].address;
       }},
      {"blocks row 3: it ends past the last address", [](auto& w) { w.blocks[3].size = UINT64_MAX; }},
      {"blocks row 2: stack 2 does not exist", [](auto& w) { w.blocks[2].stack = 2; }},
      {"blocks row 2: vtable 1 does not exist", [](auto& w) { w.blocks[2].vtable = 1; }},
      {"blocks row 2: object 3 does not exist", [](auto& w) { w.blocks[2].object = 3; }},
      {"blocks row 3: it says to be an object's block", [](auto& w) { w.blocks[3].object = 0; }},
  });
}

TEST_CASE("objects out of order, outside their blocks, or of unknown kinds are refused") {
  expect_refusals({
      {"objects row 2: objects are not in the order", [](auto& w) { w.objects[2].control = 0x1000; }},
      {"objects row 2: its control block lies outside its block",
       [](auto& w) { w.objects[2].control += 64; }},
      {"objects row 0: block 4 does not exist", [](auto& w) { w.objects[0].managed_block = 4; }},
      {"objects row 0: its managed object lies outside", [](auto& w) { w.objects[0].managed_block = 3; }},
      {"objects row 0: vtable 5 does not exist", [](auto& w) { w.objects[0].vtable = 5; }},
      {"objects row 0: stack 9 does not exist", [](auto& w) { w.objects[0].stack = 9; }},
      {"objects row 1: its slots do not follow", [](auto& w) { w.objects[1].first_slot = 0; }},
      {"objects row 0: its slots run past", [](auto& w) { w.objects[0].slot_count = kNone; }},
      {"blocks row 0: it has flags that are not known", [](auto& w) { w.blocks[0].flags = 8; }},
      {"blocks row 0: it is an arena, and one object's alone",
       [](auto& w) { w.blocks[0].flags = snapshot::kRootedArena; }},
      {"objects row 0: its family is not known", [](auto& w) { w.objects[0].family = snapshot::Family{0}; }},
      {"objects row 0: its family is not known",
       [](auto& w) { w.objects[0].family = snapshot::Family::intrusive; }},
      {"objects row 0: its family is not known", [](auto& w) { w.objects[0].family = snapshot::Family{6}; }},
      {"objects row 0: it has flags", [](auto& w) { w.objects[0].flags = 0x80; }},
  });
}

TEST_CASE("an object of each family that the runtime knows is accepted") {
  for (const auto family : {snapshot::Family::std_shared, snapshot::Family::libcxx_shared,
                            snapshot::Family::boost_shared, snapshot::Family::custom}) {
    INFO(static_cast<int>(family));
    SnapshotWriter writer = ring_of_three();
    writer.objects[1].family = family;
    CHECK(complaint(writer).empty());
  }
}

TEST_CASE("slots outside their object's range or block, or of unknown kinds, are refused") {
  expect_refusals({
      {"slots row 0: object 3 does not exist", [](auto& w) { w.slots[0].object = 3; }},
      {"slots row 0: it is not among the slots of its object", [](auto& w) { w.slots[0].object = 1; }},
      {"slots row 0: block 9 does not exist", [](auto& w) { w.slots[0].block = 9; }},
      {"slots row 0: it lies outside its block", [](auto& w) { w.slots[0].block = 0; }},
      {"slots row 0: it lies outside its block", [](auto& w) { w.slots[0].address += 33; }},
      {"slots row 0: its place and its block contradict", [](auto& w) { w.slots[0].block = kNone; }},
      {"slots row 0: its place and its block contradict",
       [](auto& w) { w.slots[0].place = snapshot::Place::registers; }},
      {"slots row 0: its place is not known", [](auto& w) { w.slots[0].place = snapshot::Place{8}; }},
      {"slots row 0: its log is not known", [](auto& w) { w.slots[0].log = snapshot::SlotLog{4}; }},
      {"slots row 0: stack 2 does not exist", [](auto& w) { w.slots[0].stack = 2; }},
  });
}

TEST_CASE("pointers from or to memory that was not recorded are refused") {
  expect_refusals({
      {"pointers row 0: it lies in no block", [](auto& w) { w.pointers[0].address = 0xfff; }},
      {"pointers row 0: it lies in no block", [](auto& w) { w.pointers[0].address = 0x3000; }},
      {"pointers row 0: it lies across the end", [](auto& w) { w.pointers[0].address = 0x103c; }},
      {"pointers row 0: it points into no block and no module",
       [](auto& w) { w.pointers[0].value = 0x2021; }},
      {"pointers row 0: it points into no block and no module", [](auto& w) { w.pointers[0].value = 0xfff; }},
      {"pointers row 1: pointers are not in the order", [](auto& w) { w.pointers.push_back(w.pointers[0]); }},
  });
}

TEST_CASE("a census of nothing, or of a vtable or a stack that does not exist, is refused") {
  expect_refusals({
      {"census row 0: it counts nothing", [](auto& w) { w.census[0].objects = 0; }},
      {"census row 0: vtable 9 does not exist", [](auto& w) { w.census[0].vtable = 9; }},
      {"census row 0: stack 9 does not exist", [](auto& w) { w.census[0].stack = 9; }},
  });
}

TEST_CASE("counts out of order, in no plain block, or of nothing are refused") {
  expect_refusals({
      {"counts row 1: counts are not in the order", [](auto& w) { w.counts.push_back(w.counts[0]); }},
      {"counts row 1: counts are not in the order",
       [](auto& w) {
         w.counts.push_back({0x2004, 1, 0});
       }},
      {"counts row 0: it lies in no block", [](auto& w) { w.counts[0].address = 0xffc; }},
      {"counts row 0: it lies in no block", [](auto& w) { w.counts[0].address = 0x1ffc; }},
      {"counts row 0: it lies in no block", [](auto& w) { w.counts[0].address = 0x2020; }},
      {"counts row 0: it lies in an object's block", [](auto& w) { w.counts[0].address = 0x1108; }},
      {"counts row 0: it lies across the end of its block", [](auto& w) { w.counts[0].address = 0x201d; }},
      {"counts row 0: it counts nothing", [](auto& w) { w.counts[0].value = 0; }},
  });
}

TEST_CASE("a plain block may have no count, or one in each of its four bytes") {
  SnapshotWriter writer = ring_of_three();
  writer.counts.clear();
  CHECK(complaint(writer).empty());
  for (std::uint64_t at = 0x2000; at < 0x2020; at += 4) writer.counts.push_back({at, 1, 0});
  CHECK(complaint(writer).empty());
}

TEST_CASE("words of roots that are no roots', or that point nowhere, are refused") {
  expect_refusals({
      {"root_words row 0: its place is no root", [](auto& w) { w.root_words[0].place = snapshot::Place::block; }},
      {"root_words row 0: its place is no root",
       [](auto& w) { w.root_words[0].place = snapshot::Place::owned_block; }},
      {"root_words row 0: its place is no root", [](auto& w) { w.root_words[0].place = snapshot::Place{8}; }},
      {"root_words row 0: its place and its address contradict", [](auto& w) { w.root_words[0].address = 0; }},
      {"root_words row 0: its place and its address contradict",
       [](auto& w) { w.root_words[0].place = snapshot::Place::registers; }},
      {"root_words row 0: it points into no block", [](auto& w) { w.root_words[0].value = 0x3000; }},
  });
}

TEST_CASE("reasons that are no strings are refused") {
  expect_refusals({{"reasons row 0: string 4096 does not exist", [](auto& w) { w.reasons[0].reason = 4096; }}});
}

TEST_CASE("notes of an unknown kind are refused") {
  expect_refusals({
      {"notes row 0: its kind is not known", [](auto& w) { w.notes[0].kind = snapshot::NoteKind{0}; }},
      {"notes row 0: its kind is not known", [](auto& w) { w.notes[0].kind = snapshot::NoteKind{99}; }},
  });
}
