// source_lines.h - single lines of source files, for reports.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gordian {

class SourceLines {
 public:
  // Line `line` (from 1) of `file` without its outer blanks. None when the file is not
  // there, is no regular file, is huge, or has no such line. A file is read once.
  std::optional<std::string> line(const std::string& file, int line);

 private:
  struct File {
    std::string text;
    std::vector<std::size_t> starts;  // of each line, in text
  };
  static File read(const std::string& path);

  std::map<std::string, File> files_;
};

// The same from one cache for the whole process. Not for several threads at a time.
std::optional<std::string> source_line(const std::string& file, int line);

}  // namespace gordian
