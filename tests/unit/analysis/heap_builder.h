// heap_builder.h - heaps for tests, told the way one draws them.
//
//   HeapBuilder heap;
//   heap.object("A").owns("B", "b");         // a typed strong member A::b
//   heap.object("B").owns("A").sees("A");    // words without debug info: strong, weak
//   heap.stack_slot("A");                    // a live thread owns A
//   Findings findings = heap.analyse();
//
// Counts follow from what is told: each owns() adds 1 to use_count, each sees() to
// weak_count; stale() adds a word and no count, unlocated() a count and no word. An
// object's type is its name unless type() says otherwise; births are in the order of first
// mention. With a member's name the word has a type; without, nobody knows what it is. All
// words of a plain block are of one kind or the other: they start at the same offset.
//
// Objects that count their handles themselves have no control block, and handles of one word:
//
//   heap.counted("A").holds("B", "b");       // a plain block, as boost::intrusive_ptr points to
//   heap.announced("C").holds("A");          // one that the program announced; a word without a type
//
// The first 8 bytes of such a type are its count. A counted block has a CountRow as the runtime would
// write it: not where more handles are counted than words point into the block.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/analyse.h"
#include "fake_types.h"

namespace gordian::testing {

class HeapBuilder;

// The bytes of a control block before an object that lies in place: vptr and counts.
inline constexpr std::uint64_t kHeader = 16;

// An object or plain block of a HeapBuilder; cheap to copy, valid as long as the builder.
class Ref {
 public:
  Ref(HeapBuilder& heap, std::uint32_t index) : heap_(&heap), index_(index) {}

  Ref owns(Ref target, const std::string& member = "");
  Ref sees(Ref target, const std::string& member = "");
  Ref stale(Ref target, const std::string& member = "");  // typed: known to be no handle
  Ref owns(const std::string& target, const std::string& member = "");
  Ref sees(const std::string& target, const std::string& member = "");
  Ref stale(const std::string& target, const std::string& member = "");
  Ref owns_logged(const std::string& target);  // without a type, but the shim saw it
  Ref sees_logged(const std::string& target);
  // A weak handle by the log, in a place that is a strong one by its type.
  Ref sees_logged_as_strong_type(const std::string& target, const std::string& member);

  // A strong handle by its type, in a union or an optional: alive; reset since, with its bits left
  // behind; or likewise, with another value over its first half.
  Ref may_own(const std::string& target, const std::string& member);
  Ref left_behind(const std::string& target, const std::string& member);
  Ref overwritten(const std::string& target, const std::string& member);

  // The same in the control block, among what the deleter captured.
  Ref deleter_owns(const std::string& target, const std::string& member = "");
  Ref deleter_sees(const std::string& target, const std::string& member = "");

  // A handle to an object that counts itself, at its start or, without a type, at `offset` in it.
  Ref holds(Ref target, const std::string& member = "", std::uint64_t offset = 0);
  Ref holds(const std::string& target, const std::string& member = "");
  // A handle to a plain block, `offset` bytes behind its start, whose count lies in the block "NAME's count".
  Ref shares(const std::string& target, const std::string& member, std::uint64_t offset = 0);
  // A std::vector of handles of one word: its buffer holds `kids` and, as spare capacity, `left_behind`.
  Ref vector_of_counted(const std::string& member, const std::vector<std::string>& kids,
                        const std::vector<std::string>& left_behind = {});

  // A pointer to the start of a plain block, or `offset` bytes behind it. With a member's name it is a Block*, where
  // Block is the block's type.
  Ref points_to(const std::string& block, const std::string& member = "", std::uint64_t offset = 0);
  // A std::vector of strong handles: its buffer holds `kids` and, as spare capacity, `left_behind`.
  Ref vector(const std::string& member, const std::vector<std::string>& kids,
             const std::vector<std::string>& left_behind = {});
  // Likewise of structs with one strong handle `field`, which starts 8 bytes in.
  Ref vector_of(const std::string& member, const std::string& element, const std::string& field,
                const std::vector<std::string>& kids);

  Ref type(const std::string& name);
  Ref dynamic_type(const std::string& name);  // the first word of its own block is that type's vptr
  Ref bytes(std::uint64_t size);              // of the managed object or block; enough room is made anyway
  Ref separate();                             // the managed object has a block of its own
  Ref adopted();                              // likewise, and its deleter may own nothing
  Ref refers_to(const std::string& object);   // a raw pointer to the managed object, without a type
  Ref untyped();                              // no RTTI either
  Ref unlocated(std::uint32_t handles = 1);   // strong handles that lie nowhere
  Ref seen_handles(std::uint32_t handles);    // weak handles that lie nowhere
  Ref seen();                                 // a word in owned memory points to it
  Ref ignored();                              // gordian_ignore() was called on it
  Ref no_birth();
  Ref made_at(std::uint64_t frame);           // the stack of the plain block, or of the announcement

