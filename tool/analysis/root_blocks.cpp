// root_blocks.cpp - see root_blocks.h. Linear but for sorting, and one question about debug info for each variable and each word in
// none.
#include "analysis/root_blocks.h"

#include <algorithm>
#include <utility>

namespace gordian {
namespace {

using snapshot::BlockRow;
using snapshot::kNone;
using snapshot::Place;

// A word of a root that leads somewhere.
struct RootWord {
  std::uint64_t address;
  Place place;
};

bool is_in_root_memory(Place place) {
  return place != Place::block && place != Place::owned_block && place != Place::registers;
}

// What these have on the stack is but the question. (Of the runtime's own calls no word is looked at.)
bool is_who_asks(const Frame& frame) {
  const std::string name = frame.function.value_or("");
  const std::string plain = name.substr(0, name.find_first_of("<("));
  return plain == "gordian_why_alive" || plain == "gordian::why_alive" || plain == "gordian::expect_freed";
}

class RootMaker {
 public:
  RootMaker(const Snapshot& snapshot, TypeModel& types, FrameResolver& frames)
      : before_(snapshot), types_(types), frames_(frames), result_{snapshot, {}} {}

  RootedSnapshot run() {
    make_blocks(words());
    merge_blocks();
    move_rows();
    add_pointers();
    return std::move(result_);
  }

 private:
  struct Extent {
    std::uint64_t low;
    std::uint64_t high;
  };

  std::vector<RootWord> words() const {
    std::vector<RootWord> words;
    for (const auto& word : before_.root_words)
      if (is_in_root_memory(word.place)) words.push_back({word.address, word.place});
    for (const auto& slot : before_.slots)
      if (is_in_root_memory(slot.place)) words.push_back({slot.address, slot.place});
    std::sort(words.begin(), words.end(),
              [](const RootWord& a, const RootWord& b) { return a.address < b.address; });
    return words;
  }

  void make_blocks(const std::vector<RootWord>& words) {
    for (const RootWord& word : words) {
      if (!made_.empty() && word.address < made_.back().address + made_.back().size) continue;
      RootBlock root;
      root.place = word.place;
      Extent extent = extent_of(word, root);
      if (extent.high == 0) continue;
      // Whatever it is said to be, it does not lie on another.
      if (!made_.empty()) extent.low = std::max(extent.low, made_.back().address + made_.back().size);
      if (lies_on_a_block(extent)) extent = {word.address, word.address + 8};
      if (lies_on_a_block(extent)) continue;
      root.address = extent.low;
      BlockRow row{};
      row.address = extent.low;
      row.size = extent.high - extent.low;
      row.vtable = row.object = kNone;
      row.flags = kRootBlock;
      made_.push_back(row);
      result_.roots.push_back(std::move(root));
    }
  }

  Extent extent_of(const RootWord& word, RootBlock& root) {
    const Extent alone{word.address, word.address + 8};
    if (word.place == Place::stack) {
      const auto call = before_.call_at(word.address);
      const Frame frame = call ? frames_.frames_at(call->pc).back() : Frame{};
      if (is_who_asks(frame)) return {0, 0};
      root.function = frame.function.value_or("");
    }
    if (word.place != Place::static_data && root.function.empty()) return alone;
    const auto variable = types_.variable_at(word.address);
    if (!variable) return alone;
    root.name = variable->name;
    if (!variable->file.empty()) root.declared = SourcePosition{variable->file, variable->line};
    return {variable->address, std::max(variable->address + variable->size, alone.high)};
  }

  bool lies_on_a_block(const Extent& extent) const {
    const auto& blocks = before_.blocks;
    const auto after = std::lower_bound(blocks.begin(), blocks.end(), extent.high,
                                        [](const BlockRow& row, std::uint64_t a) { return row.address < a; });
    return extent.low >= extent.high ||
           (after != blocks.begin() && (after - 1)->address + (after - 1)->size > extent.low);
  }

  void merge_blocks() {
    auto& blocks = result_.snapshot.blocks;
    blocks.clear();
    auto made = made_.begin();
    for (const BlockRow& row : before_.blocks) {
      for (; made != made_.end() && made->address < row.address; ++made) blocks.push_back(*made);
      row_of_block_.push_back(static_cast<std::uint32_t>(blocks.size()));
      blocks.push_back(row);
    }
    blocks.insert(blocks.end(), made, made_.end());
  }

  std::uint32_t moved(std::uint32_t block) const { return block == kNone ? kNone : row_of_block_[block]; }

  std::uint32_t root_block_over(std::uint64_t address) const {
    const auto& blocks = result_.snapshot.blocks;
    const auto after =
        std::upper_bound(blocks.begin(), blocks.end(), address,
                         [](std::uint64_t a, const BlockRow& row) { return a < row.address; });
    if (after == blocks.begin()) return kNone;
    const BlockRow& row = *(after - 1);
    const bool holds = (row.flags & kRootBlock) != 0 && address - row.address + 8 <= row.size;
    return holds ? static_cast<std::uint32_t>(after - 1 - blocks.begin()) : kNone;
  }

  void move_rows() {
    for (auto& object : result_.snapshot.objects) {
      object.control_block = moved(object.control_block);
      object.managed_block = moved(object.managed_block);
    }
    for (auto& slot : result_.snapshot.slots) {
      slot.block = moved(slot.block);
      const std::uint32_t root = is_in_root_memory(slot.place) ? root_block_over(slot.address) : kNone;
      if (root == kNone) continue;
      slot.place = Place::block;
      slot.block = root;
    }
  }

  void add_pointers() {
    auto& pointers = result_.snapshot.pointers;
    for (const auto& word : before_.root_words) {
      if (root_block_over(word.address) != kNone) pointers.push_back({word.address, word.value});
    }
    const auto by_address = [](const snapshot::PointerRow& a, const snapshot::PointerRow& b) {
      return a.address < b.address;
    };
    std::stable_sort(pointers.begin(), pointers.end(), by_address);
  }

  const Snapshot& before_;
  TypeModel& types_;
  FrameResolver& frames_;
  RootedSnapshot result_;
  std::vector<BlockRow> made_;               // by address
  std::vector<std::uint32_t> row_of_block_;  // by row of `before_`: the row now
};

}  // namespace

const RootBlock* RootedSnapshot::root_at(std::uint64_t address) const {
  const auto at =
      std::lower_bound(roots.begin(), roots.end(), address,
                       [](const RootBlock& root, std::uint64_t a) { return root.address < a; });
  return at != roots.end() && at->address == address ? &*at : nullptr;
}

RootedSnapshot with_root_blocks(const Snapshot& snapshot, TypeModel& types, FrameResolver& frames) {
  return RootMaker(snapshot, types, frames).run();
}

}  // namespace gordian
