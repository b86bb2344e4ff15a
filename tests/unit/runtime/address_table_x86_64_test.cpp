// address_table_x86_64_test.cpp - tables/address_table.h, while a thread is in the middle of adding to it: the processor stops it behind each
// instruction (the trap flag).
#include <signal.h>
#include <ucontext.h>

#include <memory>

#include "catch.h"
#include "tables/address_table.h"

using gordian::rt::Address;
using gordian::rt::AddressTable;

namespace {

using Table = AddressTable<std::uint64_t>;

constexpr Address kBase = 0x7f1200000000;
constexpr Address kRegion = Address{1} << 26;
constexpr long long kTrapFlag = 0x100;

Table* g_table = nullptr;
Address g_at = 0;        // what another thread notes meanwhile
long g_steps_left = 0;   // until then
bool g_is_seen = false;  // by who looks at that moment

void on_step(int, siginfo_t*, void* context) {
  if (g_steps_left-- > 0) return;
  static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_EFL] &= ~kTrapFlag;
  g_table->set(g_at, 2);
  g_table->for_each([](Address at, std::uint64_t entry) { g_is_seen = g_is_seen || (at == g_at && entry == 2); });
}

__attribute__((noinline)) void set_stepped(Address at) {
  asm volatile("sub $128, %%rsp; pushfq; orq $256, (%%rsp); popfq; add $128, %%rsp" ::: "memory", "cc");
  g_table->set(at, 1);
  asm volatile("sub $128, %%rsp; pushfq; andq $~256, (%%rsp); popfq; add $128, %%rsp" ::: "memory", "cc");
}

}  // namespace

TEST_CASE("what a thread notes is seen at once, wherever another is that adds the same part of the table") {
  const auto table = std::make_unique<Table>();  // on the heap: its top level is 16 MiB
  g_table = table.get();
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_sigaction = on_step;
  action.sa_flags = SA_SIGINFO;
  REQUIRE(sigaction(SIGTRAP, &action, &before) == 0);
  constexpr long kMost = 10000;
  long steps = 0;
  bool interrupted = true;
  for (; interrupted && steps < kMost; ++steps) {
    const Address region = kBase + static_cast<Address>(steps) * kRegion;
    g_at = region + 64;
    g_steps_left = steps;
    g_is_seen = false;
    set_stepped(region);
    interrupted = g_steps_left < 0;
    if (interrupted && !g_is_seen) FAIL("after instruction " << steps);
    if (table->get(region) != 1) FAIL("after instruction " << steps);
  }
  sigaction(SIGTRAP, &before, nullptr);
  CHECK(steps > 20);
  CHECK(steps < kMost);
  long entries = 0;
  Address last = 0;
  table->for_each([&](Address at, std::uint64_t) {
    if (at <= last) FAIL("not in order");
    last = at;
    ++entries;
  });
  CHECK(entries == 2 * steps - 1);  // the last was not interrupted
}
