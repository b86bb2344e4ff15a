// walk.cpp - see walk.h.
//
// fp is followed as the address where the frame's value of it is saved, and read only where a frame is described
// by it. A frame lies above its callee's: a rule that says otherwise is not believed.
#include "capture/walk.h"

#include "capture/rule_cache.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

// What one step found out; see WalkMemory.
struct Fact {
  FramePlace place;
  Address fp;
  Address saved;
};
constexpr unsigned kFrames = WalkMemory::kFrames;
constexpr Address kNotReplayed = 1;  // no value of fp

class Walk {
 public:
  explicit Walk(const FrameState& innermost) noexcept
      : return_address_(innermost.return_address),
        place_(innermost.place),
        fp_(innermost.fp) {}
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  Address return_address() const noexcept { return return_address_; }
  FramePlace place() const noexcept { return place_; }

  // ended: there is no return address, or none in any code, now; outermost: there never is one.
  enum class Step { taken, ended, outermost, unusual };
  // Goes to the caller, and notes in `fact` how.
  __attribute__((always_inline)) Step step(Fact& fact) noexcept {
    const PackedRule rule = rule_of(return_address_);
    fact = {place_, 0, 0};
    FramePlace caller;
    if (__builtin_expect(is_by_sp(rule), 1)) {
      caller = caller_by_sp(rule, place_.sp(), fact.saved);
    } else if (is_by_fp(rule)) {
      fact.fp = fp();
      caller = caller_by_fp(rule, fact.fp, fact.saved);
      if (!lies_above(caller)) return Step::unusual;
    } else if (name_of(rule) == kOutermost) {
      return Step::outermost;
    } else if (name_of(rule) == kNowhere) {
      return Step::ended;
    } else if (name_of(rule) < kFirstRow || !find_by(rule_in_row(name_of(rule)), fact, caller)) {
      return Step::unusual;
    }
    if (fact.saved != 0) fp_at_ = fact.saved;
    place_ = caller;
    return_address_ = load_return_address(place_.slot);
    return return_address_ != 0 ? Step::taken : Step::ended;
  }

  // Goes on from frame to frame while those of `memory` from `at` on are this stack's, up to `end`. Returns the frame
  // where it stands, whose caller it does not know, or whose return address is another by now. `all`: nobody will
  // go on where that is the last.
  unsigned replay(const WalkMemory& memory, unsigned at, unsigned end, bool all) noexcept {
    return memory.asks[at] ? replay_with_fp(memory, at, end) : replay_without_fp(memory, at, end, all);
  }

 private:
  Address fp() const noexcept { return fp_at_ == 0 ? fp_ : load_word(fp_at_); }

  unsigned replay_without_fp(const WalkMemory& memory, unsigned begin, unsigned end, bool all) noexcept {
    const auto difference = [&memory](unsigned i) {
      return load_return_address(memory.places.slots[i]) ^ memory.return_addresses[i];
    };
    // Where a frame is as it was, its caller's slot lies on this stack; those behind need not, until it is known to be as
    // it was, too. Four at a time, then, only where they share the first one's page.
    constexpr Address kPage = 4096;
    unsigned at = begin + 1;
    while (at + 4 <= end && (memory.places.slots[at] ^ memory.places.slots[at + 3]) < kPage &&
           (difference(at) | difference(at + 1) | difference(at + 2) | difference(at + 3)) == 0) {
      at += 4;
    }
    while (at < end && difference(at) == 0) ++at;
    if (at == end) --at;
    place_ = memory.places[at];
    return_address_ = load_return_address(place_.slot);
    if (all && at + 1 == end && return_address_ == memory.return_addresses[at]) return at;
    for (unsigned i = at; i-- > begin;) {
      if (memory.saved[i] == 0) continue;
      fp_at_ = memory.saved[i];
      break;
    }
    return at;
  }

