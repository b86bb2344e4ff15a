// memory_map.cpp - see memory_map.h. Format: proc(5), /proc/pid/maps.
#include "process/memory_map.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace gordian::rt {

bool MemoryMap::read() noexcept {
  // The thread's own view: /proc/self is empty once the first thread has ended (pthread_exit). Of an emulated process it
  // has the emulator's mappings as well.
  const int fd = ::open("/proc/thread-self/maps", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  PageArray<char> text;
  std::size_t used = 0;
  for (;;) {
    if (!text.resize(used + 65536)) break;
    const ssize_t n = ::read(fd, text.data() + used, 65535);
    if (n <= 0) break;
    used += static_cast<std::size_t>(n);
  }
  ::close(fd);
  if (text.failed()) return false;
  text[used] = '\0';
  for (char* line = text.data(); *line != '\0';) {
    char* end = strchr(line, '\n');
    if (end == nullptr) break;
    *end = '\0';
    parse_line(line);
    line = end + 1;
  }
  return !mappings_.failed() && !mappings_.empty();
}

// "55d0c000-55d0e000 rw-p 00000000 00:00 0     [heap]"
void MemoryMap::parse_line(const char* line) noexcept {
  char* at = nullptr;
  Mapping m{};
  m.low = ::strtoull(line, &at, 16);
  if (at == nullptr || *at != '-') return;
  m.high = ::strtoull(at + 1, &at, 16);
  if (at[0] != ' ' || strlen(at) < 6) return;
  m.readable = at[1] == 'r';
  m.writable = at[2] == 'w';
  m.anonymous = strchr(at, '/') == nullptr;
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

}  // namespace gordian::rt
