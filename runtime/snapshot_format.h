// snapshot_format.h - the snapshot: the one contract between the runtime and the tool.
//
// The runtime writes a snapshot when a check finds objects that are not surely
// owned; the tool reads it in another process. It holds addresses, sizes, counts
// and names, never contents of the program's memory. One of the whole heap has what is
// owned as well, and so can say who owns it.
//
// File: one SnapshotHeader, then the sections it lists, each an array of equal
// rows at an 8-byte aligned offset. All numbers are little-endian. The header is
// written last: a file whose magic is zero was cut short while being written.
// Any change of a row's meaning or size raises kSnapshotVersion.
//
// Indexes into a section are 0-based 32-bit numbers; kNone says "no such row".
// Addresses are those of the checked process.
//
// Context: included by runtime/ and tool/; <cstdint> only.
#pragma once

#include <cstdint>

namespace gordian::snapshot {

inline constexpr std::uint8_t kMagic[8] = {'g', 'o', 'r', 'd', 's', 'n', 'a', 'p'};
inline constexpr std::uint32_t kSnapshotVersion = 6;
inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::int32_t kNoExitStatus = -1;  // the program has not ended (gordian_check)

enum class Section : std::uint32_t {
  strings,    // bytes: NUL-terminated UTF-8 or raw names; offset 0 is the empty string
  arguments,  // u32: offset in strings, argv[0] first
  modules,    // ModuleRow, by low address
  frames,     // u64: return addresses, innermost frame first within a stack
  stacks,     // StackRow; row 0 is the empty stack
  vtables,    // VtableRow
  blocks,     // BlockRow, by address
  objects,    // ObjectRow, by control address
  slots,      // SlotRow, by object
  pointers,   // PointerRow, by address
  counts,     // CountRow, by address
  root_words, // RootWordRow, of the whole heap only
  calls,      // CallRow, innermost first; of the whole heap only
  reasons,    // ReasonRow, in the order in which they were given
  notes,      // NoteRow
  census,     // CensusRow; none unless it was asked for
  count,
};
inline constexpr std::uint32_t kSectionCount = static_cast<std::uint32_t>(Section::count);

struct SectionEntry {
  std::uint64_t offset;    // from the start of the file, in bytes
  std::uint64_t count;     // rows
  std::uint32_t row_size;  // bytes of one row, as the writer had it
  std::uint32_t reserved;
};

struct SnapshotHeader {
  std::uint8_t magic[8];
  std::uint32_t version;
  std::uint32_t header_size;  // sizeof(SnapshotHeader)
  std::uint64_t file_size;    // bytes, header included
  std::uint64_t checksum;     // over every byte after the header, then the header with 0 here
  std::uint32_t pid;
  std::int32_t exit_status;  // the program's own (0..255), or kNoExitStatus
  std::uint32_t flags;       // HeaderFlag
  std::uint32_t program;     // path of the executable, offset in strings
  std::uint32_t leak_suppressions;  // what __lsan_default_suppressions() returns, offset in strings; 0 without it
  std::uint32_t check;          // which check of the process: 1 for the first; 0 for one of a scope's
  std::uint64_t live_blocks;    // heap blocks alive at the check, recorded here or not
  std::uint64_t live_objects;   // reference-counted objects alive
  std::uint64_t owned_objects;  // of these: surely owned, therefore recorded in one of the whole heap only
  std::uint64_t asked;          // address that the program asks about (gordian_why_alive); 0: none
  SectionEntry sections[kSectionCount];
};

enum HeaderFlag : std::uint32_t {
  kFlagShim = 1u << 0,       // at least one object file was compiled with the shim
  kFlagWholeHeap = 1u << 1,  // what is surely owned is recorded, too
};

// One that was unloaded has a row too, as long as live blocks or their stacks know it: where it
// was, or, when somebody else may be there by now, at addresses from kMovedModules on. Frames
// in it are then moved by as much, bias included.
inline constexpr std::uint64_t kMovedModules = std::uint64_t{1} << 62;

struct ModuleRow {
  std::uint64_t bias;     // load address minus link address
  std::uint64_t low;      // first mapped byte
  std::uint64_t high;     // one past the last mapped byte
  std::uint32_t path;     // offset in strings
  std::uint32_t build_id; // lower-case hex digits, offset in strings; 0 where there is none
};

struct StackRow {
  std::uint32_t first;  // index of the innermost frame in frames
  std::uint32_t count;
};

inline constexpr std::uint32_t kVtableFunctions = 6;

// A virtual table that some recorded block's first word, an object's control block or
// a recorded pointer points to. Without a name also any other table of functions that a
// recorded pointer leads to.
struct VtableRow {
  std::uint64_t address;  // what the vptr holds
  std::uint64_t functions[kVtableFunctions];  // first virtual functions; 0 where the word is no code address
  std::uint32_t name;     // mangled type name of its type_info, offset in strings; 0 without RTTI
  std::uint32_t reserved;
};

// A live heap block: a control block, a managed object, or a plain block.
struct BlockRow {
  std::uint64_t address;
  std::uint64_t size;     // requested bytes
  std::uint32_t stack;    // where it was allocated; 0 when not recorded
  std::uint32_t vtable;   // index in vtables when the first word is a vptr, else kNone
  std::uint32_t object;   // the one object whose control block or managed object this block is, else kNone (plain)
  std::uint32_t flags;    // BlockFlag
};

enum BlockFlag : std::uint32_t {
  // An arena that is surely owned, though not all objects in it are: the words of these belong
  // to them, all other words of the block are owned.
  kRootedArena = 1u << 0,
  // gordian_ignore() was called on it, or on a plain block that leads to it over plain blocks: what
  // it holds is meant to stay.
  kIgnoredBlock = 1u << 1,
  // Surely owned; in a snapshot of the whole heap only.
  kOwnedBlock = 1u << 2,
};

// Whose control block it is, and so where its counts lie.
enum class Family : std::uint8_t {
  std_shared = 1,  // libstdc++
  libcxx_shared,   // libc++
  boost_shared,
  custom,     // announced through the C API: the object counts its own handles
  intrusive,  // likewise, but recognised by the tool (from pointers and counts); never in a file
};

enum ObjectFlag : std::uint8_t {
  // A word in owned memory (root or owned block) points into the object, though
  // not to its control block: somebody can still see it.
  kObjectSeen = 1u << 0,
  // The control block was announced by the shim: counts and layout are certain.
  kObjectAnnounced = 1u << 1,
  // The managed object lives inside the control block (make_shared).
  kObjectInPlace = 1u << 2,
  // Its deleter may do nothing: the managed object may be somebody else's, and whoever
  // points at it may own it. (Not the pointer in a handle of its own.)
  kObjectAdopted = 1u << 3,
  // It is surely owned; in a snapshot of the whole heap only.
  kObjectOwned = 1u << 4,
};

// A reference-counted allocation that is not surely owned, or, in a snapshot of the whole heap, any. One that counts its own handles
// (Family::custom) has no control block: `control` is its heap block's start (where it was announced
// when it shares that block), and every word that points into the block is a slot.
struct ObjectRow {
  std::uint64_t control;        // address of the control block (its vptr)
  std::uint64_t managed;        // address of the managed object; 0 when not known
  std::uint32_t control_block;  // index in blocks of the block that holds `control`
  std::uint32_t managed_block;  // index in blocks of the managed object's own block, or kNone
  std::uint32_t vtable;         // of the control block, or kNone
  std::uint32_t use_count;      // strong handles; 0: expired, only the control block is alive
  std::uint32_t weak_count;     // weak handles only: the implementation's own +1 is taken off
  std::uint32_t stack;          // where it was made; 0 when not recorded
  std::uint32_t birth;          // 1 for the first object announced, and so on; 0 when not known
  std::uint32_t first_slot;     // its slots are [first_slot, first_slot + slot_count)
  std::uint32_t slot_count;
  Family family;
  std::uint8_t flags;           // ObjectFlag
  std::uint8_t reserved[2];
};

enum class Place : std::uint8_t {
  block,        // in the recorded block SlotRow::block
  owned_block,  // in a heap block that is surely owned (not recorded)
  static_data,  // writable segment of a module
  thread_local_data,
  stack,        // a live thread's stack, at or above its stack pointer
  registers,    // a saved register; the address is 0
  user_root,    // memory declared with gordian_add_root
  mapping,      // anonymous memory that the program mapped itself, or that is of an allocator which gordian does not see
};

enum class SlotLog : std::uint8_t {
  none,    // nothing was logged for this word
  weak,    // the shim saw a weak handle being made here, and it still holds the address
  strong,  // likewise a strong one (GORDIAN_TRACK_STRONG), or one that the program announced
  dropped  // the last that was logged is that a strong one ended here; the word still holds the address
};

// A word that holds the address of a recorded object's control block.
struct SlotRow {
  std::uint64_t address;  // of the word
  std::uint32_t object;   // index in objects
  std::uint32_t block;    // index in blocks for Place::block, else kNone
  std::uint32_t stack;    // where the handle was taken, when logged; else 0
  Place place;
  SlotLog log;
  std::uint8_t reserved[2];
};

// A word in a recorded block that points into a recorded block (first byte to one
// past the last) or into a module (code, a vtable, static data), and is not a slot. What
// code a type-erased callable points to says what it holds.
struct PointerRow {
  std::uint64_t address;  // of the word
  std::uint64_t value;
};

// Four aligned bytes of a recorded plain block that may be a count of handles: their value lies between
// 1 and the number of words that point into the block. An object that counts its own handles has
// its count there or, if it has more handles than could be found, no row.
struct CountRow {
  std::uint64_t address;
  std::uint32_t value;
  std::uint32_t reserved;
};
inline constexpr std::uint64_t kLargestCounting = 16384;  // bytes of the largest block that has such rows

// A word of a root that points into a plain block.
struct RootWordRow {
  std::uint64_t address;  // of the word; 0 for a register
  std::uint64_t value;
  Place place;
  std::uint8_t reserved[7];
};

// A call that the checking thread is in: of whose stack that frame is.
struct CallRow {
  std::uint64_t sp;  // its lowest address, where what it has called begins; that of the next row is its end
  std::uint64_t pc;  // the return address into it
};

// Why a block with kIgnoredBlock is meant to stay, in the program's words. It may be of a block that is not recorded; of
// several for one block the last counts.
struct ReasonRow {
  std::uint64_t block;   // its address
  std::uint32_t reason;  // offset in strings; 0: none
  std::uint32_t reserved;
};

enum class NoteKind : std::uint32_t {
  thread_not_paused = 1,  // `count` threads did not answer; all they could hold counts as owned
  table_full,             // `count` blocks or handles were not tracked: memory for our tables ran out
  stacks_full,            // `count` stacks were not recorded
  foreign_objects,        // `count` announced objects are in no heap block: elsewhere and owned, or they died unseen
  libraries_forgotten,    // of `count` unloaded libraries it could not be noted what was left
  unreadable_blocks,      // `count` blocks cannot be read as a whole; they, and what they could hold, count as owned
  unreadable_roots,       // likewise `count` pages of static data, stacks and other roots
  impossible_use_counts,  // `count` objects count as owned, for their use_count is none: that of one is `example`
  impossible_weak_counts, // likewise their weak_count
  overwritten_controls,   // likewise the control blocks of `count` objects begin with no virtual table's address
};

struct NoteRow {
  NoteKind kind;
  std::int32_t example;  // of impossible counts; else 0
  std::uint64_t count;
};

// How many objects are alive, owned or not, of one class and made on one stack.
struct CensusRow {
  std::uint64_t objects;
  std::uint32_t vtable;  // of their control blocks, or kNone
  std::uint32_t stack;   // 0 when not recorded
  std::uint32_t site;    // the same number for the same stack in every snapshot of the process
  std::uint32_t reserved;
};

static_assert(sizeof(SectionEntry) == 24);
static_assert(sizeof(SnapshotHeader) == 88 + 24 * kSectionCount);
static_assert(sizeof(ModuleRow) == 32);
static_assert(sizeof(StackRow) == 8);
static_assert(sizeof(VtableRow) == 64);
static_assert(sizeof(BlockRow) == 32);
static_assert(sizeof(ObjectRow) == 56);
static_assert(sizeof(SlotRow) == 24);
static_assert(sizeof(PointerRow) == 16);
static_assert(sizeof(CountRow) == 16);
static_assert(sizeof(RootWordRow) == 24);
static_assert(sizeof(CallRow) == 16);
static_assert(sizeof(ReasonRow) == 16);
static_assert(sizeof(NoteRow) == 16);
static_assert(sizeof(CensusRow) == 24);

// Running checksum: first the bytes after the header (sections are padded to whole
// words), then the header. It tells damage from a healthy file; it is no protection
// against somebody who means harm, so a reader still checks every offset and index.
inline constexpr std::uint64_t kChecksumSeed = 0x9e3779b97f4a7c15u;
inline constexpr std::uint64_t checksum_step(std::uint64_t sum, std::uint64_t word) {
  sum = (sum ^ word) * 0xff51afd7ed558ccdu;
  return sum ^ (sum >> 32);
}
inline std::uint64_t checksum_header(std::uint64_t sum, SnapshotHeader header) {
  header.checksum = 0;
  std::uint64_t words[sizeof header / 8];
  static_assert(sizeof words == sizeof header);
  __builtin_memcpy(words, &header, sizeof words);
  for (const std::uint64_t word : words) sum = checksum_step(sum, word);
  return sum;
}

}  // namespace gordian::snapshot
