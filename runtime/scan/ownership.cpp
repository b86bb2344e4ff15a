// ownership.cpp - floods from the roots and marks what is surely owned.
//
// A healthy program must cost little: nearly everything is owned, and needs no types and
// no tool. A word decides ownership here only where no type could say otherwise:
//
//   - a pointer into a plain block owns it: we know no better, and doubt means owned;
//   - a word with a control block's address owns the object when every weak handle is
//     accounted for and there are no more other words than strong handles: none of them
//     can then be a leftover;
//   - a pointer into an object, other than to its control block, owns nothing (the
//     object is only *seen*), and neither does a logged weak handle: that one keeps the
//     control block, with the deleter and allocator stored in it. Where the deleter may do
//     nothing (shared_ptr to a member of something) the pointer may be the real owner: then
//     it keeps the managed block;
//   - a value of a pthread key owns the object it points into: the key's destructor knows
//     how to let go of it.
//
// An object that counts its own handles is pointed to by handles and by other pointers alike. Where
// there are no more of both than it counts, each is taken for a handle; where the program has announced
// every handle, nothing else is one. As long as nobody has taken a handle, no pointer can be told from an
// owner: the object is owned.
//
// An object some of whose words may be stale stays undecided, with all that only it
// reaches: the tool, which has types, decides.
//
// An arena, a block with several objects or with other things beside one, is kept by whoever
// points into it. What lies in it is then owned, but for the segment behind an object that is not:
// that object's members lie there, and then what the arena holds besides; how far the object
// goes only its type says. If an object stays that nobody owns, the tool decides on the arena.
//
// Two passes over live memory (count, flood); the second only over what is owned. Work
// lists are arrays: no recursion however deep the heap. Several workers count, and flood, together: a state only ever
// gains bits, so what is owned does not depend on who comes first, and only that one goes on from there.
#include "scan/ownership.h"

#include "scan/lookahead.h"
#include "scan/shared_work.h"
#include "scan/words.h"

namespace gordian::rt {
namespace {

bool is_settled(const Object& object) noexcept {
  return has_state(object.state, kObjOwned) || object.expired() || object.is_stray();
}

template <class Visit>
void for_each_object_in(const Block& block, Objects& objects, Visit&& visit) noexcept {
  const Address end = block.start + block.size;
  for (std::uint32_t i = objects.first_from(block.start); i < objects.size(); ++i) {
    if (objects[i].control >= end) break;
    visit(objects[i]);
  }
}

// An arena none of whose objects is in question is owned like any other block.
void settle_arenas(Heap& heap, Objects& objects) noexcept {
  for (Block& block : heap.blocks()) {
    if ((block.state & kBlockRooted) == 0) continue;
    bool in_question = false;
    for_each_object_in(block, objects,
                       [&](const Object& object) { in_question = in_question || !is_settled(object); });
    if (!in_question) block.state |= kBlockOwned;
  }
}

// What one worker does of it.
class Flood {
 public:
  Flood(Heap& heap, Objects& objects, SharedWork& shared) noexcept : heap_(heap), objects_(objects), shared_(shared) {}

  void own_block(std::uint32_t index) noexcept {
    Block& block = heap_[index];
    if (has_state(block.state, kBlockOwned | kBlockRooted)) return;
    if (has_state(block.state, kBlockShared)) {
      if (gains(block.state, kBlockRooted)) arenas_.push(index);
    } else if (gains(block.state, kBlockOwned)) {
      work_.push(index);
    }
  }

  void own_object(Object& object) noexcept {
    if (!gains(object.state, kObjOwned)) return;
    gains(object.state, kObjControlOwned);
    own_block(object.control_block);
    if (has_state(heap_[object.control_block].state, kBlockShared)) own_segment(object);
    if (object.managed_block != kNoIndex) own_block(object.managed_block);
  }

  // A word of owned memory: of a root range, or of none.
  void visit(Address at, std::uint64_t word, const RootRange* range = nullptr) noexcept {
    visit(at, word, heap_.last_start(word), range);
  }
  void visit(Address at, std::uint64_t word, std::uint32_t last_start, const RootRange* range) noexcept {
    const bool exact_only = range != nullptr && range->exact_only;
    const Target target = objects_.classify(word, last_start);
    if (target.kind == Target::nothing) return;
    if (target.kind == Target::plain_block) {
      if (!exact_only || heap_[target.index].start == word) own_block(target.index);
      return;
    }
    Object& object = objects_[target.index];
    if (target.kind == Target::into_object) {
      if (exact_only) return;
      gains(object.state, kObjSeen);
      // An adopted object may be the pointer's own; but not a handle's, whose first word this is.
      if (!object.adopted() || heap_.find(word) != object.managed_block || in_weak_handle(at)) return;
      if (range == nullptr || !in_static_handle(at, object.control, *range)) own_block(object.managed_block);
      return;
    }
    const auto log = at != 0 ? logged_as(at) : snapshot::SlotLog::none;
    if (log == snapshot::SlotLog::weak) {
      own_control(object);
    } else if (log == snapshot::SlotLog::strong ||
               (object.every_word_decided() && !object.every_handle_logged())) {
      own_object(object);
    } else {
      gains(object.state, kObjSeen);
    }
  }

