// read_snapshot_test.cpp - what is read back, and what is said of a file that is no snapshot.
#include "snapshot/snapshot.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "base/error.h"
#include "catch.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian;
using namespace gordian::test;
using snapshot::SnapshotHeader;

namespace {

// What read_snapshot() says of `bytes`, without the file's name; "" when it is content.
std::string complaint_of_bytes(std::span<const std::byte> bytes) {
  const MemoryFile file(bytes);
  try {
    read_snapshot(file.path());
    return "";
  } catch (const Error& error) {
    const std::string message = error.what();
    const std::string name = file.path().string() + ": ";
    REQUIRE(message.rfind(name, 0) == 0);
    return message.substr(name.size());
  }
}

template <typename Number>
void put(std::vector<std::byte>& bytes, std::size_t offset, Number value) {
  std::memcpy(&bytes.at(offset), &value, sizeof value);
}

std::size_t entry_offset(snapshot::Section section) {
  return offsetof(SnapshotHeader, sections) +
         sizeof(snapshot::SectionEntry) * static_cast<std::size_t>(section);
}

}  // namespace

TEST_CASE("a snapshot is read back as it was written") {
  const MemoryFile file(ring_of_three().bytes());
  const Snapshot read = read_snapshot(file.path());
  CHECK(read.program == "/home/you/article");
  CHECK(read.arguments == std::vector<std::string>{"./article", "--fast"});
  CHECK(read.pid == 4711);
  CHECK(read.exit_status == 0);
  CHECK(read.shim);
  CHECK(read.live_objects == 3);
  REQUIRE(read.modules.size() == 1);
  CHECK(read.modules[0].path == "/home/you/article");
  CHECK(read.modules[0].build_id == "00ff");
  REQUIRE(read.vtables.size() == 1);
  CHECK(read.vtables[0].mangled_name == "3Obj");
  CHECK(read.vtables[0].functions.size() == snapshot::kVtableFunctions);
  CHECK(read.stack(0).empty());
  REQUIRE(read.stack(1).size() == 2);
  CHECK(read.stack(1)[0] == 0x401234);
  CHECK(read.blocks.size() == 4);
  CHECK(read.objects.size() == 3);
  CHECK(read.slots.size() == 3);
  CHECK(read.pointers.size() == 1);
  CHECK(read.counts.size() == 1);
  CHECK(read.root_words.size() == 1);
  CHECK(read.calls.size() == 1);
  REQUIRE(read.reasons.size() == 1);
  CHECK(read.reasons[0].reason == "it is meant");
  REQUIRE(read.census.size() == 1);
  CHECK(read.census[0].objects == 3);
  CHECK(read.notes.size() == 1);
}

TEST_CASE("rows outlive the file that they were read from, and its name") {
  for (const bool sealed : {false, true}) {
    Snapshot read;
    {
      MemoryFile file(ring_of_three().bytes());
      if (sealed) file.seal();
      read = read_snapshot(file.path());
    }
    REQUIRE(read.objects.size() == 3);
    CHECK(read.objects[2].use_count == 1);
    CHECK(read.slots.size() == 3);
  }
}

TEST_CASE("what a sealed file says is checked as well") {
  auto bytes = ring_of_three().bytes();
  put(bytes, section_offset(bytes, snapshot::Section::objects), std::uint64_t{1});
  MemoryFile file(bytes);
  file.seal();
  CHECK_THROWS_AS(read_snapshot(file.path()), Error);
}

TEST_CASE("a snapshot that is changed, grown or copied leaves others and the file as they are") {
  MemoryFile file(ring_of_three().bytes());
  file.seal();
  Snapshot read = read_snapshot(file.path());
  Snapshot copy = read;
  copy.objects[0].use_count = 77;
  copy.objects.push_back(copy.objects[0]);
  read.blocks[0].size = 1;
  read.blocks.push_back(read.blocks[0]);
  CHECK(copy.objects.size() == 4);
  CHECK(copy.objects[3].use_count == 77);
  CHECK(read.objects.size() == 3);
  CHECK(read.objects[0].use_count == 1);
  CHECK(read.blocks.back().size == 1);
  CHECK(copy.blocks[0].size == 64);
  const Snapshot moved = std::move(read);
  CHECK(moved.slots.size() == 3);
  const Snapshot again = read_snapshot(file.path());
  CHECK(again.blocks.size() == 4);
  CHECK(again.blocks[0].size == 64);
}

