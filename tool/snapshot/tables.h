// tables.h - the sections of a snapshot file as rows in memory, before they are believed.
//
// Two steps, both driven by one table with a row per section: load_tables() makes
// sure that the header tells the truth about the file, and copies the rows;
// check_tables() makes sure that the rows tell the truth about each other.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/snapshot_format.h"
#include "snapshot/snapshot_file.h"

namespace gordian {

struct Tables {
  snapshot::SnapshotHeader header{};
  std::vector<char> strings;
  std::vector<std::uint32_t> arguments;
  std::vector<snapshot::ModuleRow> modules;
  std::vector<std::uint64_t> frames;
  std::vector<snapshot::StackRow> stacks;
  std::vector<snapshot::VtableRow> vtables;
  std::vector<snapshot::BlockRow> blocks;
  std::vector<snapshot::ObjectRow> objects;
  std::vector<snapshot::SlotRow> slots;
  std::vector<snapshot::PointerRow> pointers;
  std::vector<snapshot::CountRow> counts;
  std::vector<snapshot::NoteRow> notes;
};

// "objects": the section's name in messages.
const char* section_name(snapshot::Section section);

// Reads header and rows. Throws Error unless the file is a whole snapshot of this
// version whose checksum is right and whose sections lie apart inside it.
Tables load_tables(const SnapshotFile& file);

// Throws Error that names the section and the row unless every index, string offset,
// range, order and enum value in `tables` is what snapshot_format.h says.
void check_tables(const SnapshotFile& file, const Tables& tables);

}  // namespace gordian
