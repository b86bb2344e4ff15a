// utf8.h - foreign text, character by character.
#pragma once

#include <cstddef>
#include <string_view>

namespace gordian {

// The bytes of the UTF-8 sequence that `text` begins with; 0 when it begins with none. `text`
// is not empty. Overlong forms, surrogates and what lies beyond U+10FFFF are no UTF-8.
std::size_t utf8_length(std::string_view text);

// What stands in the place of a byte that is no UTF-8: U+FFFD.
inline constexpr std::string_view kReplacement = "\xef\xbf\xbd";

}  // namespace gordian
