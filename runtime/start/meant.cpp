// meant.cpp - see meant.h. That a block is accepted its own entry says, and goes with it; the reasons are beside, and a
// block that comes to the place of another has none until somebody gives one.
#include "start/meant.h"

#include <string.h>

#include "tables/live.h"

namespace gordian::rt {
namespace {

// Lives for the whole process, like the tables.
alignas(Reasons) constinit char g_storage[sizeof(Reasons)] = {};

// The offset of a copy; the last one is used again where it is the same.
std::uint32_t add_text(const char* reason) noexcept {
  auto& text = reasons().text;
  const std::size_t size = strlen(reason) + 1;
  const bool same = text.size() >= size && memcmp(&text[text.size() - size], reason, size) == 0 &&
                    (text.size() == size || text[text.size() - size - 1] == '\0');
  if (same) return static_cast<std::uint32_t>(text.size() - size);
  const std::size_t at = text.size();
  if (!text.resize(at + size)) return 0;
  memcpy(&text[at], reason, size);
  return static_cast<std::uint32_t>(at);
}

// A program that gives reasons for ever, of blocks that it frees, must not grow by them.
void drop_those_of_freed_blocks() noexcept {
  auto& rows = reasons().blocks;
  std::size_t kept = 0;
  for (const MeantBlock& row : rows) {
    if (is_marked_block(row.block, kIgnored)) rows[kept++] = row;
  }
  if (!rows.resize(kept)) return;
}

void note_reason(Address block, const char* reason) noexcept {
  auto& rows = reasons().blocks;
  if (reason == nullptr) reason = "";
  if (reason[0] == '\0' && rows.empty()) return;  // none that it would take back
  constexpr std::size_t kFew = 1024;
  const bool is_power_of_two = (rows.size() & (rows.size() - 1)) == 0;
  if (rows.size() >= kFew && is_power_of_two) drop_those_of_freed_blocks();
  rows.push({block, add_text(reason)});
}

}  // namespace

Reasons& reasons() noexcept { return *reinterpret_cast<Reasons*>(g_storage); }

void accept_block(Address object, const char* reason) noexcept {
  const Address block = find_block(object);
  if (block == 0 || !mark_block(block, kIgnored)) return;
  LockGuard guard(reasons().lock);
  note_reason(block, reason);
}

void accept_scope(unsigned level, const char* reason) noexcept {
  LockGuard guard(reasons().lock);
  for_each_block([&](Address start, std::uint64_t, std::uint32_t entry) {
    if (scope_level(entry) >= level && mark_block(start, kIgnored)) note_reason(start, reason);
  });
}

}  // namespace gordian::rt
