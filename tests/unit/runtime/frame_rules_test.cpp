// frame_rules_test.cpp - capture/eh_frame.h and capture/rule_cache.h, on all code of the C and C++ libraries. On code that is
// described by hand: frame_rules_x86_64_test.cpp, frame_rules_aarch64_test.cpp.
#include <link.h>

#include <thread>
#include <vector>

#include "described_frames.h"

using namespace gordian::rt;
using namespace gordian::test;

namespace {

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

__attribute__((noinline)) Address behind_call() { return reinterpret_cast<Address>(__builtin_return_address(0)); }

}  // namespace

TEST_CASE("what lies in no module has no rule") {
  FrameRule rule;
  CHECK(find_frame_rule(16, rule) == FrameKind::nowhere);
  CHECK(find_frame_rule(reinterpret_cast<Address>(&rule), rule) == FrameKind::nowhere);
  CHECK(unpack(find_rule(16)).first == FrameKind::nowhere);
  CHECK(unpack(find_rule(~Address{0})).first == FrameKind::nowhere);
}

TEST_CASE("the cache says what the tables say, of hundreds of thousands of places and by several threads") {
  std::vector<Address> places;
  for_each_library([&](Address low, Address high) {
    constexpr Address kStep = kCodeAlignBits == 0 ? 11 : 3 << kCodeAlignBits;
    for (Address at = low + kStep; at < high && places.size() < 250'000; at += kStep) places.push_back(at);
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
  const Address at = behind_call();
  const auto is_kept = [&] {
    const RuleCache* cache = g_rules.load();
    if (cache == nullptr || cache->epoch != g_code_epoch) return false;
    for (std::size_t i = 0; i <= cache->mask; ++i) {
      if (cache->entries[i] >> kRuleBits == code_key(at)) return true;
    }
    return false;
  };
  rule_of(at);
  CHECK(is_kept());
  {
    const CodeGoes one;
    CHECK(unpack(rule_of(at)).first == FrameKind::usual);
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
