// text_file.cpp - see text_file.h.
#include "base/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/error.h"

namespace gordian {
namespace {

enum class Problem { none, not_regular, too_large, unreadable };

Problem read_all(int fd, std::size_t most, std::string& text) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return Problem::unreadable;
  if (!S_ISREG(status.st_mode)) return Problem::not_regular;
  std::array<char, std::size_t{1} << 14> some;
  for (;;) {
    const ssize_t got = ::read(fd, some.data(), some.size());
    if (got == 0) return Problem::none;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Problem::unreadable;
    text.append(some.data(), static_cast<std::size_t>(got));
    if (text.size() > most) return Problem::too_large;
  }
}

// What is opened is looked at, and not what was there before. O_NONBLOCK: a FIFO that nobody writes to would
// be waited for, and so would some of the kernel's regular files (/proc/kmsg).
Problem read_file(const std::filesystem::path& path, std::size_t most, std::string& text) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return errno == ENXIO ? Problem::not_regular : Problem::unreadable;  // a socket
  const Problem problem = read_all(fd, most, text);
  ::close(fd);
  return problem;
}

}  // namespace

std::string read_text_file(const std::filesystem::path& path, const std::string& what, std::size_t most) {
  std::string text;
  switch (read_file(path, most, text)) {
    case Problem::none:
      return text;
    case Problem::not_regular:
      throw Error(path.string() + ": is no regular file; name " + what);
    case Problem::too_large:
      throw Error(path.string() + ": is too large for " + what);
    case Problem::unreadable:
      break;
  }
  throw Error(path.string() + ": cannot be read; name " + what);
}

std::optional<std::string> text_of_file(const std::filesystem::path& path, std::size_t most) {
  std::string text;
  if (read_file(path, most, text) != Problem::none) return std::nullopt;
  return text;
}

void for_each_line(std::string_view text,
                   const std::function<void(std::string_view line, std::size_t number)>& handle) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    handle(text.substr(0, end), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace gordian
