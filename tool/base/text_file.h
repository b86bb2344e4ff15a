// text_file.h - small text files that people write: families, suppressions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gordian {

// Of a file that people write themselves, in bytes.
inline constexpr std::size_t kLargestTextFile = 1u << 20;

// The whole of a regular file. Throws Error for one that cannot be read, is no regular file (to open a
// pipe that nobody writes to would wait for ever) or has more than `most` bytes; `what` is
// what to name instead: "a families file".
std::string read_text_file(const std::filesystem::path& path, const std::string& what,
                           std::size_t most = kLargestTextFile);

// Likewise of a file that need not be there: none where the other would throw.
std::optional<std::string> text_of_file(const std::filesystem::path& path, std::size_t most);

// Calls handle(line, number) for each line of `text`, without its end; the first has number 1. The byte order
// mark that some editors begin UTF-8 with is no part of the first.
void for_each_line(std::string_view text,
                   const std::function<void(std::string_view line, std::size_t number)>& handle);

}  // namespace gordian
