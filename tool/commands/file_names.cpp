// file_names.cpp - words, lists, lists on standard input.
#include "commands/file_names.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "base/error.h"

namespace gordian {
namespace {

using Handle = std::function<void(const std::string&)>;

// The names on one line: several where NULs are between them.
void handle_line(const std::string& line, const Handle& handle) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find('\0', at), line.size());
    if (end > at) handle(line.substr(at, end - at));
    at = end + 1;
  }
}

void handle_list(std::istream& list, const std::string& name, const Handle& handle) {
  bool first = true;
  for (std::string line; std::getline(list, line); first = false) {
    if (first && line.substr(0, 1) == "{") {
      throw Error(name + ": is JSON and no list of files; a report on standard input is /dev/stdin");
    }
    handle_line(line, handle);
  }
  if (list.bad()) throw Error(name + ": the list cannot be read: " + std::strerror(errno));
}

}  // namespace

void for_each_file(const std::vector<std::string>& words, const Handle& handle) {
  bool standard_input_read = false;
  for (const auto& word : words) {
    if (word == "-" || word == "@-") {
      if (standard_input_read) throw Error("standard input is named twice");
      standard_input_read = true;
      handle_list(std::cin, "standard input", handle);
    } else if (word.substr(0, 1) == "@") {
      const std::string name = word.substr(1);
      std::ifstream list(name, std::ios::binary);
      if (!list) throw Error(name + ": the list cannot be opened: " + std::strerror(errno));
      handle_list(list, name, handle);
    } else {
      handle(word);
    }
  }
}

}  // namespace gordian
