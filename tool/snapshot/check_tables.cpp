// check_tables.cpp - do the rows tell the truth about each other?
//
// One checker per section. Later ones rely on what earlier ones found: a slot's
// address is looked up in blocks that are known to be in order. Time is linear, but
// for one binary search per pointer.
#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "snapshot/tables.h"

namespace gordian {
namespace {

using snapshot::kNone;
using snapshot::Section;

// Where a checker stands, so that a refusal can say so.
class Rows {
 public:
  Rows(const SnapshotFile& file, const Tables& tables, Section section)
      : file_(file), tables_(tables), section_(section) {}

  const Tables& tables() const { return tables_; }

  void require(bool holds, std::uint64_t row, const char* what) const {
    if (!holds) refuse(row, what);
  }

  void require_index(std::uint32_t index, std::size_t count, std::uint64_t row, const char* what) const {
    if (index >= count) refuse(row, out_of(what, index, count));
  }

  void require_index_or_none(std::uint32_t index, std::size_t count, std::uint64_t row,
                             const char* what) const {
    if (index != kNone) require_index(index, count, row, what);
  }

  // Stack 0 is the empty one, and exists even in a snapshot that lists none.
  void require_stack(std::uint32_t stack, std::uint64_t row) const {
    if (stack != 0) require_index(stack, tables_.stacks.size(), row, "stack");
  }

  // Offset 0 is the empty string, likewise.
  void require_string(std::uint32_t offset, std::uint64_t row, const char* what) const {
    if (offset != 0) require_index(offset, tables_.strings.size(), row, what);
  }

 private:
  [[noreturn]] void refuse(std::uint64_t row, const std::string& what) const {
    const auto& entry = tables_.header.sections[static_cast<std::size_t>(section_)];
    throw file_.fault(entry.offset + row * entry.row_size,
                      std::string(section_name(section_)) + " row " + std::to_string(row) + ": " + what,
                      kDamaged);
  }

  static std::string out_of(const char* what, std::uint32_t index, std::size_t count) {
    return std::string(what) + " " + std::to_string(index) + " does not exist (there are " +
           std::to_string(count) + ")";
  }

  const SnapshotFile& file_;
  const Tables& tables_;
  Section section_;
};

void check_strings(const Rows& rows) {
  const auto& strings = rows.tables().strings;
  if (strings.empty()) return;
  rows.require(strings.front() == '\0', 0, "the first string is not the empty one");
  rows.require(strings.back() == '\0', strings.size() - 1, "the last string has no end");
}

void check_arguments(const Rows& rows) {
  const auto& arguments = rows.tables().arguments;
  for (std::size_t i = 0; i < arguments.size(); ++i) rows.require_string(arguments[i], i, "string");
}

// A build id becomes part of a path when separate debug info is looked for, so it
// must not be able to say "../..".
bool is_lower_hex(const char* text) {
  for (; *text != '\0'; ++text) {
    if (!((*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'f'))) return false;
  }
  return true;
}

// What a report shows with each frame is bounded by these: libgordian keeps 256 frames, and no path is longer.
constexpr std::uint32_t kMostFrames = 256;
constexpr std::size_t kLongestPath = 4096;

void check_modules(const Rows& rows) {
  const auto& modules = rows.tables().modules;
  std::uint64_t previous = 0;
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const auto& module = modules[i];
    rows.require(module.low < module.high, i, "it is mapped nowhere");
    rows.require(module.low >= previous, i, "modules are not in the order of their addresses");
    rows.require_string(module.path, i, "string");
    rows.require(::strnlen(&rows.tables().strings[module.path], kLongestPath) < kLongestPath, i,
                 "its path is longer than any");
    rows.require_string(module.build_id, i, "string");
    rows.require(module.build_id == 0 || is_lower_hex(&rows.tables().strings[module.build_id]), i,
                 "its build id is not a hexadecimal number");
    previous = module.low;
  }
}

void check_stacks(const Rows& rows) {
  const auto& stacks = rows.tables().stacks;
  const std::uint64_t frames = rows.tables().frames.size();
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    rows.require(i != 0 || stacks[0].count == 0, i, "the first stack is not the empty one");
    rows.require(stacks[i].count <= kMostFrames, i, "it has more frames than are recorded");
    rows.require(std::uint64_t{stacks[i].first} + stacks[i].count <= frames, i,
                 "its frames run past the end of the frames table");
  }
}

void check_vtables(const Rows& rows) {
  const auto& vtables = rows.tables().vtables;
  for (std::size_t i = 0; i < vtables.size(); ++i) rows.require_string(vtables[i].name, i, "string");
}

bool is_home_of(const snapshot::ObjectRow& object, std::size_t block) {
  return object.control_block == block || object.managed_block == block;
}

// Whether `address` lies in `block`. Its end counts: an object may have no bytes.
bool touches(const snapshot::BlockRow& block, std::uint64_t address) {
  return address >= block.address && address - block.address <= block.size;
}

