// recording.cpp - see recording.h.
#include "scan/recording.h"

#include "scan/found_slots.h"
#include "scan/knots.h"
#include "scan/lookahead.h"
#include "scan/lost_ways.h"
#include "scan/words.h"

namespace gordian::rt {
namespace {

using snapshot::Place;
using snapshot::SlotRow;

class Recorder {
 public:
  Recorder(Heap& heap, Objects& objects, Recording& out) noexcept : heap_(heap), objects_(objects), out_(out) {}

  void take_objects() noexcept {
    for (std::uint32_t i = 0; i < objects_.size(); ++i) {
      Object& object = objects_[i];
      const bool taken = whole_heap_ && (object.state & kObjOwned) != 0 && !object.expired();
      if (!taken && !objects_.is_undecided(object)) continue;
      object.row = static_cast<std::uint32_t>(out_.objects.size());
      out_.objects.push(i);
      take_block(object.control_block);
      if (object.managed_block != kNoIndex) take_block(object.managed_block);
    }
  }

  // What is owned, too: nothing of it is missing, so nobody need go on from there.
  void take_owned() noexcept {
    for (Block& block : heap_.blocks()) {
      if ((block.state & kBlockOwned) != 0) block.state |= kBlockRecorded;
    }
    whole_heap_ = true;
  }

  void take_root_words(const Roots& roots) noexcept {
    const auto take = [this](Address at, std::uint64_t word, Place place, bool exact_only) {
      const Target target = objects_.classify(word);
      if (target.kind != Target::plain_block || (heap_[target.index].state & kBlockRecorded) == 0) return;
      if (!exact_only || heap_[target.index].start == word) out_.root_words.push({at, word, place, {}});
    };
    for (const std::uint64_t word : roots.registers()) take(0, word, Place::registers, false);
    for (const RootRange& range : roots.ranges()) {
      for_each_word(range.low, range.high,
                    [&](Address at, std::uint64_t word) { take(at, word, range.place, range.exact_only); });
    }
  }

  void take_block(std::uint32_t index) noexcept {
    Block& block = heap_[index];
    if ((block.state & (kBlockRecorded | kBlockOwned)) != 0) return;
    block.state |= kBlockRecorded;
    work_.push(index);
  }

  // Plain blocks reached from recorded ones come along.
  void drain() noexcept {
    follow_plain_blocks([this](std::uint32_t index) { take_block(index); });
  }

  // What is meant to stay may hang on blocks that are not recorded: a registry's list of lists.
  // The tool knows it by the last of them.
  void spread_ignored() noexcept {
    const auto blocks = static_cast<std::uint32_t>(heap_.blocks().size());
    for (std::uint32_t b = 0; b < blocks; ++b) {
      if ((heap_[b].state & (kBlockIgnored | kBlockOwned)) == kBlockIgnored) work_.push(b);
    }
    follow_plain_blocks([this](std::uint32_t index) {
      Block& block = heap_[index];
      if ((block.state & (kBlockIgnored | kBlockOwned)) != 0) return;
      block.state |= kBlockIgnored;
      work_.push(index);
    });
  }

  // False when memory ran out or the work was called off.
  bool take_slots(const Roots& roots, Workers& workers) noexcept {
    Chunks chunks(heap_.blocks().size());
    if (!found_.expect(1 + chunks.size())) return false;
    const bool done = workers.run([&](unsigned worker) {
      if (worker == 0) {
        find_root_slots(roots);
        found_.end_piece(worker, 0);
      }
      chunks.for_each([&](std::uint32_t chunk, std::uint32_t first, std::uint32_t end) {
        find_heap_slots(first, end, worker);
        found_.end_piece(worker, 1 + chunk);
      });
    });
    if (!done) return false;
    found_.for_each([this](const SlotRow& slot) {
      const std::uint32_t block = slot.block;
      if (block == kNoIndex) return;
      if (heap_[block].object == kNoIndex && (heap_[block].state & kBlockRecorded) == 0) lost_.push(block);
      take_block(block);
    });
    return true;
  }

  bool take_knots() noexcept {
    PageArray<std::uint32_t> knots;
    if (!find_knots(heap_, objects_, knots)) return false;
    for (const std::uint32_t b : knots) take_block(b);
    return true;
  }

