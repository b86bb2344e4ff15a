// terminal.h - what the terminal that a text goes to can do.
#pragma once

#include <cstddef>
#include <string>

namespace gordian {

// A narrower terminal breaks our lines itself: in less room there is none left beside a drawing.
inline constexpr std::size_t kNarrowest = 60;  // columns

// As it is made: no terminal, but a file or a pipe.
struct Terminal {
  bool colour = false;
  std::size_t width = 0;  // columns, at least kNarrowest; 0: not known, and lines are as long as they are
  bool links = false;     // it follows links (OSC 8)
  std::string host{};     // where the linked files are

  bool operator==(const Terminal&) const = default;
};

}  // namespace gordian
