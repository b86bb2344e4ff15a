// terminal_behind.cpp - see terminal_behind.h.
#include "commands/terminal_behind.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace gordian {
namespace {

// The number that `text` begins with; 0 when it begins with none. `text` becomes what follows.
std::uint32_t take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{}) return 0;
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  return number;
}

std::uint32_t number(std::string_view text) {
  const std::uint32_t number = take_number(text);
  return text.empty() ? number : 0;
}

// A terminal that says who it is in TERM_PROGRAM, and from which version on it follows links.
struct TerminalProgram {
  std::string_view name;
  std::uint32_t major;
  std::uint32_t minor;
};
constexpr std::array kPrograms = {
    TerminalProgram{"iTerm.app", 3, 1},
    TerminalProgram{"WezTerm", 20200620, 0},
    TerminalProgram{"vscode", 1, 72},
    TerminalProgram{"ghostty", 0, 0},
};

bool is_program_with_links(const EnvironmentLookup& variable) {
  const std::string name = variable("TERM_PROGRAM");
  const std::string version = variable("TERM_PROGRAM_VERSION");  // "3.4.19", "20230712-072601-f4abf8fd"
  std::string_view rest = version;
  const std::uint32_t major = take_number(rest);
  if (rest.starts_with('.')) rest.remove_prefix(1);
  const std::uint32_t minor = take_number(rest);
  return std::any_of(kPrograms.begin(), kPrograms.end(), [&](const TerminalProgram& program) {
    return program.name == name &&
           (major > program.major || (major == program.major && minor >= program.minor));
  });
}

bool has_links(const EnvironmentLookup& variable) {
  const std::string forced = variable("FORCE_HYPERLINK");
  if (!forced.empty()) return forced != "0";
  const std::string term = variable("TERM");
  // Within screen and tmux the other variables tell of the terminal that it was started in.
  if (term.empty() || term == "dumb" || term == "linux" || term.starts_with("screen") ||
      term.starts_with("tmux"))
    return false;
  constexpr std::array<std::string_view, 6> kTerms = {"xterm-kitty",      "xterm-ghostty", "alacritty",
                                                      "alacritty-direct", "foot",          "foot-extra"};
  if (std::find(kTerms.begin(), kTerms.end(), term) != kTerms.end()) return true;
  for (const char* name : {"KITTY_WINDOW_ID", "WT_SESSION", "DOMTERM"}) {
    if (!variable(name).empty()) return true;
  }
  // VTE 0.50.0 (5000) was to have links, and crashed on them.
  return number(variable("VTE_VERSION")) > 5000 || number(variable("KONSOLE_VERSION")) >= 201200 ||
         is_program_with_links(variable);
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

Terminal terminal_of(std::size_t columns, const EnvironmentLookup& variable) {
  Terminal terminal;
  terminal.colour = variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  if (const std::uint32_t wanted = number(variable("COLUMNS")); wanted != 0) columns = wanted;
  terminal.width = columns == 0 ? 0 : std::max(columns, kNarrowest);
  terminal.links = has_links(variable);
  return terminal;
}

Terminal terminal_behind(int fd) {
  if (::isatty(fd) != 1) return {};
  winsize size{};
  const std::size_t columns = ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
  Terminal terminal = terminal_of(columns, [](const char* name) -> std::string {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
  });
  terminal.host = host_name();
  return terminal;
}

}  // namespace gordian
