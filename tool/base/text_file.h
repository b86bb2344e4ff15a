// text_file.h - small text files that people write: families, suppressions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace gordian {

inline constexpr std::size_t kLargestTextFile = 1u << 20;  // bytes

// The whole of a regular file. Throws Error for one that cannot be read, is no regular file (to open a
// pipe that nobody writes to would wait for ever) or is larger than kLargestTextFile; `what` is
// what to name instead: "a families file".
std::string read_text_file(const std::filesystem::path& path, const std::string& what);

// Calls handle(line, number) for each line of `text`, without its end; the first has number 1. The byte order
// mark that some editors begin UTF-8 with is no part of the first.
void for_each_line(std::string_view text,
                   const std::function<void(std::string_view line, std::size_t number)>& handle);

}  // namespace gordian