  unsigned replay_with_fp(const WalkMemory& memory, unsigned at, unsigned end) noexcept {
    while (at + 1 < end) {
      if (memory.fp[at] != 0 && memory.fp[at] != fp()) break;
      if (memory.saved[at] != 0) fp_at_ = memory.saved[at];
      place_ = memory.places[++at];
      return_address_ = load_return_address(place_.slot);
      if (return_address_ != memory.return_addresses[at]) break;
    }
    return at;
  }

  bool lies_above(const FramePlace& place) const noexcept {
    return place.sp() > place_.sp() && place.slot >= place_.sp() && place.sp() % 8 == 0;
  }

  // False where there can be none.
  bool find_by(const FrameRule& rule, Fact& fact, FramePlace& caller) noexcept {
    Address cfa = place_.sp();
    if (rule.cfa != FrameRule::Cfa::sp || rule.fp == FrameRule::Fp::at_fp) {
      fact.fp = fp();
      if (fact.fp < place_.slot || fact.fp % 8 != 0) return false;
      if (rule.cfa != FrameRule::Cfa::sp) cfa = fact.fp;
    }
    const auto by = [](Address address, std::int32_t offset) {
      return address + static_cast<Address>(std::int64_t{offset});
    };
    cfa = by(cfa, rule.cfa_offset);
    if (rule.cfa == FrameRule::Cfa::at_fp) cfa = load_word(cfa);
    caller = place_of(cfa, rule);
    if (!lies_above(caller)) return false;
    if (rule.fp == FrameRule::Fp::at_cfa) fact.saved = by(cfa, rule.fp_offset);
    if (rule.fp == FrameRule::Fp::at_fp) fact.saved = fact.fp;
    if (rule.cfa == FrameRule::Cfa::at_fp) fact.fp = kNotReplayed;
    return true;
  }

  Address return_address_;
  FramePlace place_;
  Address fp_;
  Address fp_at_ = 0;  // 0: nobody has saved it
};

// What a walk finds by rules, innermost first.
struct FreshFrames {
  unsigned count = 0;
  std::uint64_t return_addresses[kFrames];
  Fact facts[kFrames];
};

// Moves the old frames from `first` on that are wanted to the end, where there is room in front of them for more
// than one walk's fresh ones. Returns where the first of them is now.
unsigned make_room(WalkMemory& memory, unsigned first, unsigned wanted, bool& whole) noexcept {
  const unsigned left = kFrames - first;
  const unsigned kept = left < wanted ? left : wanted;
  if (kept < left) whole = false;
  const auto move = [&](auto* of_frames) {
    std::memmove(of_frames + kFrames - kept, of_frames + first, kept * sizeof *of_frames);
  };
  move(memory.return_addresses);
  memory.places.move(kFrames - kept, first, kept);
  move(memory.fp);
  move(memory.saved);
  move(memory.hashes);
  move(memory.ids);
  move(memory.asks);
  return kFrames - kept;
}

// Puts the fresh frames in front of the old ones from `first` on.
__attribute__((noinline)) void put_in_front(WalkMemory& memory, const FreshFrames& fresh, unsigned first, bool whole,
                                            unsigned limit) noexcept {
  if (first < fresh.count) first = make_room(memory, first, limit - fresh.count, whole);
  std::uint64_t hash = first < kFrames ? memory.hashes[first] : memory.epoch + 1;
  bool asks = first < kFrames && memory.asks[first];
  for (unsigned i = fresh.count; i-- > 0;) {
    --first;
    const Fact& fact = fresh.facts[i];
    hash = (hash ^ fresh.return_addresses[i]) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
    asks = asks || fact.fp != 0;
    memory.hashes[first] = hash;
    memory.return_addresses[first] = fresh.return_addresses[i];
    memory.places.set(first, fact.place);
    memory.fp[first] = fact.fp;
    memory.saved[first] = fact.saved;
    memory.ids[first] = StackId::none;
    memory.asks[first] = asks;
  }
  memory.count = kFrames - first;
  memory.whole = whole;
}

// One walk with memory: the frames that were walked by rules, until the rest is what the memory has.
class RememberedWalk {
 public:
  RememberedWalk(const FrameState& innermost, WalkMemory& memory, unsigned limit) noexcept
      : walk_(innermost), memory_(memory), limit_(limit), next_(kFrames - memory.count) {}

