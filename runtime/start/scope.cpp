// scope.cpp - see scope.h.
#include "start/scope.h"

#include "start/meant.h"
#include "start/state.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Lives for the whole process, like the tables: a scope may end while static data is destroyed.
alignas(PageArray<char>) constinit char g_text_storage[sizeof(PageArray<char>)] = {};
PageArray<char>& text() noexcept { return *reinterpret_cast<PageArray<char>*>(g_text_storage); }

// What the scope has left is of the one around it, or of none where it has failed: one message is enough.
void close_scope(unsigned level, bool failed) noexcept {
  const unsigned around = failed ? 0 : level - 1;
  for_each_block([=](Address start, std::uint64_t, std::uint32_t entry) {
    if (scope_level(entry) >= level) set_scope_level(start, entry, around);
  });
}

unsigned level_now() noexcept { return g_live.scope.load(std::memory_order_relaxed) / kScopeUnit; }

}  // namespace

void begin_scope_of_child() noexcept {
  if (scope_of_child() != 0) close_scope(kScopeOfChild, true);  // of its parent, a child, too
  switch_on(kScopes);
  g_live.scope.store(kScopeOfChild * kScopeUnit, std::memory_order_relaxed);
}
unsigned scope_of_child() noexcept { return level_now() == kScopeOfChild ? kScopeOfChild : 0; }

unsigned open_scopes() noexcept { return scope_of_child() != 0 ? 0 : level_now(); }

unsigned begin_scope() noexcept {
  if (!can_check()) return 0;
  switch_on(kScopes);
  std::uint32_t around = g_live.scope.load(std::memory_order_relaxed);
  do {
    if (around >= kDeepestScope * kScopeUnit) return 0;
  } while (!g_live.scope.compare_exchange_weak(around, around + kScopeUnit, std::memory_order_relaxed));
  return around / kScopeUnit + 1;
}

void leave_scope(unsigned level) noexcept {
  if (level == 0 || level > open_scopes()) return;
  g_live.scope.store((level - 1) * kScopeUnit, std::memory_order_relaxed);
  close_scope(level, false);
}

void end_scope_of_expected_leaks(unsigned level, const char* reason) noexcept {
  if (level == 0 || level > open_scopes()) return;
  accept_scope(level, reason);
  leave_scope(level);
}

Verdict end_scope(unsigned level, bool framework_calls) noexcept {
  text().clear();
  if (level == 0 || level > open_scopes()) return Verdict::clean;
  const Verdict verdict = run_check(
      {.exit_status = snapshot::kNoExitStatus, .scope = level, .framework_calls = framework_calls, .text = &text()});
  if (verdict != Verdict::failed) text().clear();
  // First, so that nothing more is made in it.
  g_live.scope.store((level - 1) * kScopeUnit, std::memory_order_relaxed);
  close_scope(level, verdict == Verdict::failed);
  text().push('\0');
  return verdict;
}

const char* scope_text() noexcept { return text().size() != 0 && !text().failed() ? text().data() : ""; }

}  // namespace gordian::rt
