// allocation_headers.cpp - a program that keeps a header of its own in front of what it allocates.
//
// The user's problem: an operator new that counts bytes asks malloc() for some more, writes the size there, and returns
// what lies behind. No object begins its block then, so each looks like a part of something larger: its members have
// no names, and what manages an object elsewhere does not know it.
//
// Such a header is as long everywhere. So where all control blocks that do not begin their block lie equally far in it,
// and are alone there, that is its length. Every block that something leads into right behind it is cut there, unless
// something says that its first bytes are more: a word in them that leads to another block, or one that leads to them; a vptr; an
// object. No reference is lost by it then, also where they were no header. What leads into the blocks is at their new
// start as in any other program. One pass over each table.
//
// What it misses: headers that are linked to each other, of blocks that nothing else owns; two lengths in one program; arrays
// with a count of their own, and what only pointers to a second base lead to; the dynamic type of what has a vptr behind the
// header and no control block.
#include "analysis/allocation_headers.h"

#include <algorithm>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/root_blocks.h"

namespace gordian {
namespace {

using snapshot::kNone;

// Bytes; 0: there is none.
std::uint64_t length_of_headers(const Snapshot& snapshot) {
  std::uint64_t length = 0;
  std::uint32_t last_home = kNone;
  for (const auto& object : snapshot.objects) {
    if (object.family == snapshot::Family::custom) continue;
    const auto& home = snapshot.blocks[object.control_block];
    const std::uint64_t offset = object.control - home.address;
    if (home.object != kNone || (home.flags & snapshot::kRootedArena) != 0) continue;
    if (offset == 0 || object.control_block == last_home || (length != 0 && length != offset)) return 0;
    length = offset;
    last_home = object.control_block;
  }
  return length;
}

class Cutter {
 public:
  Cutter(const Snapshot& snapshot, std::uint64_t length)
      : before_(snapshot), length_(length), index_(snapshot), begins_behind_(snapshot.blocks.size(), false),
        has_more_(snapshot.blocks.size(), false) {}

  Snapshot run() {
    for (const auto& object : before_.objects) note(object.control_block, object.control);
    for (const auto& object : before_.objects) note(index_.block_holding(object.managed), object.managed);
    for (const auto& word : before_.root_words) note(index_.block_holding(word.value), word.value);
    for (const auto& slot : before_.slots) note_word(slot.address);
    for (std::uint32_t p = 0; p < index_.pointer_count(); ++p) {
      // A header may name the line that allocates, or the pool.
      if (index_.target(p) == kNone || is_root(index_.target(p))) continue;
      note(index_.target(p), index_.pointer(p).value);
      note_word(index_.pointer(p).address);
    }
    note(index_.block_holding(before_.asked), before_.asked);
    Snapshot after(before_);
    std::erase_if(after.pointers, [this](const auto& row) { return is_in_header(row.address); });
    std::erase_if(after.counts, [this](const auto& row) { return is_in_header(row.address); });
    for (std::uint32_t b = 0; b < after.blocks.size(); ++b) {
      if (has_header(b)) cut(after.blocks[b]);
    }
    for (std::uint32_t o = 0; o < after.objects.size(); ++o) place(after, o);
    for (auto& meant : after.reasons) {
      const std::uint32_t b = index_.block_holding(meant.block);
      if (b != kNone && has_header(b)) meant.block = after.blocks[b].address;
    }
    return after;
  }

 private:
  // `address` is where somebody knows something.
  void note(std::uint32_t block, std::uint64_t address) {
    if (block == kNone) return;
    const std::uint64_t offset = address - before_.blocks[block].address;
    if (offset == length_) begins_behind_[block] = true;
    if (offset < length_) has_more_[block] = true;
  }

  void note_word(std::uint64_t address) {
    const std::uint32_t block = index_.block_holding(address);
    if (block != kNone && address - before_.blocks[block].address < length_) has_more_[block] = true;
  }

  bool is_root(std::uint32_t block) const { return (before_.blocks[block].flags & kRootBlock) != 0; }

  bool is_in_header(std::uint64_t address) const {
    const std::uint32_t block = index_.block_holding(address);
    return block != kNone && has_header(block) && address - before_.blocks[block].address < length_;
  }

  bool has_header(std::uint32_t b) const {
    const auto& block = before_.blocks[b];
    return begins_behind_[b] && !has_more_[b] && block.size > length_ && block.object == kNone &&
           block.vtable == kNone && (block.flags & (snapshot::kRootedArena | kRootBlock)) == 0;
  }

  void cut(snapshot::BlockRow& block) const {
    block.address += length_;
    block.size -= length_;
  }

  // Gives an object the blocks that it begins now.
  void place(Snapshot& after, std::uint32_t o) const {
    const auto& object = after.objects[o];
    auto& home = after.blocks[object.control_block];
    if (home.address == object.control && has_header(object.control_block)) {
      home.object = o;
      home.vtable = object.vtable;
    }
    if (home.object == o) place_managed(after, o);
  }

  void place_managed(Snapshot& after, std::uint32_t o) const {
    auto& object = after.objects[o];
    const bool is_deleted = (object.flags & (snapshot::kObjectInPlace | snapshot::kObjectAdopted)) == 0;
    if (!is_deleted || object.use_count == 0 || object.managed_block != kNone) return;
    const std::uint32_t b = index_.block_holding(object.managed);
    if (b == kNone || !has_header(b) || after.blocks[b].object != kNone || after.blocks[b].address != object.managed) return;
    after.blocks[b].object = o;
    object.managed_block = b;
  }

  const Snapshot& before_;
  const std::uint64_t length_;
  const HeapIndex index_;
  std::vector<bool> begins_behind_;  // by block: something leads to just behind its header, or is there
  std::vector<bool> has_more_;       // by block: something leads into its header, or out of it
};

}  // namespace

std::optional<Snapshot> without_allocation_headers(const Snapshot& snapshot) {
  const std::uint64_t length = length_of_headers(snapshot);
  if (length == 0) return std::nullopt;
  return Cutter(snapshot, length).run();
}

}  // namespace gordian
