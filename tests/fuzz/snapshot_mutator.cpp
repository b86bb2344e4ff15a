// snapshot_mutator.cpp - how snapshots are changed by the targets that read them.
//
// Plain mutations stop at the checksum. These change rows and the table of sections, and then put the sizes
// and the checksum right, so that nearly every one of them gets past the header: what is asked for is that no
// offset, index or count behind it is believed.
#include <algorithm>
#include <cstring>
#include <random>

#include "fuzz.h"
#include "unit/snapshot/snapshot_writer.h"

using namespace gordian;

namespace {

using snapshot::SectionEntry;
using snapshot::SnapshotHeader;
using Bytes = std::span<std::byte>;

SnapshotHeader header_of(Bytes bytes) {
  SnapshotHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

// The bytes of a section that lie in the file; none where it lies elsewhere.
Bytes rows_of(Bytes bytes, const SectionEntry& entry) {
  if (entry.offset >= bytes.size() || entry.row_size == 0) return {};
  const std::uint64_t room = (bytes.size() - entry.offset) / entry.row_size;
  return bytes.subspan(entry.offset, std::min(entry.count, room) * entry.row_size);
}

// Numbers that rows are likely to be wrong with, beside any.
std::uint32_t a_number(std::mt19937& random) {
  constexpr std::uint32_t kEdges[] = {0, 1, 2, 7, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
  return random() % 4 == 0 ? kEdges[random() % std::size(kEdges)] : static_cast<std::uint32_t>(random() % 16);
}

void change_row(Bytes bytes, std::mt19937& random) {
  const SnapshotHeader header = header_of(bytes);
  const SectionEntry& entry = header.sections[random() % snapshot::kSectionCount];
  const Bytes rows = rows_of(bytes, entry);
  if (rows.size() < 4) return;
  const std::size_t at = random() % (rows.size() / 4) * 4;
  std::uint32_t word;
  std::memcpy(&word, &rows[at], sizeof word);
  word = random() % 2 == 0 ? a_number(random) : word + a_number(random);
  std::memcpy(&rows[at], &word, sizeof word);
}

// A word of one row becomes one of another's: an address that occurs elsewhere, a second row of the same
// name.
void copy_word(Bytes bytes, std::mt19937& random) {
  const std::size_t words = (bytes.size() - sizeof(SnapshotHeader)) / 8;
  if (words == 0) return;
  const auto place = [&] { return sizeof(SnapshotHeader) + random() % words * 8; };
  std::memcpy(&bytes[place()], &bytes[place()], 8);
}

void change_header(Bytes bytes, std::mt19937& random) {
  SnapshotHeader header = header_of(bytes);
  SectionEntry& entry = header.sections[random() % snapshot::kSectionCount];
  switch (random() % 6) {
    case 0:
      entry.count = entry.count + a_number(random) - 2;
      break;
    case 1:
      entry.offset += 8 * (random() % 5) - 16;
      break;
    case 2:
      entry.count = a_number(random);
      break;
    case 3:
      header.flags = static_cast<std::uint32_t>(random() % 4);
      break;
    case 4:
      header.pid = a_number(random);
      break;
    default:
      header.asked = random() % 2 == 0 ? 0x1000 : a_number(random);
      break;
  }
  std::memcpy(bytes.data(), &header, sizeof header);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  std::mt19937 random(seed);
  if (size < sizeof(SnapshotHeader) || random() % 20 == 0) return LLVMFuzzerMutate(data, size, most);
  const std::size_t head = sizeof(SnapshotHeader);
  if (random() % 8 == 0) size = head + LLVMFuzzerMutate(data + head, size - head, most - head);
  size -= size % 8;
  const Bytes bytes(reinterpret_cast<std::byte*>(data), size);
  for (std::size_t changes = 1 + random() % 4; changes > 0; --changes) {
    const auto kind = random() % 8;
    if (kind == 0) {
      change_header(bytes, random);
    } else if (kind < 3) {
      copy_word(bytes, random);
    } else {
      change_row(bytes, random);
    }
  }
  SnapshotHeader header = header_of(bytes);
  header.file_size = size;
  std::memcpy(data, &header, sizeof header);
  test::seal(bytes);
  return size;
}
