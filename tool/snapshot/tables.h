// tables.h - the sections of a snapshot file as rows in memory, before they are believed.
//
// Two steps, both driven by one table with a row per section: load_tables() makes
// sure that the header tells the truth about the file, and finds the rows in it;
// check_tables() makes sure that the rows tell the truth about each other.
#pragma once

#include <cstdint>

#include "runtime/snapshot_format.h"
#include "snapshot/row_vector.h"
#include "snapshot/snapshot_file.h"

namespace gordian {

struct Tables {
  snapshot::SnapshotHeader header{};
  RowVector<char> strings;
  RowVector<std::uint32_t> arguments;
  RowVector<snapshot::ModuleRow> modules;
  RowVector<std::uint64_t> frames;
  RowVector<snapshot::StackRow> stacks;
  RowVector<snapshot::VtableRow> vtables;
  RowVector<snapshot::BlockRow> blocks;
  RowVector<snapshot::ObjectRow> objects;
  RowVector<snapshot::SlotRow> slots;
  RowVector<snapshot::PointerRow> pointers;
  RowVector<snapshot::CountRow> counts;
  RowVector<snapshot::RootWordRow> root_words;
  RowVector<snapshot::CallRow> calls;
  RowVector<snapshot::ReasonRow> reasons;
  RowVector<snapshot::NoteRow> notes;
  RowVector<snapshot::CensusRow> census;
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
