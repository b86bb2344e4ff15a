// manual.h - the manual pages, in mdoc(7).
//
// Names, options and exit statuses come from the command line and the runtime's table. What only a person can
// write, descriptions, examples and files, stands in docs/man/PAGE.mdoc: sections of mdoc, each from its
// ".Sh" on. A command without such a file has a page all the same.
#pragma once

#include <string>
#include <vector>

#include "reference/described_command.h"

namespace gordian {

struct ManualPage {
  std::string name;  // "gordian-report"
  int section;       // 1
  std::string text;
};

struct ManualSource {
  std::string prose;    // the folder of the sections that people have written
  std::string date;     // as mdoc writes it: "November 28, 2026"
  std::string version;  // "0.1.0"
};

// A page for gordian, one for each command, one for the runtime's options, and one for gordian.h. Throws
// Error where a file of prose has a section that has no place.
std::vector<ManualPage> manual_pages(const std::vector<DescribedCommand>& commands,
                                     const ManualSource& source);

}  // namespace gordian
