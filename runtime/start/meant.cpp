// meant.cpp - see meant.h. That a block is accepted its own entry says, and goes with it. The reasons lie in a table of their own, by
// address: what is there of a block that was freed says nothing, for the next one is accepted by somebody who says why, or that
// there is no reason.
#include "start/meant.h"

#include <string.h>

#include "base/fork_wait.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Lives for the whole process, like the tables.
alignas(Reasons) constinit char g_storage[sizeof(Reasons)] = {};

// The offset of a copy of it; 0 where there is no memory. Of a few reasons, which most programs have, looking through all
// is quick.
std::uint32_t add_text(const char* reason) noexcept {
  auto& text = reasons().text;
  const std::size_t size = strlen(reason) + 1;
  for (std::size_t at = 1; at + size <= text.size(); at += strlen(&text[at]) + 1) {
    if (memcmp(&text[at], reason, size) == 0) return static_cast<std::uint32_t>(at);
  }
  const std::size_t at = text.empty() ? 1 : text.size();
  if (!text.resize(at + size)) return 0;
  memcpy(&text[at], reason, size);
  return static_cast<std::uint32_t>(at);
}

std::uint32_t offset_of(const char* reason) noexcept {
  if (reason == nullptr || reason[0] == '\0') return 0;
  const LockGuard guard(reasons().lock, waited_long_for_fork);
  return guard.is_locked() ? add_text(reason) : 0;
}

// Before the mark, so that a check that comes between finds no reason that is another block's.
void accept_for(Address block, std::uint32_t reason) noexcept {
  if (reason != 0 || reason_for(block) != 0) g_live.marks.set(behind(block), reason);
  mark_block(block, kIgnored);
}

}  // namespace

Reasons& reasons() noexcept { return *reinterpret_cast<Reasons*>(g_storage); }

std::uint32_t reason_for(Address block) noexcept { return g_live.marks.get(behind(block)); }

void accept_block(Address object, const char* reason) noexcept {
  const Address block = find_block(object);
  if (block != 0) accept_for(block, offset_of(reason));
}

void accept_scope(unsigned level, const char* reason) noexcept {
  const std::uint32_t offset = offset_of(reason);
  for_each_block([=](Address start, std::uint64_t, std::uint32_t entry) {
    if (scope_level(entry) >= level) accept_for(start, offset);
  });
}

}  // namespace gordian::rt