void check_blocks(const Rows& rows) {
  const auto& tables = rows.tables();
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < tables.blocks.size(); ++i) {
    const auto& block = tables.blocks[i];
    rows.require(block.address >= end && (i == 0 || block.address > tables.blocks[i - 1].address), i,
                 "it lies on the block before it, or blocks are not in the order of their addresses");
    rows.require(block.size <= UINT64_MAX - block.address, i, "it ends past the last address there is");
    rows.require_stack(block.stack, i);
    rows.require_index_or_none(block.vtable, tables.vtables.size(), i, "vtable");
    rows.require_index_or_none(block.object, tables.objects.size(), i, "object");
    rows.require(block.object == kNone || is_home_of(tables.objects[block.object], i), i,
                 "it says to be an object's block, but the object is elsewhere");
    constexpr std::uint32_t kFlags =
        snapshot::kRootedArena | snapshot::kIgnoredBlock | snapshot::kOwnedBlock;
    rows.require((block.flags & ~kFlags) == 0, i, "it has flags that are not known");
    const bool arena = (block.flags & snapshot::kRootedArena) != 0;
    rows.require(!arena || block.object == kNone, i, "it is an arena, and one object's alone");
    end = block.address + block.size;
  }
}

void check_objects(const Rows& rows) {
  constexpr std::uint8_t kFlags = snapshot::kObjectSeen | snapshot::kObjectAnnounced |
                                  snapshot::kObjectInPlace | snapshot::kObjectAdopted |
                                  snapshot::kObjectOwned;
  const auto& tables = rows.tables();
  std::uint64_t slots_so_far = 0;
  for (std::size_t i = 0; i < tables.objects.size(); ++i) {
    const auto& object = tables.objects[i];
    rows.require(i == 0 || object.control > tables.objects[i - 1].control, i,
                 "objects are not in the order of their addresses");
    rows.require_index(object.control_block, tables.blocks.size(), i, "block");
    const auto& home = tables.blocks[object.control_block];
    rows.require(object.control >= home.address && object.control - home.address < home.size, i,
                 "its control block lies outside its block");
    rows.require_index_or_none(object.managed_block, tables.blocks.size(), i, "block");
    rows.require(
        object.managed_block == kNone || touches(tables.blocks[object.managed_block], object.managed), i,
        "its managed object lies outside its block");
    rows.require_index_or_none(object.vtable, tables.vtables.size(), i, "vtable");
    rows.require_stack(object.stack, i);
    rows.require(object.slot_count == 0 || object.first_slot == slots_so_far, i,
                 "its slots do not follow those of the object before it");
    slots_so_far += object.slot_count;
    rows.require(slots_so_far <= tables.slots.size(), i, "its slots run past the end of the slots table");
    rows.require(object.first_slot <= tables.slots.size(), i,
                 "its slots begin past the end of the slots table");
    rows.require(object.family >= snapshot::Family::std_shared && object.family <= snapshot::Family::custom,
                 i, "its family is not known");
    rows.require((object.flags & ~kFlags) == 0, i, "it has flags that are not known");
  }
}

void check_slots(const Rows& rows) {
  const auto& tables = rows.tables();
  for (std::size_t i = 0; i < tables.slots.size(); ++i) {
    const auto& slot = tables.slots[i];
    rows.require_index(slot.object, tables.objects.size(), i, "object");
    const auto& object = tables.objects[slot.object];
    rows.require(i >= object.first_slot && i - object.first_slot < object.slot_count, i,
                 "it is not among the slots of its object");
    rows.require(slot.place <= snapshot::Place::mapping, i, "its place is not known");
    rows.require(slot.log <= snapshot::SlotLog::dropped, i, "its log is not known");
    rows.require_stack(slot.stack, i);
    const bool in_block = slot.place == snapshot::Place::block;
    rows.require(in_block == (slot.block != kNone), i, "its place and its block contradict each other");
    if (!in_block) continue;
    rows.require_index(slot.block, tables.blocks.size(), i, "block");
    const auto& home = tables.blocks[slot.block];
    rows.require(
        home.size >= 8 && slot.address >= home.address && slot.address - home.address <= home.size - 8, i,
        "it lies outside its block");
  }
}

// Whether a recorded block holds `address`, or ends there: a pointer one past the last byte is one into it.
bool points_into_a_block(const RowVector<snapshot::BlockRow>& blocks, std::uint64_t address) {
  const auto after = std::upper_bound(blocks.begin(), blocks.end(), address,
                                      [](std::uint64_t a, const auto& block) { return a < block.address; });
  if (after == blocks.begin()) return false;
  return touches(*std::prev(after), address);
}

bool points_into_a_module(const RowVector<snapshot::ModuleRow>& modules, std::uint64_t address) {
  return std::any_of(modules.begin(), modules.end(),
                     [&](const auto& module) { return module.low <= address && address < module.high; });
}

