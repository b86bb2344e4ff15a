// terminal_behind.cpp - see terminal_behind.h.
#include "commands/terminal_behind.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace gordian {
namespace {

// The number that `text` is; 0 when it is none.
std::uint32_t number(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  return parsed.ec == std::errc{} && parsed.ptr == end ? number : 0;
}

}  // namespace

Terminal terminal_of(std::size_t columns, const Variables& variable) {
  Terminal terminal;
  terminal.colour = variable("NO_COLOR").empty();
  if (const std::uint32_t wanted = number(variable("COLUMNS")); wanted != 0) columns = wanted;
  terminal.width = columns == 0 ? 0 : std::max(columns, kNarrowest);
  return terminal;
}

Terminal terminal_behind(int fd) {
  if (::isatty(fd) != 1) return {};
  winsize size{};
  const std::size_t columns = ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
  return terminal_of(columns, [](const char* name) -> std::string {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
  });
}

}  // namespace gordian
