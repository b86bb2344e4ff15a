// notes.cpp - a sentence per kind of note.
#include "report/notes.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

using snapshot::NoteKind;

std::string sentence(NoteKind kind, std::uint64_t count) {
  switch (kind) {
    case NoteKind::thread_not_paused:
      return counted(count, "thread") + " could not be paused; all that " + (count == 1 ? "it" : "they") +
             " could hold counts as owned";
    case NoteKind::table_full:
      return std::to_string(count) +
             " blocks or handles were not tracked, because memory for tracking ran out";
    case NoteKind::stacks_full:
      return counted(count, "stack") + (count == 1 ? " was" : " were") +
             " not recorded, because memory for stacks ran out";
    case NoteKind::foreign_objects:
      return counted(count, "announced object") + (count == 1 ? " is" : " are") + " in no heap block: " +
             (count == 1 ? "it lies elsewhere and counts" : "they lie elsewhere and count") +
             " as owned, or died in code compiled without the shim";
    case NoteKind::libraries_forgotten:
      return (count == 1 ? "1 library was" : std::to_string(count) + " libraries were") +
             " unloaded, and gordian could not note what was left of " + (count == 1 ? "it" : "them") +
             ": cycles of such objects are not found";
  }
  return "";
}

void add_new(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const auto& note : more) {
    if (std::find(all.begin(), all.end(), note) == all.end()) all.push_back(note);
  }
}

}  // namespace

std::vector<std::string> snapshot_notes(const Snapshot& snapshot) {
  std::vector<std::string> notes;
  for (const auto& note : snapshot.notes) notes.push_back(sentence(note.kind, note.count));
  return notes;
}

std::vector<std::string> all_notes(const Snapshot& snapshot, const Findings& findings,
                                   const std::vector<std::string>& code_notes) {
  std::vector<std::string> all;
  add_new(all, snapshot_notes(snapshot));
  add_new(all, findings.notes);
  add_new(all, code_notes);
  return all;
}

}  // namespace gordian