TEST_CASE("rows that are added to adopted ones begin with zeros") {
  auto memory = std::make_shared<std::array<std::uint64_t, 4>>();
  memory->fill(5);
  RowVector<std::uint64_t> rows = adopt_rows(memory->data(), 2, memory);
  CHECK(rows == RowVector<std::uint64_t>{5, 5});
  CHECK(rows.data() == memory->data());
  rows.resize(4);
  CHECK(rows == RowVector<std::uint64_t>{5, 5, 0, 0});
  CHECK(memory->back() == 5);
}

TEST_CASE("what comes to the place of adopted rows later begins with zeros, too") {
  auto memory = std::make_shared<std::array<std::uint64_t, 4>>();
  memory->fill(5);
  RowVector<std::uint64_t> rows = adopt_rows(memory->data(), 4, memory);
  rows.clear();
  rows.resize(3);
  CHECK(rows == RowVector<std::uint64_t>{0, 0, 0});
}

TEST_CASE("of a file that is none only the beginning is read") {
  const auto path = std::filesystem::temp_directory_path() / ("gordian-sparse-" + std::to_string(::getpid()));
  std::ofstream(path) << "something else";
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40);  // more than there is memory
  CHECK_THROWS_WITH(read_snapshot(path), Catch::Matchers::Contains("is not a gordian snapshot"));
  std::filesystem::remove(path);
}

TEST_CASE("a header alone is a whole snapshot, of a program without candidates") {
  SnapshotWriter writer;
  writer.strings.clear();
  writer.stacks.clear();
  writer.header.exit_status = snapshot::kNoExitStatus;
  const MemoryFile file(writer.bytes());
  const Snapshot read = read_snapshot(file.path());
  CHECK(read.program.empty());
  CHECK_FALSE(read.exit_status.has_value());
  CHECK(read.objects.empty());
  CHECK(read.stack(0).empty());
}

TEST_CASE("an empty file and one whose header was never written are called cut short") {
  CHECK(complaint_of_bytes({}) ==
        "byte 0: the snapshot is empty; the program was probably killed while writing, or the disk was full");
  const std::vector<std::byte> zeros(4096);
  CHECK(complaint_of_bytes(zeros) ==
        "byte 0: the snapshot was cut short while being written; the program was probably killed while "
        "writing, or "
        "the disk was full");
  const auto whole = ring_of_three().bytes();
  CHECK(complaint_of_bytes(std::span(whole).first(100)) ==
        "byte 100: ends inside the header; the program was probably killed while writing, or the disk was "
        "full");
}

TEST_CASE("a file of another kind or version is called that") {
  auto bytes = ring_of_three().bytes();
  put(bytes, 0, 'G');
  CHECK(complaint_of_bytes(bytes) ==
        "byte 0: is not a gordian snapshot; name a file that the runtime wrote (snapshot=PATH)");
  bytes = ring_of_three().bytes();
  put(bytes, offsetof(SnapshotHeader, version), snapshot::kSnapshotVersion + 1);
  CHECK(complaint_of_bytes(bytes) ==
        "byte 8: has format version " + std::to_string(snapshot::kSnapshotVersion + 1) +
            ", this gordian reads version " + std::to_string(snapshot::kSnapshotVersion) +
            "; use the gordian that was installed with the runtime");
}

TEST_CASE("a file that lost its tail names the table that ends early and its rows") {
  const auto bytes = ring_of_three().bytes();
  const auto at = section_offset(bytes, snapshot::Section::objects);
  CHECK(complaint_of_bytes(std::span(bytes).first(at + 2 * sizeof(snapshot::ObjectRow))) ==
        "byte " + std::to_string(at) +
            ": objects table ends early (2 of 3 rows); the program was probably killed while writing, or the "
            "disk "
            "was full");
}

