// report_input.cpp - open, look at the first bytes, read.
#include "commands/report_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/error.h"
#include "commands/judged_snapshot.h"
#include "report/json_report.h"
#include "runtime/snapshot_format.h"

namespace gordian {
namespace {

bool is_snapshot(std::string_view start) {
  const std::string_view magic(reinterpret_cast<const char*>(snapshot::kMagic), sizeof snapshot::kMagic);
  // Cut short while it was written, it begins with zeros: its reader knows the words for that.
  return start == magic || start == std::string_view("\0\0\0\0\0\0\0\0", sizeof snapshot::kMagic);
}

bool may_be_json(std::string_view start) {
  const auto at = start.find_first_not_of(" \t\r\n\xef\xbb\xbf");  // a byte order mark is passed over, too
  return at == std::string_view::npos || start[at] == '{';
}

}  // namespace

ReportInput::ReportInput(std::string path) : path_(std::move(path)) {
  fd_ =
      path_ == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (path_ == "-") path_ = "/dev/stdin";
  if (fd_ < 0) throw Error(path_ + ": cannot be opened: " + std::strerror(errno));
  struct stat status {};
  const bool known = ::fstat(fd_, &status) == 0;
  if (known && S_ISDIR(status.st_mode)) {
    ::close(fd_);  // a constructor that throws has no destructor run
    throw Error(path_ + ": is a directory; name the reports in it, for example " + path_ +
                (path_.back() == '/' ? "" : "/") + "*.json");
  }
  if (known && S_ISREG(status.st_mode)) identity_ = {status.st_dev, status.st_ino};
}

ReportInput::~ReportInput() {
  ::close(fd_);
}

ReportedRun ReportInput::read(const UserFiles& files, const FindingHandler& handle) {
  TextSource source(path_, fd_);
  const std::string start(source.peek(sizeof snapshot::kMagic));
  if (start.empty()) throw Error(path_ + ": is empty; it shall be a JSON report or a snapshot of gordian's");
  if (is_snapshot(start)) {
    JudgedSnapshot judged(path_, files);
    const std::string report = json_report(judged.report());
    TextSource text(path_, report);
    return read_report(text, handle);
  }
  if (!may_be_json(start)) throw Error(path_ + ": is neither a JSON report nor a snapshot of gordian's");
  return read_report(source, handle);
}

}  // namespace gordian