  // False where a frame is unusual. `fresh` is empty, and not part of this for the sake of speed: this is kept in
  // registers.
  bool run(FreshFrames& fresh) noexcept {
    while (true) {
      while (next_ < kFrames && memory_.places.slots[next_] < walk_.place().slot) ++next_;
      if (next_ < kFrames && is_known() && follow_memory(fresh)) return true;
      if (walk_.return_address() == 0) {  // where another was when the memory was made
        keep(fresh, kFrames, false);
        return true;
      }
      const unsigned n = fresh.count++;
      fresh.return_addresses[n] = walk_.return_address();
      const Walk::Step step = walk_.step(fresh.facts[n]);
      if (step == Walk::Step::unusual) return false;
      if (step != Walk::Step::taken || fresh.count == limit_) {
        keep(fresh, kFrames, step == Walk::Step::outermost);
        return true;
      }
    }
  }

 private:
  bool is_known() const noexcept {
    return memory_.places.is(next_, walk_.place()) &&
           memory_.return_addresses[next_] == walk_.return_address();
  }

  // True when that was all. Else the walk stands at a frame whose caller must be found by its rule.
  bool follow_memory(FreshFrames& fresh) noexcept {
    const unsigned begin = next_;
    const unsigned wanted = limit_ - fresh.count;
    const bool enough = kFrames - begin >= wanted;
    const unsigned end = enough ? begin + wanted : kFrames;
    const bool all = enough || memory_.whole;
    const unsigned at = walk_.replay(memory_, begin, end, all);
    if (all && at + 1 == end && memory_.return_addresses[at] == walk_.return_address()) {
      keep(fresh, begin, memory_.whole);
      return true;
    }
    for (unsigned i = begin; i < at; ++i) {
      fresh.return_addresses[fresh.count] = memory_.return_addresses[i];
      fresh.facts[fresh.count++] = {memory_.places[i], memory_.fp[i], memory_.saved[i]};
    }
    next_ = at;
    return false;
  }

  // Remembers the fresh frames, and of the old ones those from `first` on.
  void keep(const FreshFrames& fresh, unsigned first, bool whole) noexcept {
    if (fresh.count != 0) return put_in_front(memory_, fresh, first, whole, limit_);
    memory_.count = kFrames - first;
    memory_.whole = whole;
  }

  Walk walk_;
  WalkMemory& memory_;
  const unsigned limit_;
  unsigned next_;  // of the memory's frames: the first that may be one of those ahead
};

}  // namespace

WalkedStack walk_stack(const FrameState& innermost, WalkMemory& memory, unsigned most) noexcept {
  const std::uint64_t epoch = g_code_epoch.load(std::memory_order_acquire);
  if (__builtin_expect(memory.epoch != epoch, 0)) {
    memory.count = 0;
    memory.epoch = epoch;
  }
  FreshFrames fresh;
  if (!RememberedWalk(innermost, memory, most + kOwnFrames).run(fresh)) return {{nullptr, 0}, 0, nullptr};
  unsigned first = kFrames - memory.count;
  const unsigned checked = most + kOwnFrames < memory.count ? first + most + kOwnFrames : kFrames;
  while (first < checked && in_own_module(memory.return_addresses[first])) ++first;
  const unsigned found = checked - first;
  if (found == 0) return {{nullptr, 0}, 0, nullptr};
  return {{memory.return_addresses + first, found < most ? found : most}, memory.hashes[first], &memory.ids[first]};
}

unsigned walk_stack(const FrameState& innermost, std::uint64_t* out, unsigned most) noexcept {
  Walk walk(innermost);
  for (unsigned n = 0;;) {
    if (n != 0 || !in_own_module(walk.return_address())) out[n++] = walk.return_address();
    if (n == most) return n;
    Fact fact;
    switch (walk.step(fact)) {
      case Walk::Step::taken: break;
      case Walk::Step::ended:
      case Walk::Step::outermost: return n;
      case Walk::Step::unusual: return 0;
    }
  }
}

}  // namespace gordian::rt