  // After all that is recorded for its own sake: what they hold besides is of no interest.
  bool take_lost_ways() noexcept {
    PageArray<std::uint32_t> ways;
    if (!find_lost_ways(heap_, objects_, lost_, ways)) return false;
    for (const std::uint32_t b : ways) heap_[b].state |= kBlockRecorded;
    return true;
  }

  void number_blocks(Classes& classes) noexcept {
    const auto blocks = static_cast<std::uint32_t>(heap_.blocks().size());
    for (std::uint32_t b = 0; b < blocks; ++b) {
      if ((heap_[b].state & kBlockRecorded) == 0) continue;
      heap_[b].row = static_cast<std::uint32_t>(out_.blocks.size());
      out_.blocks.push(b);
      out_.block_classes.push(heap_[b].size >= 8 ? classes.find(load_word(heap_[b].start)) : kNoIndex);
    }
  }

  // Counting sort by object.
  bool sort_slots() noexcept {
    if (!out_.first_slot.resize(out_.objects.size() + 1) || !out_.slots.resize(found_.size())) return false;
    found_.for_each([this](const SlotRow& slot) { ++out_.first_slot[slot.object + 1]; });
    for (std::size_t i = 0; i < out_.objects.size(); ++i) out_.first_slot[i + 1] += out_.first_slot[i];
    PageArray<std::uint32_t> next;
    if (!next.resize(out_.objects.size())) return false;
    for (std::size_t i = 0; i < out_.objects.size(); ++i) next[i] = out_.first_slot[i];
    found_.for_each([&](const SlotRow& slot) {
      SlotRow& row = out_.slots[next[slot.object]++];
      row = slot;
      if (slot.block != kNoIndex) row.block = heap_[slot.block].row;
    });
    return true;
  }

  bool take_pointers(const ModuleMap& modules, Classes& classes) noexcept {
    PageArray<std::uint32_t> pointing;  // by recorded block
    if (!pointing.resize(out_.blocks.size())) return false;
    Lookahead ahead(heap_, objects_, [&](const PointerWord& word) { take_pointer(word, pointing); });
    for (const std::uint32_t b : out_.blocks) {
      for_each_live_word(heap_[b], heap_, objects_, [&](Address at, std::uint64_t word) {
        if (!modules.of_program(word)) return ahead.take(at, word, 0, b);
        ahead.finish();  // rows come by address
        out_.pointers.push({at, word});
        std::uint32_t c = classes.find(word);
        if (c == kNoIndex) c = classes.find_table(word);
        if (c != kNoIndex) out_.pointed_classes.push(c);
      });
    }
    ahead.finish();
    for (const snapshot::RootWordRow& word : out_.root_words) {
      const std::uint32_t to = heap_.find(word.value);
      if (to != kNoIndex) ++pointing[heap_[to].row];
    }
    take_counts(pointing);
    return true;
  }

  bool failed() const noexcept { return work_.failed() || found_.failed() || lost_.failed() || out_.failed(); }

 private:
  void find_root_slots(const Roots& roots) noexcept {
    const auto visit_root = [this](Address at, std::uint64_t word, Place place) {
      visit_slot({at, word, 0, heap_.last_start(word), kNoIndex}, place, kNoIndex, 0);
    };
    for (const std::uint64_t word : roots.registers()) visit_root(0, word, Place::registers);
    for (const RootRange& range : roots.ranges()) {
      for_each_word(range.low, range.high, [&](Address at, std::uint64_t word) {
        if (!is_remains(at, range.place)) visit_root(at, word, range.place);
      });
    }
  }

  void find_heap_slots(std::uint32_t first, std::uint32_t end, unsigned worker) noexcept {
    Lookahead ahead(heap_, objects_, [this, worker](const PointerWord& word) {
      const bool owned = (heap_[word.source].state & (kBlockOwned | kBlockRecorded)) == kBlockOwned;
      visit_slot(word, owned ? Place::owned_block : Place::block, owned ? kNoIndex : word.source, worker);
    });
    for (std::uint32_t b = first; b < end; ++b) {
      for_each_live_word(heap_[b], heap_, objects_,
                         [&](Address at, std::uint64_t word) { ahead.take(at, word, 0, b); });
    }
    ahead.finish();
  }

