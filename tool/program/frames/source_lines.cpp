// source_lines.cpp - see source_lines.h.
#include "program/frames/source_lines.h"

#include <cstdint>

#include "base/text_file.h"

namespace gordian {
namespace {

constexpr std::size_t kLargestFile =
    32u << 20;  // a source file of that size is generated: nobody reads its lines

}  // namespace

SourceLines::File SourceLines::read(const std::string& path) {
  File file;
  file.text =
      text_of_file(path, kLargestFile).value_or("");  // the name comes from debug info: it may be anything
  for (std::size_t start = 0; start < file.text.size();) {
    file.starts.push_back(start);
    const std::size_t end = file.text.find('\n', start);
    start = end == std::string::npos ? file.text.size() : end + 1;
  }
  return file;
}

std::optional<std::string> SourceLines::line(const std::string& file, int line) {
  auto found = files_.find(file);
  if (found == files_.end()) {
    found = files_.emplace(file, read(file)).first;
  }
  const auto& [text, starts] = found->second;
  if (line < 1 || static_cast<std::size_t>(line) > starts.size()) {
    return std::nullopt;
  }
  const std::size_t start = starts[static_cast<std::size_t>(line) - 1];
  std::size_t end = text.find('\n', start);
  end = end == std::string::npos ? text.size() : end;
  constexpr const char* kBlanks = " \t\r\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks, start);
  if (first == std::string::npos || first >= end) {
    return std::string();
  }
  const std::size_t last = text.find_last_not_of(kBlanks, end == 0 ? 0 : end - 1);
  return text.substr(first, last - first + 1);
}

std::optional<std::string> source_line(const std::string& file, int line) {
  static SourceLines cache;
  return cache.line(file, line);
}

}  // namespace gordian