  // A word that owns the object it points at, wherever into it.
  void own_target(std::uint64_t word) noexcept {
    const Target target = objects_.classify(word);
    const bool object = target.kind == Target::control_word || target.kind == Target::into_object;
    if (object && !objects_[target.index].expired()) own_object(objects_[target.index]);
  }

  // All that this worker has to do.
  void drain() noexcept {
    const auto visit_word = [this](const PointerWord& word) { visit(word.at, word.value, word.block, nullptr); };
    Lookahead ahead(heap_, objects_, visit_word);
    const auto take = [&ahead](Address at, std::uint64_t word) { ahead.take(at, word, 0, kNoIndex); };
    while (true) {
      if (!work_.empty()) {
        shared_.share(work_);
        for_each_live_word(heap_[work_.pop()], heap_, objects_, take);
      } else if (!segments_.empty()) {
        const Object& object = objects_[segments_.pop()];
        heap_.for_each_word_in(object.behind_counts(), objects_.end_of_segment(object), take);
      } else if (!arenas_.empty()) {
        visit_arena(heap_[arenas_.pop()]);
      } else if (!ahead.is_finished()) {
        ahead.finish();
      } else {
        return;
      }
    }
  }

  // And what others have too much of.
  void drain_with_others() noexcept {
    do drain();
    while (shared_.take(work_));
  }

  bool failed() const noexcept { return work_.failed() || segments_.failed() || arenas_.failed(); }

 private:
  // Whether `bit` was not set yet, and this worker has set it.
  bool gains(std::uint8_t& state, std::uint8_t bit) noexcept {
    if (has_state(state, bit)) return false;
    if (shared_.is_shared()) return (__atomic_fetch_or(&state, bit, __ATOMIC_RELAXED) & bit) == 0;
    state |= bit;
    return true;
  }

  void own_segment(Object& object) noexcept {
    if (gains(object.state, kObjSegment)) segments_.push(objects_.index_of(object));
  }

  void visit_arena(const Block& block) noexcept {
    Address end = block.start + block.size;
    const std::uint32_t first = objects_.first_from(block.start);
    if (first < objects_.size() && objects_[first].control < end) end = objects_[first].control;
    heap_.for_each_word_in(block.start, end, [this](Address at, std::uint64_t word) { visit(at, word); });
    for_each_object_in(block, objects_, [this](Object& object) {
      if (is_settled(object)) own_segment(object);
    });
  }

  // The control block alone: its deleter and allocator, but not the managed object.
  void own_control(Object& object) noexcept {
    if (!gains(object.state, kObjControlOwned)) return;
    if (object.holding == Holding::in_place || object.holding == Holding::unknown || object.is_remains())
      return;
    const Address managed = managed_pointer_at(object, heap_);
    for_each_word(object.behind_counts(), objects_.end_of_segment(object),
                  [&](Address at, std::uint64_t word) {
                    if (at != managed) visit(at, word);
                  });
  }

  Heap& heap_;
  Objects& objects_;
  SharedWork& shared_;
  // What is owned, and whose words were not visited yet:
  PageArray<std::uint32_t> work_;      // blocks
  PageArray<std::uint32_t> segments_;  // objects in arenas, with what lies behind them
  PageArray<std::uint32_t> arenas_;    // blocks up to their first object
};

// What one worker counts of the words that hold a control block's address.
class WordCounter {
 public:
  WordCounter(const Heap& heap, Objects& objects, bool alone) noexcept
      : heap_(heap), objects_(objects), alone_(alone), ahead_(heap, objects, Count{*this}) {}

  void count_roots(const Roots& roots) noexcept {
    for (const RootRange& range : roots.ranges()) {
      std::uint64_t before = 0;
      for_each_word(range.low, range.high, [&](Address at, std::uint64_t word) {
        if (!is_remains(at, range.place)) ahead_.take(at, word, before, kNoIndex);
        before = word;
      });
    }
    for (const std::uint64_t word : roots.registers()) ahead_.take(0, word, 0, kNoIndex);
  }

  void count_block(const Block& block) noexcept {
    // Which of its words are alive is learnt from a handle, which may be waiting.
    if (block.object != kNoIndex && objects_[block.object].holding == Holding::unknown) ahead_.finish();
    std::uint64_t before = 0;
    for_each_live_word(block, heap_, objects_, [&](Address at, std::uint64_t word) {
      ahead_.take(at, word, before, kNoIndex);
      before = word;
    });
  }

  void finish() noexcept { ahead_.finish(); }

 private:
  struct Count {
    WordCounter& counter;
    void operator()(const PointerWord& word) const noexcept { counter.count(word); }
  };

  // `before` of a slot is the handle's pointer to the object, or 0.
  void count(const PointerWord& word) noexcept {
    const Target target = objects_.classify(word.value, word.block);
    if (target.kind == Target::plain_block) objects_.note_plain_word(word.before, word.value);
    if (target.kind != Target::control_word) return;
    Object& object = objects_[target.index];
    objects_.learn_holding(object, word.before);
    switch (word.at != 0 ? logged_as(word.at) : snapshot::SlotLog::none) {
      case snapshot::SlotLog::weak: return add_one(object.weak_words);
      case snapshot::SlotLog::strong: return add_one(object.strong_words);
      case snapshot::SlotLog::dropped:
      case snapshot::SlotLog::none: return add_one(object.other_words);
    }
  }

