// api.cpp - the runtime's side of gordian/gordian.h.
#include "gordian/gordian.h"

#include "base/inside.h"
#include "base/require.h"
#include "hooks/track.h"
#include "scan/families.h"
#include "scan/roots.h"
#include "start/check.h"
#include "start/meant.h"
#include "start/scope.h"
#include "start/state.h"
#include "start/why_alive.h"
#include "tables/live.h"

#define GORDIAN_EXPORT extern "C" __attribute__((visibility("default")))

using namespace gordian::rt;

namespace {

int told(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::clean: return 0;
    case Verdict::failed: return 1;
    case Verdict::unknown: break;
  }
  return -1;
}

constexpr std::uint32_t kLargestWatch = 0x7fffffff;

// The block is a control block with a place for its object, as make_shared makes it, and the object in it is dead: a weak_ptr
// keeps the memory. Known of those that the shim has announced.
bool has_expired_in(Address block) noexcept {
  if (!packed_matches(g_live.objects.get(block), block) || g_live.counts.get(block) != 0) return false;
  return read_counts(family_at(FamilyRow::shim), block).use == 0;
}

}  // namespace

GORDIAN_EXPORT int gordian_runtime_check(void) noexcept {
  Inside inside;
  return told(run_check({gordian::snapshot::kNoExitStatus}));
}

GORDIAN_EXPORT int gordian_runtime_scope_begin(void) noexcept { return static_cast<int>(begin_scope()); }

GORDIAN_EXPORT int gordian_runtime_scope_end(int scope, int framework_calls) noexcept {
  Inside inside;
  return inside && scope > 0 ? told(end_scope(static_cast<unsigned>(scope), framework_calls != 0)) : 0;
}

GORDIAN_EXPORT void gordian_runtime_scope_leave(int scope) noexcept {
  Inside inside;
  if (inside && scope > 0) leave_scope(static_cast<unsigned>(scope));
}

GORDIAN_EXPORT const char* gordian_runtime_scope_text(void) noexcept { return scope_text(); }

GORDIAN_EXPORT void gordian_runtime_expect_leak(const void* object, const char* reason) noexcept {
  Inside inside;
  learn_mode();
  accept_block(reinterpret_cast<Address>(object), reason);
}

GORDIAN_EXPORT void gordian_runtime_scope_expect_leaks(int scope, const char* reason) noexcept {
  Inside inside;
  if (inside && scope > 0) end_scope_of_expected_leaks(static_cast<unsigned>(scope), reason);
}

GORDIAN_EXPORT const char* gordian_runtime_why_alive(const void* object) noexcept {
  Inside inside;
  return inside ? why_alive(reinterpret_cast<Address>(object)) : "";
}

GORDIAN_EXPORT int gordian_runtime_watch(const void* object) noexcept {
  Inside inside;
  return static_cast<int>(watch_block(reinterpret_cast<Address>(object)) & kLargestWatch);
}

GORDIAN_EXPORT int gordian_runtime_watched_alive(const void* object, int watch) noexcept {
  Inside inside;
  const auto at = reinterpret_cast<Address>(object);
  return watch > 0 && is_watched_block(at, static_cast<std::uint32_t>(watch)) && !has_expired_in(find_block(at)) ? 1 : 0;
}

GORDIAN_EXPORT void gordian_runtime_counted(const void* object, const void* count, size_t count_size) noexcept {
  const auto at = reinterpret_cast<Address>(count);
  // No count that can be read as one: then it stays a block like any other, and whoever points at it owns it.
  if ((count_size != 4 && count_size != 8) || at % count_size != 0 || !tracking()) return;
  add_counted(reinterpret_cast<Address>(object) & ~Address{7}, at, count_size == 8, capture_here());
}
GORDIAN_EXPORT void gordian_runtime_uncounted(const void* object) noexcept {
  if (tracking()) remove_counted(reinterpret_cast<Address>(object) & ~Address{7});
}

GORDIAN_EXPORT void gordian_runtime_add_root(const void* start, size_t size) noexcept {
  Inside inside;
  learn_mode();  // before a lock: in a child that nobody told of, a thread of the parent's may hold it
  const bool added = add_user_root(reinterpret_cast<Address>(start), size);
  GORDIAN_REQUIRE(added, );  // without that root its objects would be reported
}

GORDIAN_EXPORT void gordian_runtime_remove_root(const void* start) noexcept {
  Inside inside;
  learn_mode();
  remove_user_root(reinterpret_cast<Address>(start));
}
