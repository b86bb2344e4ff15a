// frame_rules_test.cpp - capture/eh_frame.h and capture/rule_cache.h, on code that is described by hand
// (described_code.cpp) and on all code of the C and C++ libraries.
#include <link.h>

#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "capture/eh_frame.h"
#include "capture/rule_cache.h"
#include "catch.h"

using namespace gordian::rt;

extern "C" const char frame_at_entry[], frame_pushed[], frame_restored[], frame_remembered[], frame_large[],
    frame_pointer[], frame_saved_deep[], frame_saved_far[], frame_without_rbp[], frame_rbp_undefined[],
    frame_aligned[], frame_outermost[], frame_of_signal[], frame_by_rbx[], frame_moved_return[], frame_moved_stack[],
    frame_after_last[], frame_undescribed[], frame_of_sigreturn[];

namespace {

using Cfa = FrameRule::Cfa;
using Rbp = FrameRule::Rbp;

bool same(const FrameRule& a, const FrameRule& b) {
  const bool rbp = a.rbp == b.rbp && (a.rbp != Rbp::at_cfa || a.rbp_offset == b.rbp_offset);
  return a.cfa == b.cfa && a.cfa_offset == b.cfa_offset && rbp;
}

// What a packed rule says.
std::pair<FrameKind, FrameRule> unpack(PackedRule packed) {
  const auto kind = static_cast<std::int32_t>(packed & kKindMask);
  const auto offset = static_cast<std::int32_t>(packed & ~kKindMask);
  if (kind == 0) return {FrameKind::usual, {Cfa::rsp, Rbp::same, offset, 0}};
  if (kind != kNamed) return {FrameKind::usual, {Cfa::rsp, Rbp::at_cfa, offset, -8 - 8 * kind}};
  switch (name_of(packed)) {
    case kFramePointer: return {FrameKind::usual, {Cfa::rbp, Rbp::at_cfa, 16, -16}};
    case kOutermost: return {FrameKind::outermost, {}};
    case kUnusual: return {FrameKind::unusual, {}};
    case kNowhere: return {FrameKind::nowhere, {}};
    default: return {FrameKind::usual, rule_in_row(name_of(packed))};
  }
}

// The rule at a label, read from the tables; asked twice of the cache, it says the same.
std::pair<FrameKind, FrameRule> rule_at(const char* label) {
  const auto at = reinterpret_cast<Address>(label);
  FrameRule rule;
  const FrameKind kind = find_frame_rule(at, rule);
  for (int i = 0; i < 2; ++i) {
    const auto [cached_kind, cached] = unpack(rule_of(at));
    CHECK(cached_kind == kind);
    if (kind == FrameKind::usual) CHECK(same(cached, rule));
  }
  return {kind, rule};
}

void check_usual(const char* label, const FrameRule& expected) {
  const auto [kind, rule] = rule_at(label);
  CHECK(kind == FrameKind::usual);
  CHECK(same(rule, expected));
}

// Calls visit(low, high) for the code of each library of the process but the program itself.
template <class Visit>
void for_each_library(Visit&& visit) {
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* argument) {
        if (info->dlpi_name == nullptr || *info->dlpi_name == '\0') return 0;
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& header = info->dlpi_phdr[i];
          if (header.p_type != PT_LOAD || (header.p_flags & PF_X) == 0) continue;
          const Address low = info->dlpi_addr + header.p_vaddr;
          (*static_cast<std::remove_reference_t<Visit>*>(argument))(low, low + header.p_memsz);
        }
        return 0;
      },
      &visit);
}

}  // namespace

TEST_CASE("the rule of a place is that of the instruction before it") {
  check_usual(frame_at_entry, {Cfa::rsp, Rbp::same, 8, 0});
  check_usual(frame_pushed, {Cfa::rsp, Rbp::at_cfa, 48, -16});
  check_usual(frame_restored, {Cfa::rsp, Rbp::same, 8, 0});
  check_usual(frame_remembered, {Cfa::rsp, Rbp::at_cfa, 48, -16});
  check_usual(frame_after_last, {Cfa::rsp, Rbp::same, 32, 0});  // a call that does not return ends its function
}

