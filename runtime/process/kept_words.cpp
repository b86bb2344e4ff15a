// kept_words.cpp - see kept_words.h. Formats: proc(5), /proc/pid/fdinfo (of epoll) and /proc/pid/timers.
#include "process/kept_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "process/descriptors.h"
#include "process/whole_file.h"

namespace gordian::rt {
namespace {

// The hexadecimal numbers that follow `before`, one a line of the file: behind `between` there.
void add_numbers(const char* path, const char* before, const char* between, PageArray<std::uint64_t>& words) noexcept {
  PageArray<char> text;
  if (!read_whole_file(path, text)) return;
  for (const char* at = text.data(); (at = strstr(at, before)) != nullptr;) {
    at += strlen(before);
    const char* const number = strstr(at, between);
    if (number == nullptr) return;
    words.push(::strtoull(number + strlen(between), nullptr, 16));
  }
}

}  // namespace

void list_kept_words(PageArray<std::uint64_t>& words) noexcept {
  for_each_descriptor([&](int directory, const char* name) {
    if (is_descriptor_of(directory, name, "anon_inode:[eventpoll]")) {
      Line path;
      path << "/proc/thread-self/fdinfo/" << name;
      add_numbers(path.text(), "tfd:", "data:", words);  // "tfd:  5 events:  19 data:  55e0c1a2d2a0  pos:0 ..."
    }
    return true;
  });
  add_numbers("/proc/self/timers", "signal:", "/", words);  // "signal: 60/00007fff86e452a8"
}

}  // namespace gordian::rt
