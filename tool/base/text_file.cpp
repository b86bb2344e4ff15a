// text_file.cpp - see text_file.h.
#include "base/text_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "base/error.h"

namespace gordian {

std::string read_text_file(const std::filesystem::path& path, const std::string& what, std::size_t most) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error);
  if (std::filesystem::exists(kind) && !std::filesystem::is_regular_file(kind))
    throw Error(path.string() + ": is no regular file; name " + what);
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, std::size_t{1} << 14> some;
  while (file.read(some.data(), some.size()), file.gcount() > 0) {
    text.append(some.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > most) throw Error(path.string() + ": is too large for " + what);
  }
  if (!file.is_open() || file.bad()) throw Error(path.string() + ": cannot be read; name " + what);
  return text;
}

void for_each_line(std::string_view text,
                   const std::function<void(std::string_view line, std::size_t number)>& handle) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    handle(text.substr(0, end), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace gordian