TEST_CASE("frames larger than a packed rule holds, and rbp saved wherever") {
  check_usual(frame_large, {Cfa::rsp, Rbp::at_cfa, 0x40030, -16});
  check_usual(frame_saved_deep, {Cfa::rsp, Rbp::at_cfa, 64, -56});
  check_usual(frame_saved_far, {Cfa::rsp, Rbp::at_cfa, 64, -64});
  check_usual(frame_without_rbp, {Cfa::rsp, Rbp::same, 64, 0});
  check_usual(frame_rbp_undefined, {Cfa::rsp, Rbp::same, 64, 0});
}

TEST_CASE("frames found by rbp, with an aligned stack too") {
  check_usual(frame_pointer, {Cfa::rbp, Rbp::at_cfa, 16, -16});
  check_usual(frame_aligned, {Cfa::at_rbp, Rbp::at_rbp, -8, 0});
}

TEST_CASE("what ends the stack, and what is left to the C++ runtime") {
  CHECK(rule_at(frame_outermost).first == FrameKind::outermost);
  CHECK(rule_at(frame_undescribed).first == FrameKind::outermost);
  CHECK(rule_at(frame_of_sigreturn).first == FrameKind::unusual);
  CHECK(rule_at(frame_of_signal).first == FrameKind::unusual);
  CHECK(rule_at(frame_by_rbx).first == FrameKind::unusual);
  CHECK(rule_at(frame_moved_return).first == FrameKind::unusual);
  FrameRule rule;
  CHECK(rule_at(frame_moved_stack).first == FrameKind::unusual);
  CHECK(find_frame_rule(16, rule) == FrameKind::nowhere);
  CHECK(find_frame_rule(reinterpret_cast<Address>(&rule), rule) == FrameKind::nowhere);
  CHECK(unpack(find_rule(16)).first == FrameKind::nowhere);
  CHECK(unpack(find_rule(~Address{0})).first == FrameKind::nowhere);
}

TEST_CASE("the cache says what the tables say, of hundreds of thousands of places and by several threads") {
  std::vector<Address> places;
  for_each_library([&](Address low, Address high) {
    for (Address at = low + 5; at < high && places.size() < 250'000; at += 11) places.push_back(at);
  });
  REQUIRE(places.size() > 100'000);
  std::atomic<std::size_t> wrong{0}, usual{0};
  const auto check = [&] {
    for (const Address at : places) {
      FrameRule rule;
      const FrameKind kind = find_frame_rule(at, rule);
      const auto [cached_kind, cached] = unpack(rule_of(at));
      const bool right = cached_kind == kind && (kind != FrameKind::usual || same(cached, rule));
      wrong += !right;
      usual += kind == FrameKind::usual;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(check);
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(usual > places.size());  // of four times as many
  CHECK(rules_bytes() == (std::size_t{2} << 20) - (std::size_t{8} << 10));  // 1 MiB, and all that it outgrew
}

TEST_CASE("while code goes nothing is kept, and afterwards all is read anew") {
  const auto at = reinterpret_cast<Address>(&frame_pushed);
  const auto is_kept = [&] {
    const RuleCache* cache = g_rules.load();
    if (cache == nullptr || cache->epoch != g_code_epoch) return false;
    for (std::size_t i = 0; i <= cache->mask; ++i) {
      if (cache->entries[i] >> kRuleBits == at) return true;
    }
    return false;
  };
  rule_of(at);
  CHECK(is_kept());
  {
    const CodeGoes one;
    check_usual(frame_pushed, {Cfa::rsp, Rbp::at_cfa, 48, -16});
    CHECK_FALSE(is_kept());
    const CodeGoes other;
    rule_of(at);
    CHECK_FALSE(is_kept());
  }
  CHECK_FALSE(is_kept());
  rule_of(at);
  CHECK(is_kept());
  g_code_epoch.fetch_add(1);  // a thread of the parent's that was in dlclose()
  note_forked_code();
  CHECK_FALSE(is_kept());
  rule_of(at);
  CHECK(is_kept());
}
