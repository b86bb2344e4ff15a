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
        rbp_(innermost.rbp),
        rbp_at_(reinterpret_cast<Address>(&rbp_)) {}
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  Address return_address() const noexcept { return return_address_; }
  Address slot() const noexcept { return sp_ - 8; }

  // ended: there is no return address, or none in any code, now; outermost: there never is one.
  enum class Step { taken, ended, outermost, unusual };
  // Goes to the caller, and notes in `fact` how.
  Step step(Fact& fact) noexcept {
    const PackedRule rule = rule_of(return_address_);
    const PackedRule kind = rule & kKindMask;
    fact = {slot(), 0, 0};
    Address cfa = 0;
    if (__builtin_expect(kind != kNamed, 1)) {
      cfa = sp_ + (rule & ~kKindMask);
      if (kind != 0) fact.saved = cfa - 8 - 8 * kind;
    } else if (name_of(rule) == kFramePointer) {
      fact.rbp = load_word(rbp_at_);
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
  // where it stands, whose caller it does not know, or whose return address is another by now.
  unsigned replay(const WalkMemory& memory, unsigned at, unsigned end) noexcept {
    return memory.asks[at] ? replay_with_rbp(memory, at, end) : replay_without_rbp(memory, at, end);
  }

 private:
  unsigned replay_without_rbp(const WalkMemory& memory, unsigned begin, unsigned end) noexcept {
    unsigned at = begin;
    Address return_address = return_address_;
    while (at + 1 < end) {
      return_address = load_word(memory.slots[++at]);
      if (return_address != memory.return_addresses[at]) break;
    }
    for (unsigned i = at; i-- > begin;) {  // only where rules go on it matters, and the end is near
      if (memory.saved[i] == 0) continue;
      rbp_at_ = memory.saved[i];
      break;
    }
    sp_ = memory.slots[at] + 8;
    return_address_ = return_address;
    return at;
  }

  unsigned replay_with_rbp(const WalkMemory& memory, unsigned at, unsigned end) noexcept {
    // In registers: for all the compiler knows, what is read could be this object.
    Address rbp_at = rbp_at_;
    Address slot = this->slot();
    Address return_address = return_address_;
    while (at + 1 < end) {
      if (memory.rbp[at] != 0 && memory.rbp[at] != load_word(rbp_at)) break;
      if (memory.saved[at] != 0) rbp_at = memory.saved[at];
      slot = memory.slots[++at];
      return_address = load_word(slot);
      if (return_address != memory.return_addresses[at]) break;
    }
    rbp_at_ = rbp_at;
    sp_ = slot + 8;
    return_address_ = return_address;
    return at;
  }

  bool lies_above(Address cfa) const noexcept { return cfa > sp_ && cfa % 8 == 0; }

  // The CFA; 0 where it cannot be one.
  Address by(const FrameRule& rule, Fact& fact) noexcept {
    Address cfa = sp_;
    if (rule.cfa != FrameRule::Cfa::rsp || rule.rbp == FrameRule::Rbp::at_rbp) {
      fact.rbp = load_word(rbp_at_);
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
  Address rbp_at_;
};

// One walk with memory: the frames that were walked by rules, until the rest is what the memory has.
class RememberedWalk {
 public:
  RememberedWalk(const FrameState& innermost, WalkMemory& memory, unsigned limit) noexcept
      : walk_(innermost), memory_(memory), limit_(limit), next_(kFrames - memory.count) {}

  // False where a frame is unusual.
  bool run() noexcept {
    while (true) {
      while (next_ < kFrames && memory_.slots[next_] < walk_.slot()) ++next_;
      if (next_ < kFrames && is_known() && follow_memory()) return true;
      if (walk_.return_address() == 0) {  // where another was when the memory was made
        keep(kFrames, false);
        return true;
      }
      const unsigned n = fresh_count_++;
      fresh_addresses_[n] = walk_.return_address();
      const Walk::Step step = walk_.step(fresh_[n]);
      if (step == Walk::Step::unusual) return false;
      if (step != Walk::Step::taken || fresh_count_ == limit_) {
        keep(kFrames, step == Walk::Step::outermost);
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
  bool follow_memory() noexcept {
    const unsigned begin = next_;
    const unsigned wanted = limit_ - fresh_count_;
    const bool enough = kFrames - begin >= wanted;
    const unsigned end = enough ? begin + wanted : kFrames;
    const unsigned at = walk_.replay(memory_, begin, end);
    const bool is_last = at + 1 == end && memory_.return_addresses[at] == walk_.return_address();
    if (is_last && (enough || memory_.whole)) {
      keep(begin, memory_.whole);
      return true;
    }
    for (unsigned i = begin; i < at; ++i) {
      fresh_addresses_[fresh_count_] = memory_.return_addresses[i];
      fresh_[fresh_count_++] = {memory_.slots[i], memory_.rbp[i], memory_.saved[i]};
    }
    next_ = at;
    return false;
  }

  // Remembers the fresh frames, and of the old ones those from `first` on.
  void keep(unsigned first, bool whole) noexcept {
    if (first < fresh_count_) first = make_room(first, whole);
    std::uint64_t hash = first < kFrames ? memory_.hashes[first] : memory_.epoch + 1;
    bool asks = first < kFrames && memory_.asks[first];
    for (unsigned i = fresh_count_; i-- > 0;) {
      --first;
      hash = (hash ^ fresh_addresses_[i]) * 0xff51afd7ed558ccdu;
      hash ^= hash >> 32;
      memory_.hashes[first] = hash;
      memory_.return_addresses[first] = fresh_addresses_[i];
      memory_.slots[first] = fresh_[i].slot;
      memory_.rbp[first] = fresh_[i].rbp;
      memory_.saved[first] = fresh_[i].saved;
      asks = asks || fresh_[i].rbp != 0;
      memory_.asks[first] = asks;
    }
    memory_.count = kFrames - first;
    memory_.whole = whole;
  }

  // Moves the old ones from `first` on that are wanted to the end, where there is room in front of them for more
  // than one walk's fresh ones.
  unsigned make_room(unsigned first, bool& whole) noexcept {
    const unsigned wanted = limit_ - fresh_count_;
    const unsigned left = kFrames - first;
    const unsigned kept = left < wanted ? left : wanted;
    if (kept < left) whole = false;
    const auto move = [&](auto* of_frames) {
      std::memmove(of_frames + kFrames - kept, of_frames + first, kept * sizeof *of_frames);
    };
    move(memory_.return_addresses);
    move(memory_.slots);
    move(memory_.rbp);
    move(memory_.saved);
    move(memory_.hashes);
    move(memory_.asks);
    return kFrames - kept;
  }

  Walk walk_;
  WalkMemory& memory_;
  const unsigned limit_;
  unsigned next_;  // of the memory's frames: the first that may be one of those ahead
  unsigned fresh_count_ = 0;
  std::uint64_t fresh_addresses_[kFrames];
  Fact fresh_[kFrames];
};

}  // namespace

WalkedStack walk_stack(const FrameState& innermost, WalkMemory& memory, unsigned most) noexcept {
  const std::uint64_t epoch = g_code_epoch.load(std::memory_order_acquire);
  if (__builtin_expect(memory.epoch != epoch, 0)) {
    memory.count = 0;
    memory.epoch = epoch;
  }
  RememberedWalk walk(innermost, memory, most + kOwnFrames);
  if (!walk.run()) return {{nullptr, 0}, 0};
  unsigned first = kFrames - memory.count;
  const unsigned checked = most + kOwnFrames < memory.count ? first + most + kOwnFrames : kFrames;
  while (first < checked && in_own_module(memory.return_addresses[first])) ++first;
  const unsigned found = checked - first;
  if (found == 0) return {{nullptr, 0}, 0};
  return {{memory.return_addresses + first, found < most ? found : most}, memory.hashes[first]};
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
