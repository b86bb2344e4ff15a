// notes.cpp - a sentence per kind of note.
#include "report/notes.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

using snapshot::NoteKind;

// Of objects whose control block nobody can believe: what is wrong with it.
std::string overwritten(std::uint64_t count, const std::string& wrong) {
  const bool one = count == 1;
  return counted(count, "object") + (one ? " has " : " have ") + wrong + ": something wrote over it; " +
         (one ? "the object counts" : "the objects count") + " as owned";
}

std::string impossible(const snapshot::NoteRow& note, const std::string& name) {
  return overwritten(note.count, "an impossible " + name + " (" + (note.count == 1 ? "" : "one of them ") +
                                     std::to_string(note.example) + ")");
}

std::string sentence(const snapshot::NoteRow& note) {
  const std::uint64_t count = note.count;
  switch (note.kind) {
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
    case NoteKind::unreadable_blocks:
      return counted(count, "block") + (count == 1 ? " has" : " have") + " memory that cannot be read; " +
             (count == 1 ? "it counts" : "they count") + " as owned, with all that only " +
             (count == 1 ? "it" : "they") + " could hold";
    case NoteKind::unreadable_roots:
      return counted(count, "page") + " of static data or stacks cannot be read; all that only " +
             (count == 1 ? "it" : "they") + " could hold counts as owned";
    case NoteKind::impossible_use_counts:
      return impossible(note, "use_count");
    case NoteKind::impossible_weak_counts:
      return impossible(note, "weak_count");
    case NoteKind::overwritten_controls:
      return overwritten(count, "a control block that begins with no virtual table's address");
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
  for (const auto& note : snapshot.notes) notes.push_back(sentence(note));
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