TEST_CASE("bytes after the end are refused") {
  auto bytes = ring_of_three().bytes();
  const auto size = std::to_string(bytes.size());
  bytes.resize(bytes.size() + 8);
  CHECK(complaint_of_bytes(bytes) == "byte " + size + ": the file is longer than its header says (" +
                                         std::to_string(bytes.size()) + " bytes instead of " + size +
                                         "); the file is damaged; run the program again for a new one");
}

TEST_CASE("a changed byte is seen by the checksum") {
  auto bytes = ring_of_three().bytes();
  CHECK(complaint_of_bytes(bytes).empty());
  bytes[section_offset(bytes, snapshot::Section::frames)] ^= std::byte{1};
  CHECK_THAT(complaint_of_bytes(bytes), ContainsSubstring("the checksum does not match the contents"));
}

TEST_CASE("a changed byte of the header is seen, also where nothing depends on it") {
  const auto original = ring_of_three().bytes();
  for (std::size_t at = 0; at < sizeof(snapshot::SnapshotHeader); ++at) {
    auto bytes = original;
    bytes[at] ^= std::byte{1};
    INFO("byte " << at);
    CHECK_FALSE(complaint_of_bytes(bytes).empty());
  }
}

TEST_CASE("a section outside the file, misplaced, or with other rows is refused") {
  const auto objects = entry_offset(snapshot::Section::objects);
  const auto with = [&](std::size_t field, auto value) {
    auto bytes = ring_of_three().bytes();
    put(bytes, objects + field, value);
    return complaint_of_bytes(bytes);
  };
  CHECK_THAT(with(0, std::uint64_t{4}),
             ContainsSubstring("objects table begins at a place where none can be"));
  CHECK_THAT(with(0, std::uint64_t{1001}),
             ContainsSubstring("objects table begins at a place where none can be"));
  CHECK_THAT(with(0, UINT64_MAX - 7), ContainsSubstring("objects table ends early (0 of 3 rows)"));
  CHECK_THAT(with(8, std::uint64_t{1} << 58), ContainsSubstring("too many to count"));
  CHECK_THAT(with(8, std::uint64_t{4000000000}), ContainsSubstring("of 4000000000 rows)"));
  CHECK_THAT(with(16, std::uint32_t{57}),
             ContainsSubstring("objects table has rows of 57 bytes instead of 56"));
  const auto bytes = ring_of_three().bytes();
  CHECK_THAT(with(0, section_offset(bytes, snapshot::Section::blocks)),
             ContainsSubstring("objects table lies on the blocks table"));
}

TEST_CASE("a path that is no regular file gets an answer, not a wait") {
  CHECK_THROWS_WITH(read_snapshot("/nowhere/at.all"),
                    "/nowhere/at.all: cannot open the snapshot: No such file or directory");
  CHECK_THROWS_WITH(read_snapshot("/tmp"), "/tmp: is a directory; a snapshot is a regular file");
  CHECK_THROWS_WITH(read_snapshot("/dev/null"), "/dev/null: is a device; a snapshot is a regular file");
  const auto fifo = std::filesystem::temp_directory_path() / ("gordian-fifo-" + std::to_string(::getpid()));
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(read_snapshot(fifo), fifo.string() + ": is a FIFO; a snapshot is a regular file");
  std::filesystem::remove(fifo);
}

TEST_CASE("rows that share one long string do not multiply it without bound") {
  SnapshotWriter writer = ring_of_three();
  const auto name = writer.string(std::string(1 << 20, 'x'));
  writer.arguments.assign(40, name);
  CHECK_THAT(complaint_of_bytes(writer.bytes()), ContainsSubstring("names repeat beyond all measure"));
  writer.arguments.assign(4, name);
  CHECK(complaint_of_bytes(writer.bytes()).empty());
}
