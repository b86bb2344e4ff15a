// memory_map.cpp - see memory_map.h. Formats: proc(5), /proc/pid/maps and /proc/pid/smaps.
#include "process/memory_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/starts_with.h"
#include "process/whole_file.h"

namespace gordian::rt {
namespace {

// By what the kernel shows as its file: none, a name that the program gave it ("[anon:a/name]", PR_SET_VMA_ANON_NAME), or that
// of its huge pages.
bool is_anonymous(const char* columns, bool shared) noexcept {
  constexpr char kHugePages[] = "/anon_hugepage (deleted)";
  const char* name = columns + strcspn(columns, "/[");
  return *name != '/' || (!shared && strcmp(name, kHugePages) == 0);
}

}  // namespace

bool MemoryMap::read(const char* file) noexcept {
  if (!read_whole_file(file, text_)) return false;
  for (char* line = text_.data(); *line != '\0';) {
    char* end = strchr(line, '\n');
    if (end == nullptr) break;
    *end = '\0';
    parse_line(line);
    line = end + 1;
  }
  return !mappings_.failed() && !mappings_.empty();
}

// "55d0c000-55d0e000 rw-p 00000000 00:00 0     [heap]", and with flags lines like "VmFlags: rd wr mr mw me um " behind it: of a
// userfaultfd are um (absent pages) and ui (those of shared memory that are not mapped).
void MemoryMap::parse_line(const char* line) noexcept {
  if (starts_with(line, "VmFlags:") && !mappings_.empty()) {
    mappings_.back().filled_by_program = strstr(line, " um") != nullptr || strstr(line, " ui") != nullptr;
    return;
  }
  char* at = nullptr;
  Mapping m{};
  m.low = ::strtoull(line, &at, 16);
  if (at == nullptr || *at != '-') return;
  m.high = ::strtoull(at + 1, &at, 16);
  if (at[0] != ' ' || strlen(at) < 6) return;
  m.readable = at[1] == 'r';
  m.writable = at[2] == 'w';
  m.shared = at[4] == 's';
  m.anonymous = is_anonymous(at, m.shared);
  m.request_ring = m.shared && strstr(at, " anon_inode:[io_uring]") != nullptr;
  m.after_guard = guard_end_ == m.low;
  guard_end_ = !m.readable && !m.writable ? m.high : 0;
  mappings_.push(m);
}

const Mapping* MemoryMap::find(Address at) const noexcept {
  for (const Mapping& m : mappings_) {
    if (at >= m.low && at < m.high) return &m;
  }
  return nullptr;
}

bool MemoryMap::has_shared(Address low, Address high) const noexcept {
  for (const Mapping& m : mappings_) {
    if (m.shared && m.low < high && low < m.high) return true;
  }
  return false;
}

}  // namespace gordian::rt
