// scope.cpp - see scope.h.
#include "start/scope.h"

#include <new>

#include "base/spin_lock.h"
#include "start/state.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Lives for the whole process, like the tables: a scope may end while static data is destroyed.
alignas(PageArray<char>) constinit char g_text_storage[sizeof(PageArray<char>)] = {};
PageArray<char>& text() noexcept { return *reinterpret_cast<PageArray<char>*>(g_text_storage); }

bool contains(const PageArray<Address>& sorted, Address at) noexcept {
  std::size_t low = 0;
  std::size_t high = sorted.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (sorted[middle] < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < sorted.size() && sorted[low] == at;
}

// What the scope has left is of the one around it; what was told of, of none.
void close_scope(unsigned level, const PageArray<Address>& told) noexcept {
  for_each_block([&](Address start, std::uint64_t, std::uint32_t entry) {
    if (scope_level(entry) == kTold || scope_level(entry) < level) return;
    set_scope_level(start, entry, contains(told, start) ? kTold : level - 1);
  });
}

}  // namespace

unsigned begin_scope() noexcept {
  if (!tracking()) return 0;
  switch_on(kScopes);
  std::uint32_t around = g_live.scope.load(std::memory_order_relaxed);
  do {
    if (around == kDeepestScope * kScopeUnit) return 0;
  } while (!g_live.scope.compare_exchange_weak(around, around + kScopeUnit, std::memory_order_relaxed));
  return around / kScopeUnit + 1;
}

Verdict end_scope(unsigned level, bool framework_calls) noexcept {
  const std::uint32_t open = g_live.scope.load(std::memory_order_relaxed);
  text().clear();
  if (level == 0 || level * kScopeUnit > open) return Verdict::clean;
  PageArray<Address> recorded;
  const Verdict verdict = run_check({snapshot::kNoExitStatus, level, framework_calls, &text(), &recorded});
  if (verdict != Verdict::failed) recorded.clear();
  // First, so that nothing more is made in it.
  g_live.scope.store((level - 1) * kScopeUnit, std::memory_order_relaxed);
  close_scope(level, recorded);
  text().push('\0');
  return verdict;
}

const char* scope_text() noexcept { return text().size() != 0 && !text().failed() ? text().data() : ""; }

}  // namespace gordian::rt
