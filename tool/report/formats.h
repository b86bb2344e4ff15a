// formats.h - the report formats, one row each.
//
// `gordian report` makes an option of every row: --text PATH, --json PATH. A new
// format is a new row and a function.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "report/report.h"
#include "report/terminal.h"

namespace gordian {

// What depends on where a report goes, and not on what was found.
struct Look {
  Terminal terminal{};               // none: a file, or a pipe
  bool quiet_when_clean = false;     // say nothing at all when nothing was found
  std::filesystem::path directory;   // files below it are shown relative to it
  std::filesystem::path checkout{};  // likewise in the formats of CI systems: the root of the sources
};

struct Format {
  const char* name;
  const char* help;
  std::string (*render)(const Report& report, const Look& look);
};

std::span<const Format> report_formats();

}  // namespace gordian
