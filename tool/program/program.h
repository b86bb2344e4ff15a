// program.h - the checked program's files: what its types are and what its addresses mean.
//
// Cheap to make: files are opened, and debug info is read, when something is asked that
// needs them. One thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "program/dwarf/debug_info.h"
#include "program/elf/notes.h"
#include "program/frames/frame_resolver.h"
#include "program/types/dwarf_types.h"
#include "program/types/family_rows.h"
#include "snapshot/snapshot.h"

namespace gordian {

class Program {
 public:
  // Both must outlive the object, and `snapshot` keep its place.
  Program(const Snapshot& snapshot, const Families& families)
      : families_(families), info_(snapshot, notes_), types_(snapshot, info_, families), frames_(info_) {}
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  TypeModel& types() { return types_; }
  FrameResolver& frames() { return frames_; }

  // Adds a note that says for lack of which debug info nobody knows what was made on that stack.
  void note_unknown_type(std::span<const std::uint64_t> stack) { info_.note_unknown_type(stack); }

  // Adds a note for each line of a families file that names what the program does not have. Visits all
  // classes of all modules, unless somebody has.
  std::vector<std::string> note_unfound_families() {
    return note_unfound_rows(info_, types_.layouts(), families_, notes_);
  }

  // What was asked for and could not be told, a sentence each. Complete only after the asking.
  const std::vector<std::string>& notes() const { return notes_.sentences(); }

 private:
  const Families& families_;
  Notes notes_;
  DebugInfo info_;
  DwarfTypes types_;
  DwarfFrames frames_;
};

}  // namespace gordian
