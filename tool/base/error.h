// error.h - the one exception of the tool.
//
// Thrown where something is seen to be wrong, caught in main() only. The message
// is one line for the user: what, where, and what to do about it.
#pragma once

#include <stdexcept>

namespace gordian {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gordian
