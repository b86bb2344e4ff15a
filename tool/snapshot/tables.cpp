// tables.cpp - load_tables(): does the header tell the truth about the file?
#include "snapshot/tables.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace gordian {
namespace {

using snapshot::kSectionCount;
using snapshot::Section;
using snapshot::SectionEntry;
using snapshot::SnapshotHeader;

using FileBytes = std::shared_ptr<std::byte[]>;

struct SectionLoader {
  const char* name;
  std::uint32_t row_size;
  void (*load)(const FileBytes& bytes, const SectionEntry& entry, Tables& tables);
};

// Sections begin at a multiple of 8, and the file at a page.
template <typename Row>
void load_rows(const FileBytes& bytes, const SectionEntry& entry, RowVector<Row>& rows) {
  static_assert(alignof(Row) <= 8);
  auto* const first = reinterpret_cast<Row*>(bytes.get() + entry.offset);
  rows = adopt_rows(first, entry.count, bytes);
}

template <auto Rows>
constexpr SectionLoader loader(const char* name) {
  using Row = typename std::remove_reference_t<decltype(std::declval<Tables>().*Rows)>::value_type;
  return {name, sizeof(Row), [](const FileBytes& bytes, const SectionEntry& entry, Tables& tables) {
            load_rows(bytes, entry, tables.*Rows);
          }};
}

// In the order of snapshot::Section.
constexpr std::array<SectionLoader, kSectionCount> kLoaders = {
    loader<&Tables::strings>("strings"), loader<&Tables::arguments>("arguments"),
    loader<&Tables::modules>("modules"), loader<&Tables::frames>("frames"),
    loader<&Tables::stacks>("stacks"),   loader<&Tables::vtables>("vtables"),
    loader<&Tables::blocks>("blocks"),   loader<&Tables::objects>("objects"),
    loader<&Tables::slots>("slots"),     loader<&Tables::pointers>("pointers"),
    loader<&Tables::counts>("counts"),   loader<&Tables::root_words>("root_words"),
    loader<&Tables::calls>("calls"),     loader<&Tables::reasons>("reasons"),
    loader<&Tables::notes>("notes"),
    loader<&Tables::census>("census"),
};

void check_beginning(const SnapshotFile& file, const SnapshotHeader& header) {
  const auto& magic = header.magic;
  if (std::all_of(std::begin(magic), std::end(magic), [](std::uint8_t byte) { return byte == 0; })) {
    throw file.fault(0, "the snapshot was cut short while being written", kCutShort);
  }
  if (std::memcmp(magic, snapshot::kMagic, sizeof magic) != 0) {
    throw file.fault(0, "is not a gordian snapshot", "name a file that the runtime wrote (snapshot=PATH)");
  }
  if (header.version != snapshot::kSnapshotVersion) {
    throw file.fault(offsetof(SnapshotHeader, version),
                     "has format version " + std::to_string(header.version) +
                         ", this gordian reads version " + std::to_string(snapshot::kSnapshotVersion),
                     "use the gordian that was installed with the runtime");
  }
  if (header.header_size != sizeof(SnapshotHeader)) {
    throw file.fault(offsetof(SnapshotHeader, header_size),
                     "header is " + std::to_string(header.header_size) + " bytes instead of " +
                         std::to_string(sizeof(SnapshotHeader)),
                     kDamaged);
  }
}

SnapshotHeader load_header(const SnapshotFile& file) {
  SnapshotHeader header{};
  if (file.size() < sizeof header) {
    throw file.fault(file.size(), file.size() == 0 ? "the snapshot is empty" : "ends inside the header",
                     kCutShort);
  }
  file.read(0, std::as_writable_bytes(std::span(&header, 1)));
  check_beginning(file, header);
  return header;
}

void check_section(const SnapshotFile& file, const SectionLoader& section, const SectionEntry& entry) {
  if (entry.count == 0) return;
  const std::string name = section.name;
  if (entry.row_size != section.row_size) {
    throw file.fault(entry.offset,
                     name + " table has rows of " + std::to_string(entry.row_size) + " bytes instead of " +
                         std::to_string(section.row_size),
                     kDamaged);
  }
  if (entry.offset % 8 != 0 || entry.offset < sizeof(SnapshotHeader)) {
    throw file.fault(entry.offset, name + " table begins at a place where none can be", kDamaged);
  }
  if (entry.count >= snapshot::kNone) {
    throw file.fault(entry.offset,
                     name + " table has " + std::to_string(entry.count) + " rows, too many to count",
                     kDamaged);
  }
  const std::uint64_t room = entry.offset < file.size() ? (file.size() - entry.offset) / entry.row_size : 0;
  if (entry.count > room) {
    throw file.fault(
        entry.offset,
        name + " table ends early (" + std::to_string(room) + " of " + std::to_string(entry.count) + " rows)",
        kCutShort);
  }
}

void check_size(const SnapshotFile& file, const SnapshotHeader& header) {
  if (header.file_size > file.size()) {
    throw file.fault(file.size(),
                     "the file ends early (" + std::to_string(file.size()) + " of " +
                         std::to_string(header.file_size) + " bytes)",
                     kCutShort);
  }
  if (header.file_size < file.size()) {
    throw file.fault(header.file_size,
                     "the file is longer than its header says (" + std::to_string(file.size()) +
                         " bytes instead of " + std::to_string(header.file_size) + ")",
                     kDamaged);
  }
  if (file.size() % 8 != 0)
    throw file.fault(file.size(), "the file does not end with a whole word", kDamaged);
}

// Needs sections that check_section() accepted: nothing overflows here.
void check_overlap(const SnapshotFile& file, const SnapshotHeader& header) {
  struct Extent {
    std::uint64_t begin, end;
    const char* name;
  };
  std::vector<Extent> extents;
  for (std::uint32_t i = 0; i < kSectionCount; ++i) {
    const auto& entry = header.sections[i];
    if (entry.count == 0) continue;
    extents.push_back({entry.offset, entry.offset + entry.count * entry.row_size, kLoaders[i].name});
  }
  std::sort(extents.begin(), extents.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < extents.size(); ++i) {
    if (extents[i].begin >= extents[i - 1].end) continue;
    throw file.fault(extents[i].begin,
                     std::string(extents[i].name) + " table lies on the " + extents[i - 1].name + " table",
                     kDamaged);
  }
}

void check_sum(const SnapshotFile& file, const FileBytes& bytes, const SnapshotHeader& header) {
  std::uint64_t sum = snapshot::kChecksumSeed;
  for (std::uint64_t at = sizeof header; at < file.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.get() + at, sizeof word);
    sum = snapshot::checksum_step(sum, word);
  }
  if (snapshot::checksum_header(sum, header) != header.checksum) {
    throw file.fault(offsetof(SnapshotHeader, checksum), "the checksum does not match the contents",
                     kDamaged);
  }
}

}  // namespace

const char* section_name(Section section) {
  return kLoaders[static_cast<std::size_t>(section)].name;
}

Tables load_tables(const SnapshotFile& file) {
  Tables tables;
  tables.header = load_header(file);
  const auto& header = tables.header;
  for (std::uint32_t i = 0; i < kSectionCount; ++i) check_section(file, kLoaders[i], header.sections[i]);
  check_size(file, header);
  check_overlap(file, header);
  const FileBytes bytes = file.load();
  check_sum(file, bytes, header);
  for (std::uint32_t i = 0; i < kSectionCount; ++i) {
    if (header.sections[i].count != 0) kLoaders[i].load(bytes, header.sections[i], tables);
  }
  return tables;
}

}  // namespace gordian
