// paint.h - colours for a terminal, by what they mean, and links.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "report/terminal.h"

namespace gordian {

enum class Ink {
  headline,  // what was found
  type,      // an object
  cut,       // the reference to cut, and the advice
  quiet,     // callers and source lines
  note,
};

class Paint {
 public:
  explicit Paint(Terminal terminal = {}) : terminal_(std::move(terminal)) {}

  // `text` between the escape sequences of `ink`; without colour, `text`.
  std::string operator()(Ink ink, std::string_view text) const;

  // `text` as a link to `file`; `text` where the terminal has no links or the path is not absolute.
  // In what is sent every byte of `file` is a printable one of ASCII.
  std::string link(const std::string& file, const std::string& text) const;

  const Terminal& terminal() const { return terminal_; }

 private:
  Terminal terminal_;
};

}  // namespace gordian