  // `block` is the heap block the word lies in, or kNoIndex.
  void visit_slot(const PointerWord& word, Place place, std::uint32_t block, unsigned worker) noexcept {
    const Target target = objects_.classify(word.value, word.block);
    if (target.kind != Target::control_word || objects_[target.index].row == kNoIndex) return;
    const Address at = word.at;
    SlotRow slot{};
    slot.address = at;
    slot.object = objects_[target.index].row;
    slot.block = block;  // a heap index until blocks have their rows
    slot.place = place;
    slot.log = at != 0 ? logged_as(at) : snapshot::SlotLog::none;
    if (slot.log == snapshot::SlotLog::dropped && is_born_later(objects_[target.index].birth, g_live.strong.get(at))) {
      slot.log = snapshot::SlotLog::none;
    }
    if (slot.log == snapshot::SlotLog::weak) slot.stack = static_cast<std::uint32_t>(packed_stack(g_live.weak.get(at)));
    if (slot.log == snapshot::SlotLog::strong) slot.stack = static_cast<std::uint32_t>(packed_stack(g_live.strong.get(at)));
    found_.add(worker, slot);
  }

  // Calls take(index) for each plain block that the words of the blocks in work_ point to, and of those that
  // it adds there.
  template <class Take>
  void follow_plain_blocks(Take take) noexcept {
    Lookahead ahead(heap_, objects_, [&](const PointerWord& word) {
      const Target target = objects_.classify(word.value, word.block);
      if (target.kind == Target::plain_block) take(target.index);
    });
    while (!work_.empty() || !ahead.is_finished()) {
      if (work_.empty()) {
        ahead.finish();
        continue;
      }
      for_each_live_word(heap_[work_.pop()], heap_, objects_,
                         [&](Address at, std::uint64_t word) { ahead.take(at, word, 0, kNoIndex); });
    }
  }

  void take_pointer(const PointerWord& word, PageArray<std::uint32_t>& pointing) noexcept {
    const Block& to = heap_[word.block];
    const bool inside = heap_.contains(word.block, word.value);
    if ((!inside && !heap_.ends_at(word.block, word.value)) || (to.state & kBlockRecorded) == 0) return;
    if (objects_.classify(word.value, word.block).kind == Target::control_word) return;
    out_.pointers.push({word.at, word.value});
    if (inside) ++pointing[to.row];
  }

  void take_counts(const PageArray<std::uint32_t>& pointing) noexcept {
    for (std::uint32_t row = 0; row < out_.blocks.size(); ++row) {
      const Block& block = heap_[out_.blocks[row]];
      if (block.object != kNoIndex || (block.state & kBlockShared) != 0) continue;
      for_each_possible_count(block, pointing[row],
                              [&](Address at, std::uint32_t value) { out_.counts.push({at, value, 0}); });
    }
  }

  Heap& heap_;
  Objects& objects_;
  Recording& out_;
  PageArray<std::uint32_t> work_;  // recorded blocks whose words were not visited yet
  FoundSlots found_;
  bool whole_heap_ = false;
  PageArray<std::uint32_t> lost_;  // plain blocks that hold a handle, and hang on no object
};

}  // namespace

bool record(const ModuleMap& modules, const Roots& roots, Heap& heap, Classes& classes, Objects& objects,
            Workers& workers, bool whole_heap, Recording& out) noexcept {
  Recorder recorder(heap, objects, out);
  if (whole_heap) recorder.take_owned();
  recorder.spread_ignored();
  recorder.take_objects();
  if (!out.objects.empty()) {
    recorder.drain();
    if (!recorder.take_slots(roots, workers)) return false;
    recorder.drain();
  }
  if (!recorder.take_knots() || recorder.failed()) return false;
  recorder.drain();
  if (!recorder.take_lost_ways()) return false;
  if (whole_heap) recorder.take_root_words(roots);
  recorder.number_blocks(classes);
  return recorder.take_pointers(modules, classes) && recorder.sort_slots() && !recorder.failed();
}

}  // namespace gordian::rt