  std::uint32_t index() const { return index_; }

 private:
  friend class HeapBuilder;
  Ref alternative(const std::string& target, const std::string& member, bool alive);
  HeapBuilder* heap_;
  std::uint32_t index_;
};

class HeapBuilder {
 public:
  Ref object(const std::string& name);      // made on first sight
  Ref block(const std::string& name);       // likewise: a plain block
  // Likewise objects that count themselves: of the type `type`, or of that name.
  Ref counted(const std::string& name, const std::string& type = "");
  Ref announced(const std::string& name, const std::string& type = "");
  Ref add_object(const std::string& type);  // without a name, for millions

  // A counted strong handle outside recorded memory.
  void slot(snapshot::Place place, const std::string& target);
  void stack_slot(const std::string& target) { slot(snapshot::Place::stack, target); }
  // A word outside recorded memory that owns nothing.
  void stale_slot(snapshot::Place place, const std::string& target);
  // A weak handle there, logged or not.
  void weak_slot(snapshot::Place place, const std::string& target, snapshot::SlotLog log);

  void note(snapshot::NoteKind kind, std::uint64_t count) { notes_.push_back({kind, 0, count}); }
  void strip() { types_.strip(); }
  // Lays the blocks out from high to low addresses, with other gaps.
  void lay_out_backwards() { backwards_ = true; }

  Snapshot build();
  FakeTypes& types() { return types_; }
  Findings analyse();

 private:
  friend class Ref;

  enum class Counts : std::uint8_t { strong, weak, none };
  struct WordSpec {
    std::uint64_t offset;  // from the managed object's or block's start; from the control block's in_control
    bool in_control;
    bool is_pointer;
    std::uint32_t target;
    std::uint64_t target_offset;  // of a pointer
    Counts counts;
    snapshot::SlotLog log;
  };
  struct RootSpec {
    snapshot::Place place;
    std::uint32_t target;
    Counts counts;
    snapshot::SlotLog log;
  };
  struct Thing {
    bool is_object = false;
    std::string type;
    std::string dynamic;
    std::uint64_t size = 0;
    std::uint64_t used = 0;          // bytes up to the end of the last word
    std::uint64_t next_untyped = 0;  // where the next word without a type goes
    bool in_place = true;
    bool adopted = false;
    bool named_type = true;
    std::uint32_t unlocated = 0, seen_handles = 0;
    bool seen = false;
    bool ignored = false;
    bool has_birth = true;
    bool counts_itself = false;
    std::uint64_t made_at = 0;
    std::vector<WordSpec> words;
    // Filled in by build().
    std::uint32_t control_block = snapshot::kNone, own_block = snapshot::kNone;
    std::uint64_t control = 0, start = 0;
    std::uint32_t use_count = 0, weak_count = 0;
  };

  Thing& thing(Ref ref) { return things_[ref.index_]; }
  std::uint64_t member_offset(const std::string& type, const std::string& member, std::uint64_t bytes);
  void set_member(const std::string& type, std::uint64_t offset, const Word& word);
  void add_handle(Ref from, Ref to, const std::string& member, Counts counts, WordKind kind,
                  snapshot::SlotLog log);
  void add_deleter_handle(Ref from, Ref to, const std::string& member, Counts counts);
  void add_pointer(Ref from, std::uint64_t offset, Ref to, std::uint64_t target_offset);
  void add_counted_handle(Ref from, Ref to, const std::string& member, std::uint64_t offset);
  void reserve_count(Ref ref);
  bool is_announced(const Thing& thing) const { return thing.counts_itself && thing.is_object; }
  void place_blocks(Snapshot& snapshot);
  std::uint64_t control_bytes(const Thing& thing, std::uint64_t size) const;
  void count_handles();
  void write_objects(Snapshot& snapshot);
  void write_words(Snapshot& snapshot);
  void write_counts(Snapshot& snapshot);
  void mark_ignored(Snapshot& snapshot) const;
  std::uint32_t stack_of(const Thing& thing, Snapshot& snapshot) const;
  std::uint32_t control_vtable(const Thing& thing);

  FakeTypes types_;
  std::vector<Thing> things_;
  std::vector<RootSpec> roots_;
  std::vector<snapshot::NoteRow> notes_;
  std::map<std::string, std::uint32_t> objects_, blocks_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> offsets_;
  std::map<std::string, std::uint64_t> ends_;  // by type: where its next member goes
  std::map<std::pair<std::string, bool>, std::uint32_t> vtables_;
  std::vector<std::uint32_t> row_of_thing_;
  bool backwards_ = false;
};

}  // namespace gordian::testing
