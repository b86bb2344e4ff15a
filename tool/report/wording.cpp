// wording.cpp - words for a person.
#include "report/wording.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "report/utf8.h"

namespace gordian {
namespace {

std::string escaped(unsigned char byte) {
  constexpr const char* kDigits = "0123456789abcdef";
  return {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
}

// One character as a terminal may get it. C1 controls (U+0080 to U+009F) steer some terminals too.
std::string harmless(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (first == '\t') return " ";
  if (first < 0x20 || first == 0x7f) return escaped(first);
  if (first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0) {
    return escaped(static_cast<unsigned char>(character[1]));
  }
  return std::string(character);
}

std::string with_decimal(double number) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), number < 99.95 ? "%.1f" : "%.0f", number);
  return text.data();
}

std::string base_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::string module_offset(const Frame& frame) {
  std::array<char, 24> offset;
  std::snprintf(offset.data(), offset.size(), "0x%llx", static_cast<unsigned long long>(frame.offset));
  return frame.module.empty() ? offset.data() : base_name(frame.module) + "+" + offset.data();
}

std::string call_words(const std::string& function) {
  const std::string name = printable(function);
  return name.find('(') == std::string::npos ? name + "()" : name;
}

}  // namespace

std::string counted(std::uint64_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string size_words(std::uint64_t bytes) {
  if (bytes < 10'000) return counted(bytes, "byte");
  constexpr std::array kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double number = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (number >= 999.5 && unit + 1 < kUnits.size()) {
    number /= 1000;
    ++unit;
  }
  return with_decimal(number) + " " + kUnits[unit];
}

std::string type_words(const std::vector<std::string>& types) {
  constexpr std::size_t kMostShown = 3;
  constexpr std::size_t kLongestType = 80;
  std::string words;
  const std::size_t shown = std::min(types.size(), kMostShown);
  for (std::size_t i = 0; i < shown; ++i) words += (i == 0 ? "" : ", ") + printable(types[i], kLongestType);
  if (shown < types.size()) words += " and " + counted(types.size() - shown, "more type");
  return words;
}

std::string hex_words(std::uint64_t number) {
  std::array<char, 24> text;
  std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(number));
  return text.data();
}

std::string printable(std::string_view text, std::size_t most) {
  // Of each end less is shown than this many bytes: what a name of megabytes has between them is not read.
  const std::size_t end = 4 * most;
  std::string ends;
  if (text.size() / 4 > end) {
    ends.append(text.substr(0, end)).append(text.substr(text.size() - end));
    text = ends;
  }
  std::string all;
  std::vector<std::size_t> starts;  // of each character in `all`
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    starts.push_back(all.size());
    all += length == 0 ? std::string(kReplacement) : harmless(text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  if (starts.size() <= most) return all;
  const std::size_t head = most * 2 / 3;
  const std::size_t tail = starts.size() - (most - head - 1);
  return all.substr(0, starts[head]) + "…" + (tail < starts.size() ? all.substr(starts[tail]) : "");
}

std::string shown_path(const std::string& path, const std::filesystem::path& directory) {
  std::string prefix = directory.string();
  if (prefix.empty()) return printable(path);
  if (prefix.back() != '/') prefix += '/';
  const bool below = path.size() > prefix.size() && path.compare(0, prefix.size(), prefix) == 0;
  return printable(below ? path.substr(prefix.size()) : path);
}

std::string place_words(const Frame& frame, const std::filesystem::path& directory, const Paint& paint) {
  std::string place;
  if (frame.file) {
    const std::string line = frame.line ? ":" + std::to_string(*frame.line) : "";
    place = "at " + paint.link(*frame.file, shown_path(*frame.file, directory) + line);
  } else if (!frame.function) {
    place = "at " + printable(module_offset(frame));
  } else if (!frame.module.empty()) {
    place = "of " + printable(base_name(frame.module));
  }
  if (!frame.function) return place;
  return "in " + call_words(*frame.function) + (place.empty() ? "" : " " + place);
}

}  // namespace gordian
