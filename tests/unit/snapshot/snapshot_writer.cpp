// snapshot_writer.cpp - snapshots for tests.
#include "snapshot/snapshot_writer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace gordian::test {
namespace {

using snapshot::kNone;

template <typename Row>
void append(std::vector<std::byte>& bytes, snapshot::SectionEntry& entry, const std::vector<Row>& rows) {
  entry = {bytes.size(), rows.size(), sizeof(Row), 0};
  const auto raw = std::as_bytes(std::span(rows));
  bytes.insert(bytes.end(), raw.begin(), raw.end());
  bytes.resize((bytes.size() + 7) / 8 * 8);
}

void add_ring_object(SnapshotWriter& writer, std::uint32_t index, std::uint32_t stack) {
  const std::uint64_t address = 0x1000 + 0x100 * std::uint64_t{index};
  const std::uint32_t previous = (index + 2) % 3;
  writer.blocks.push_back({address, 64, stack, 0, index, 0});
  snapshot::ObjectRow object{};
  object.control = address;
  object.managed = address + 16;
  object.control_block = index;
  object.managed_block = kNone;
  object.vtable = 0;
  object.use_count = 1;
  object.stack = stack;
  object.birth = index + 1;
  object.first_slot = index;
  object.slot_count = 1;
  object.family = snapshot::Family::std_shared;
  object.flags = snapshot::kObjectAnnounced | snapshot::kObjectInPlace;
  writer.objects.push_back(object);
  writer.slots.push_back({0x1000 + 0x100 * std::uint64_t{previous} + 24,
                          index,
                          previous,
                          0,
                          snapshot::Place::block,
                          snapshot::SlotLog::none,
                          {}});
}

}  // namespace

std::uint32_t SnapshotWriter::string(std::string_view text) {
  const auto offset = static_cast<std::uint32_t>(strings.size());
  strings.insert(strings.end(), text.begin(), text.end());
  strings.push_back('\0');
  return offset;
}

std::uint32_t SnapshotWriter::stack(std::initializer_list<std::uint64_t> return_addresses) {
  stacks.push_back(
      {static_cast<std::uint32_t>(frames.size()), static_cast<std::uint32_t>(return_addresses.size())});
  frames.insert(frames.end(), return_addresses);
  return static_cast<std::uint32_t>(stacks.size() - 1);
}

std::vector<std::byte> SnapshotWriter::bytes() const {
  snapshot::SnapshotHeader head = header;
  std::vector<std::byte> result(sizeof head);
  auto* entry = head.sections;
  append(result, *entry++, strings);
  append(result, *entry++, arguments);
  append(result, *entry++, modules);
  append(result, *entry++, frames);
  append(result, *entry++, stacks);
  append(result, *entry++, vtables);
  append(result, *entry++, blocks);
  append(result, *entry++, objects);
  append(result, *entry++, slots);
  append(result, *entry++, pointers);
  append(result, *entry++, counts);
  append(result, *entry++, root_words);
  append(result, *entry++, calls);
  append(result, *entry++, reasons);
  append(result, *entry++, notes);
  append(result, *entry++, census);
  std::memcpy(head.magic, snapshot::kMagic, sizeof head.magic);
  head.version = snapshot::kSnapshotVersion;
  head.header_size = sizeof head;
  head.file_size = result.size();
  std::memcpy(result.data(), &head, sizeof head);
  seal(result);
  return result;
}

SnapshotWriter ring_of_three() {
  SnapshotWriter writer;
  writer.header.pid = 4711;
  writer.header.exit_status = 0;
  writer.header.flags = snapshot::kFlagShim;
  writer.header.program = writer.string("/home/you/article");
  writer.header.live_objects = 3;
  writer.header.live_blocks = 3;
  writer.arguments = {writer.string("./article"), writer.string("--fast")};
  writer.modules.push_back({0x400000, 0x400000, 0x410000, writer.header.program, writer.string("00ff")});
  writer.vtables.push_back({0x408000, {0x401000}, writer.string("3Obj"), 0});
  const std::uint32_t stack = writer.stack({0x401234, 0x401300});
  for (std::uint32_t i = 0; i < 3; ++i) add_ring_object(writer, i, stack);
  writer.blocks.push_back({0x2000, 32, 0, kNone, kNone, 0});
  writer.pointers.push_back({0x1010, 0x2020});
  writer.counts.push_back({0x2008, 1, 0});
  writer.root_words.push_back({0x408100, 0x2000, snapshot::Place::static_data, {}});
  writer.calls.push_back({0x7ffc0000, 0x401234});
  writer.reasons.push_back({0x2000, writer.string("it is meant"), 0});
  writer.notes.push_back({snapshot::NoteKind::thread_not_paused, 0, 2});
  writer.census.push_back({3, 0, stack, 17, 0});
  return writer;
}

std::uint64_t section_offset(std::span<const std::byte> bytes, snapshot::Section section) {
  snapshot::SnapshotHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header.sections[static_cast<std::size_t>(section)].offset;
}

void seal(std::span<std::byte> bytes) {
  std::uint64_t sum = snapshot::kChecksumSeed;
  for (std::size_t at = sizeof(snapshot::SnapshotHeader); at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, &bytes[at], 8);
    sum = snapshot::checksum_step(sum, word);
  }
  snapshot::SnapshotHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.checksum = snapshot::checksum_header(sum, header);
  std::memcpy(bytes.data(), &header, sizeof header);
}

MemoryFile::MemoryFile(std::span<const std::byte> bytes) : fd_(::memfd_create("gordian-test", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
  if (fd_ < 0) throw std::runtime_error("memfd_create failed");
  replace(bytes);
}

MemoryFile::~MemoryFile() {
  ::close(fd_);
}

std::filesystem::path MemoryFile::path() const {
  return "/proc/self/fd/" + std::to_string(fd_);
}

void MemoryFile::replace(std::span<const std::byte> bytes) {
  if (::ftruncate(fd_, 0) != 0 ||
      ::pwrite(fd_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("cannot fill a memory file");
  }
}

void MemoryFile::seal() {
  if (::fcntl(fd_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_WRITE) != 0) throw std::runtime_error("cannot seal a memory file");
}

}  // namespace gordian::test
