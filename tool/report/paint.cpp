// paint.cpp - one ANSI sequence per ink, and OSC 8.
#include "report/paint.h"

#include <filesystem>

namespace gordian {
namespace {

// What VTE and iTerm2 take at most; a longer one would be shown as text by some.
constexpr std::size_t kLongestUrl = 2083;

const char* sequence(Ink ink) {
  switch (ink) {
    case Ink::headline:
      return "\x1b[1m";
    case Ink::type:
      return "\x1b[1;36m";
    case Ink::cut:
      return "\x1b[1;31m";
    case Ink::quiet:
      return "\x1b[2m";
    case Ink::note:
      return "\x1b[36m";
  }
  return "";
}

// All but what RFC 3986 calls unreserved, and the slashes between folders.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain = "/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace

std::string Paint::operator()(Ink ink, std::string_view text) const {
  if (!terminal_.colour || text.empty()) return std::string(text);
  return sequence(ink) + std::string(text) + "\x1b[0m";
}

std::string Paint::link(const std::string& file, const std::string& text) const {
  if (!terminal_.links || !file.starts_with('/')) return text;
  const std::string path = std::filesystem::path(file).lexically_normal().string();
  const std::string url = "file://" + percent_encoded(terminal_.host) + percent_encoded(path);
  if (url.size() > kLongestUrl) return text;
  return "\x1b]8;;" + url + "\x1b\\" + text + "\x1b]8;;\x1b\\";
}

}  // namespace gordian
