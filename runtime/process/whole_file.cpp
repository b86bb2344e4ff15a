// whole_file.cpp - see whole_file.h.
#include "process/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

// What there is, as far as there is room.
std::size_t read_all(int fd, char* to, std::size_t room) noexcept {
  std::size_t used = 0;
  while (used < room) {
    const ssize_t n = kernel::read(fd, to + used, room - used);
    if (n <= 0) break;
    used += static_cast<std::size_t>(n);
  }
  return used;
}

}  // namespace

// Again from the start where there was too little room: two parts of one file may contradict each other.
bool read_whole_file(const char* path, PageArray<char>& text) noexcept {
  const int fd = kernel::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  std::size_t used = 0;
  for (std::size_t room = std::size_t{1} << 18; text.resize(room); room *= 2) {
    used = read_all(fd, text.data(), room - 1);
    if (used < room - 1) break;
    kernel::lseek(fd, 0, SEEK_SET);
  }
  kernel::close(fd);
  if (text.failed()) return false;
  text[used] = '\0';
  return true;
}

}  // namespace gordian::rt
