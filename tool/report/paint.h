// paint.h - colours for a terminal, by what they mean.
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

  const Terminal& terminal() const { return terminal_; }

 private:
  Terminal terminal_;
};

}  // namespace gordian
