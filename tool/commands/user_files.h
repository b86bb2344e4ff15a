// user_files.h - what a user says of a program's findings beforehand.
#pragma once

#include <string>

namespace gordian {

// Paths, "" where none is named.
struct UserFiles {
  std::string families;
  std::string suppressions;
  std::string baseline;
};

}  // namespace gordian
