// report_input.h - a report that the user named: JSON, or the snapshot it can be made of.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>

#include "commands/user_files.h"
#include "report_file/report_reader.h"

namespace gordian {

class ReportInput {
 public:
  // Opens the file at `path`; "-" is standard input. JSON may come through a pipe, a snapshot is a regular
  // file. Throws Error that names the file when it cannot be opened or is a directory.
  explicit ReportInput(std::string path);
  ~ReportInput();
  ReportInput(const ReportInput&) = delete;
  ReportInput& operator=(const ReportInput&) = delete;

  // The same for two names of one file; none for a pipe.
  using Identity = std::pair<dev_t, ino_t>;
  const std::optional<Identity>& identity() const { return identity_; }

  // Reads it, once. A snapshot is judged, with the user's `files`, and read as the
  // JSON report that `gordian report` makes of it: so both say the same. Throws Error where it is neither,
  // damaged, or cut short; findings that came before were given to `handle` by then.
  ReportedRun read(const UserFiles& files, const FindingHandler& handle);

 private:
  std::string path_;
  int fd_ = -1;
  std::optional<Identity> identity_;
};

}  // namespace gordian
