// walk.cpp - see walk.h.
//
// rbp is followed as the address where the frame's value of it is saved, and read only where a frame is described
// by it. A frame lies above its callee's: a rule that says otherwise is not believed.
#include "capture/walk.h"

#include "capture/rule_cache.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

// What one step found out; see WalkMemory.
struct Fact {
  Address slot;
  Address rbp;
  Address saved;
};
constexpr unsigned kFrames = WalkMemory::kFrames;
constexpr Address kNotReplayed = 1;  // no value of rbp

class Walk {
 public:
  explicit Walk(const FrameState& innermost) noexcept
      : return_address_(innermost.return_address),
        sp_(innermost.sp),
        rbp_(innermost.rbp) {}
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  Address return_address() const noexcept { return return_address_; }
  Address slot() const noexcept { return sp_ - 8; }

  // ended: there is no return address, or none in any code, now; outermost: there never is one.
  enum class Step { taken, ended, outermost, unusual };
  // Goes to the caller, and notes in `fact` how.
  __attribute__((always_inline)) Step step(Fact& fact) noexcept {
    const PackedRule rule = rule_of(return_address_);
    const PackedRule kind = rule & kKindMask;
    fact = {slot(), 0, 0};
    Address cfa = 0;
    if (__builtin_expect(kind != kNamed, 1)) {
      cfa = sp_ + (rule & ~kKindMask);
      if (kind != 0) fact.saved = cfa - 8 - 8 * kind;
    } else if (name_of(rule) == kFramePointer) {
      fact.rbp = rbp();
      cfa = fact.rbp + 16;
      if (!lies_above(cfa)) return Step::unusual;
      fact.saved = fact.rbp;
    } else if (name_of(rule) == kOutermost) {
      return Step::outermost;
    } else if (name_of(rule) == kNowhere) {
      return Step::ended;
    } else {
      cfa = name_of(rule) >= kFirstRow ? by(rule_in_row(name_of(rule)), fact) : 0;
      if (cfa == 0) return Step::unusual;
    }
    if (fact.saved != 0) rbp_at_ = fact.saved;
    sp_ = cfa;
    return_address_ = load_word(cfa - 8);
    return return_address_ != 0 ? Step::taken : Step::ended;
  }

  // Goes on from frame to frame while those of `memory` from `at` on are this stack's, up to `end`. Returns the frame
  // where it stands, whose caller it does not know, or whose return address is another by now. `all`: nobody will
  // go on where that is the last.
  unsigned replay(const WalkMemory& memory, unsigned at, unsigned end, bool all) noexcept {
    return memory.asks[at] ? replay_with_rbp(memory, at, end) : replay_without_rbp(memory, at, end, all);
  }

 private:
  Address rbp() const noexcept { return rbp_at_ == 0 ? rbp_ : load_word(rbp_at_); }

  unsigned replay_without_rbp(const WalkMemory& memory, unsigned begin, unsigned end, bool all) noexcept {
    const auto difference = [&memory](unsigned i) { return load_word(memory.slots[i]) ^ memory.return_addresses[i]; };
    // Where a frame is as it was, its caller's slot lies on this stack; those behind need not, until it is known to be as
    // it was, too. Four at a time, then, only where they share the first one's page.
    constexpr Address kPage = 4096;
    unsigned at = begin + 1;
    while (at + 4 <= end && (memory.slots[at] ^ memory.slots[at + 3]) < kPage &&
           (difference(at) | difference(at + 1) | difference(at + 2) | difference(at + 3)) == 0) {
      at += 4;
    }
    while (at < end && difference(at) == 0) ++at;
    if (at == end) --at;
    sp_ = memory.slots[at] + 8;
    return_address_ = load_word(memory.slots[at]);
    if (all && at + 1 == end && return_address_ == memory.return_addresses[at]) return at;
    for (unsigned i = at; i-- > begin;) {
      if (memory.saved[i] == 0) continue;
      rbp_at_ = memory.saved[i];
      break;
    }
    return at;
  }

  unsigned replay_with_rbp(const WalkMemory& memory, unsigned at, unsigned end) noexcept {
    while (at + 1 < end) {
      if (memory.rbp[at] != 0 && memory.rbp[at] != rbp()) break;
      if (memory.saved[at] != 0) rbp_at_ = memory.saved[at];
      sp_ = memory.slots[++at] + 8;
      return_address_ = load_word(slot());
      if (return_address_ != memory.return_addresses[at]) break;
    }
    return at;
  }

  bool lies_above(Address cfa) const noexcept { return cfa > sp_ && cfa % 8 == 0; }

  // The CFA; 0 where it cannot be one.
  Address by(const FrameRule& rule, Fact& fact) noexcept {
    Address cfa = sp_;
    if (rule.cfa != FrameRule::Cfa::rsp || rule.rbp == FrameRule::Rbp::at_rbp) {
      fact.rbp = rbp();
      if (fact.rbp < sp_ - 8 || fact.rbp % 8 != 0) return 0;
      if (rule.cfa != FrameRule::Cfa::rsp) cfa = fact.rbp;
    }
    cfa += static_cast<Address>(std::int64_t{rule.cfa_offset});
    if (rule.cfa == FrameRule::Cfa::at_rbp) cfa = load_word(cfa);
    if (!lies_above(cfa)) return 0;
    if (rule.rbp == FrameRule::Rbp::at_cfa) fact.saved = cfa + static_cast<Address>(std::int64_t{rule.rbp_offset});
    if (rule.rbp == FrameRule::Rbp::at_rbp) fact.saved = fact.rbp;
    if (rule.cfa == FrameRule::Cfa::at_rbp) fact.rbp = kNotReplayed;
    return cfa;
  }

  Address return_address_;
  Address sp_;
  Address rbp_;
  Address rbp_at_ = 0;  // 0: nobody has saved it
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
  move(memory.slots);
  move(memory.rbp);
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
    asks = asks || fact.rbp != 0;
    memory.hashes[first] = hash;
    memory.return_addresses[first] = fresh.return_addresses[i];
    memory.slots[first] = fact.slot;
    memory.rbp[first] = fact.rbp;
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
      while (next_ < kFrames && memory_.slots[next_] < walk_.slot()) ++next_;
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
    return memory_.slots[next_] == walk_.slot() &&
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
      fresh.facts[fresh.count++] = {memory_.slots[i], memory_.rbp[i], memory_.saved[i]};
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
