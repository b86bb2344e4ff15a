// snapshot_writer.h - builds the bytes of a snapshot in a test, right or wrong on purpose.
//
// Fill the rows, change one, and read the result: the writer believes everything it
// is told, so that a test can lie in exactly one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/snapshot_format.h"

namespace gordian::test {

struct SnapshotWriter {
  snapshot::SnapshotHeader header{};  // magic, version, sizes, sections and checksum are filled in by bytes()
  std::vector<char> strings = {'\0'};
  std::vector<std::uint32_t> arguments;
  std::vector<snapshot::ModuleRow> modules;
  std::vector<std::uint64_t> frames;
  std::vector<snapshot::StackRow> stacks = {{0, 0}};
  std::vector<snapshot::VtableRow> vtables;
  std::vector<snapshot::BlockRow> blocks;
  std::vector<snapshot::ObjectRow> objects;
  std::vector<snapshot::SlotRow> slots;
  std::vector<snapshot::PointerRow> pointers;
  std::vector<snapshot::CountRow> counts;
  std::vector<snapshot::RootWordRow> root_words;
  std::vector<snapshot::CallRow> calls;
  std::vector<snapshot::ReasonRow> reasons;
  std::vector<snapshot::NoteRow> notes;
  std::vector<snapshot::CensusRow> census;

  // Adds a string or a stack; returns what rows call it by.
  std::uint32_t string(std::string_view text);
  std::uint32_t stack(std::initializer_list<std::uint64_t> return_addresses);

  std::vector<std::byte> bytes() const;
};

// Three objects made by make_shared, each in a block of 64 bytes, in a ring
// 1 -> 2 -> 3 -> 1, with a row in every section.
SnapshotWriter ring_of_three();

// Where the header of `bytes` says that `section` begins.
std::uint64_t section_offset(std::span<const std::byte> bytes, snapshot::Section section);

// Writes the right checksum into `bytes`, which must hold at least a header.
void seal(std::span<std::byte> bytes);

// A file without a name in any directory, as the runtime makes it: path() is /proc/self/fd/N.
class MemoryFile {
 public:
  explicit MemoryFile(std::span<const std::byte> bytes);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::filesystem::path path() const;
  void replace(std::span<const std::byte> bytes);
  // From now on nobody can change it.
  void seal();

 private:
  int fd_;
};

}  // namespace gordian::test
