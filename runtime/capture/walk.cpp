// walk.cpp - see walk.h.
//
// rbp is followed as the address where the frame's value of it is saved, and read only where a frame is described
// by it. A frame lies above its callee's: a rule that says otherwise is not believed.
#include "capture/walk.h"

#include "capture/rule_cache.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

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

  enum class Step { taken, outermost, unusual };
  Step step() noexcept {
    const PackedRule rule = rule_of(return_address_);
    const PackedRule kind = rule & kKindMask;
    Address cfa = 0;
    if (__builtin_expect(kind != kNamed, 1)) {
      cfa = sp_ + (rule & ~kKindMask);
      if (kind != 0) rbp_at_ = cfa - 8 - 8 * kind;
    } else if (name_of(rule) == kFramePointer) {
      cfa = load_word(rbp_at_) + 16;
      if (!lies_above(cfa)) return Step::unusual;
      rbp_at_ = cfa - 16;
    } else if (name_of(rule) == kOutermost) {
      return Step::outermost;
    } else {
      cfa = name_of(rule) >= kFirstRow ? by(rule_in_row(name_of(rule))) : 0;
      if (cfa == 0) return Step::unusual;
    }
    sp_ = cfa;
    return_address_ = load_word(cfa - 8);
    return return_address_ != 0 ? Step::taken : Step::outermost;
  }

 private:
  bool lies_above(Address cfa) const noexcept { return cfa > sp_ && cfa % 8 == 0; }

  // The CFA; 0 where it cannot be one.
  Address by(const FrameRule& rule) noexcept {
    Address cfa = sp_;
    if (rule.cfa != FrameRule::Cfa::rsp || rule.rbp == FrameRule::Rbp::at_rbp) {
      const Address rbp = load_word(rbp_at_);
      if (rbp < sp_ - 8 || rbp % 8 != 0) return 0;
      if (rule.cfa != FrameRule::Cfa::rsp) cfa = rbp;
    }
    cfa += static_cast<Address>(std::int64_t{rule.cfa_offset});
    if (rule.cfa == FrameRule::Cfa::at_rbp) cfa = load_word(cfa);
    if (!lies_above(cfa)) return 0;
    if (rule.rbp == FrameRule::Rbp::at_cfa) rbp_at_ = cfa + static_cast<Address>(std::int64_t{rule.rbp_offset});
    if (rule.rbp == FrameRule::Rbp::at_rbp) rbp_at_ = load_word(rbp_at_);
    return cfa;
  }

  Address return_address_;
  Address sp_;
  Address rbp_;
  Address rbp_at_;
};

}  // namespace

unsigned walk_stack(const FrameState& innermost, std::uint64_t* out, unsigned most) noexcept {
  Walk walk(innermost);
  for (unsigned n = 0;;) {
    if (n != 0 || !in_own_module(walk.return_address())) out[n++] = walk.return_address();
    if (n == most) return n;
    switch (walk.step()) {
      case Walk::Step::taken: break;
      case Walk::Step::outermost: return n;
      case Walk::Step::unusual: return 0;
    }
  }
}

}  // namespace gordian::rt
