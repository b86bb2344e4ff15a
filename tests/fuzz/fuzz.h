// fuzz.h - what every fuzz target does with the bytes that libFuzzer gives it.
//
// A target asks one reader for everything it can tell. A reader refuses with an Error, or answers; whatever
// else it does (another exception, an access that AddressSanitizer or UBSan tells of, memory or time out of
// proportion) ends the program, and libFuzzer keeps the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace gordian::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline std::span<const std::byte> as_bytes(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const std::byte*>(data), size};
}

// Cuts `text` off up to the first `separator`, and returns that part.
inline std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

// Stops libFuzzer, which keeps the bytes: what must hold for all of them does not.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

// Calls it. Refusing with an Error is an answer.
template <typename Reader>
void ask(Reader&& reader) {
  try {
    reader();
  } catch (const Error& error) {
    require(!std::string_view(error.what()).empty());
  }
}

}  // namespace gordian::fuzz