  void add_one(std::uint32_t& count) noexcept {
    if (alone_) {
      ++count;
    } else {
      __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
    }
  }

  const Heap& heap_;
  Objects& objects_;
  const bool alone_;
  Lookahead<Count> ahead_;
};

// What owns without a word in memory, and the words of the roots.
void flood_roots(const Roots& roots, Heap& heap, Objects& objects, Flood& flood) noexcept {
  for (const std::uint32_t block : roots.blocks()) {
    if (heap[block].object != kNoIndex) flood.own_object(objects[heap[block].object]);
    flood.own_block(block);
  }
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    const bool outside = heap.has_outside() && (heap[objects[i].control_block].state & kBlockOutside) != 0;
    if (objects[i].floats() || outside || (objects[i].state & kObjHeld) != 0) flood.own_object(objects[i]);
  }
  objects.for_each_overwritten([&](std::uint32_t block) { flood.own_block(block); });
  for (std::uint32_t b = 0; heap.has_outside() && b < heap.blocks().size(); ++b) {
    if ((heap[b].state & kBlockOutside) == 0) continue;
    const bool unread = (heap[b].state & kBlockUnread) != 0;
    if (unread && heap[b].object != kNoIndex) flood.own_object(objects[heap[b].object]);
    flood.own_block(b);
  }
  flood.drain();
  for (const std::uint64_t word : roots.registers()) flood.visit(0, word);
  for (const std::uint64_t word : roots.kept_words()) flood.visit(0, word);
  for (const std::uint64_t word : roots.key_values()) flood.own_target(word);
  for (const RootRange& range : roots.ranges()) {
    for_each_word(range.low, range.high, [&](Address at, std::uint64_t word) {
      const bool remains = is_remains(at, range.place) && objects.classify(word).kind != Target::plain_block;
      if (!remains) flood.visit(at, word, &range);
    });
    flood.drain();
  }
}

// What lies in memory that cannot be read may hold any plain block to which no unowned object leads. (The strong references
// there are told by their absence: an object that has more of them than are found is owned by what is not known.)
bool own_what_may_be_hidden(Heap& heap, Objects& objects) noexcept {
  PageArray<bool> led;  // by block: an unowned object leads there
  PageArray<std::uint32_t> work;
  if (!led.resize(heap.blocks().size())) return false;
  const auto lead = [&](std::uint32_t b) {
    if (b == kNoIndex || led[b] || (heap[b].state & kBlockOwned) != 0) return;
    led[b] = true;
    work.push(b);
  };
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    if (!objects.is_undecided(objects[i])) continue;
    lead(objects[i].control_block);
    lead(objects[i].managed_block);
  }
  while (!work.empty() && !work.failed()) {
    for_each_live_word(heap[work.pop()], heap, objects, [&](Address, std::uint64_t word) {
      const Target target = objects.classify(word);
      if (target.kind == Target::plain_block) lead(target.index);
    });
  }
  const Workers alone;
  SharedWork own(alone);
  Flood flood(heap, objects, own);
  for (std::uint32_t b = 0; b < heap.blocks().size(); ++b) {
    if (!led[b] && heap[b].object == kNoIndex) flood.own_block(b);
  }
  flood.drain();
  return !work.failed() && !flood.failed();
}

}  // namespace

bool count_words(const Roots& roots, Heap& heap, Objects& objects, Workers& workers) noexcept {
  // What is learnt of an object from the first handle that tells anything must not depend on who comes first.
  const bool alone = workers.size() == 1 || objects.learns_from_handles();
  Chunks chunks(heap.blocks().size());
  return workers.run([&](unsigned worker) {
    if (alone && worker != 0) return;
    WordCounter counter(heap, objects, alone);
    if (worker == 0) counter.count_roots(roots);
    chunks.for_each([&](std::uint32_t, std::uint32_t first, std::uint32_t end) {
      for (std::uint32_t b = first; b < end; ++b) counter.count_block(heap[b]);
    });
    counter.finish();
  });
}

bool flood_from_roots(const Roots& roots, Heap& heap, Objects& objects, Workers& workers) noexcept {
  SharedWork shared(workers);
  bool failed[Workers::kMost] = {};
  const bool done = workers.run([&](unsigned worker) {
    Flood flood(heap, objects, shared);
    if (worker == 0) {
      flood_roots(roots, heap, objects, flood);
    } else {
      shared.enter();
    }
    flood.drain_with_others();
    failed[worker] = flood.failed();
  });
  for (const bool f : failed) {
    if (f) return false;
  }
  const bool hidden = heap.unreadable() != 0 || roots.unreadable() != 0;
  if (done && hidden && !own_what_may_be_hidden(heap, objects)) return false;
  if (done) settle_arenas(heap, objects);
  return done && !shared.failed();
}

}  // namespace gordian::rt
