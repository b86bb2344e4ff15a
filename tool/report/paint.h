// paint.h - colours for a terminal, by what they mean.
#pragma once

#include <string>
#include <string_view>

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
  explicit Paint(bool colour) : colour_(colour) {}

  // `text` between the escape sequences of `ink`; without colour, `text`.
  std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool colour_;
};

}  // namespace gordian