void check_pointers(const Rows& rows) {
  const auto& blocks = rows.tables().blocks;
  const auto& pointers = rows.tables().pointers;
  std::size_t home = 0;  // both tables are in order: one walk along both finds each pointer's block
  for (std::size_t i = 0; i < pointers.size(); ++i) {
    const auto& pointer = pointers[i];
    rows.require(i == 0 || pointer.address > pointers[i - 1].address, i,
                 "pointers are not in the order of their addresses");
    while (home < blocks.size() && blocks[home].address + blocks[home].size <= pointer.address) ++home;
    rows.require(home < blocks.size() && blocks[home].address <= pointer.address, i, "it lies in no block");
    rows.require(blocks[home].address + blocks[home].size - pointer.address >= 8, i,
                 "it lies across the end of its block");
    rows.require(points_into_a_block(blocks, pointer.value) ||
                     points_into_a_module(rows.tables().modules, pointer.value),
                 i, "it points into no block and no module");
  }
}

void check_counts(const Rows& rows) {
  const auto& blocks = rows.tables().blocks;
  const auto& counts = rows.tables().counts;
  std::size_t home = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& count = counts[i];
    rows.require(i == 0 || count.address > counts[i - 1].address, i,
                 "counts are not in the order of their addresses");
    while (home < blocks.size() && blocks[home].address + blocks[home].size <= count.address) ++home;
    rows.require(home < blocks.size() && blocks[home].address <= count.address, i, "it lies in no block");
    rows.require(blocks[home].object == kNone, i, "it lies in an object's block");
    rows.require(blocks[home].address + blocks[home].size - count.address >= 4, i,
                 "it lies across the end of its block");
    rows.require(count.value != 0, i, "it counts nothing");
  }
}

void check_root_words(const Rows& rows) {
  const auto& words = rows.tables().root_words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    rows.require(words[i].place > snapshot::Place::owned_block && words[i].place <= snapshot::Place::mapping, i,
                 "its place is no root");
    rows.require((words[i].address == 0) == (words[i].place == snapshot::Place::registers), i,
                 "its place and its address contradict each other");
    rows.require(points_into_a_block(rows.tables().blocks, words[i].value), i, "it points into no block");
  }
}

void check_reasons(const Rows& rows) {
  const auto& reasons = rows.tables().reasons;
  for (std::size_t i = 0; i < reasons.size(); ++i) rows.require_string(reasons[i].reason, i, "string");
}

void check_notes(const Rows& rows) {
  const auto& notes = rows.tables().notes;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    rows.require(notes[i].kind >= snapshot::NoteKind::thread_not_paused &&
                     notes[i].kind <= snapshot::NoteKind::overwritten_controls,
                 i, "its kind is not known");
  }
}

void check_census(const Rows& rows) {
  const auto& census = rows.tables().census;
  for (std::size_t i = 0; i < census.size(); ++i) {
    rows.require(census[i].objects != 0, i, "it counts nothing");
    rows.require_index_or_none(census[i].vtable, rows.tables().vtables.size(), i, "vtable");
    rows.require_stack(census[i].stack, i);
  }
}

struct SectionChecker {
  Section section;
  void (*check)(const Rows& rows);
};

constexpr std::array kCheckers = {
    SectionChecker{Section::strings, check_strings},   SectionChecker{Section::arguments, check_arguments},
    SectionChecker{Section::modules, check_modules},   SectionChecker{Section::stacks, check_stacks},
    SectionChecker{Section::vtables, check_vtables},   SectionChecker{Section::blocks, check_blocks},
    SectionChecker{Section::objects, check_objects},   SectionChecker{Section::slots, check_slots},
    SectionChecker{Section::pointers, check_pointers}, SectionChecker{Section::counts, check_counts},
    SectionChecker{Section::root_words, check_root_words},
    SectionChecker{Section::reasons, check_reasons},
    SectionChecker{Section::notes, check_notes},       SectionChecker{Section::census, check_census},
};
static_assert(kCheckers.size() == snapshot::kSectionCount - 2, "frames and calls are numbers that may be anything");

void check_header(const SnapshotFile& file, const Tables& tables) {
  const auto& header = tables.header;
  if (header.exit_status < snapshot::kNoExitStatus || header.exit_status > 255) {
    throw file.fault(offsetof(snapshot::SnapshotHeader, exit_status),
                     "exit status " + std::to_string(header.exit_status) + " is not possible", kDamaged);
  }
  if ((header.flags & ~std::uint32_t{snapshot::kFlagShim | snapshot::kFlagWholeHeap}) != 0) {
    throw file.fault(offsetof(snapshot::SnapshotHeader, flags), "there are flags that are not known",
                     kDamaged);
  }
  if (header.leak_suppressions != 0 && header.leak_suppressions >= tables.strings.size()) {
    throw file.fault(offsetof(snapshot::SnapshotHeader, leak_suppressions),
                     "the text of suppressions does not exist", kDamaged);
  }
  if (header.program != 0 && header.program >= tables.strings.size()) {
    throw file.fault(offsetof(snapshot::SnapshotHeader, program), "the program's path does not exist",
                     kDamaged);
  }
}

}  // namespace

void check_tables(const SnapshotFile& file, const Tables& tables) {
  check_header(file, tables);
  for (const auto& checker : kCheckers) checker.check(Rows(file, tables, checker.section));
}

}  // namespace gordian
