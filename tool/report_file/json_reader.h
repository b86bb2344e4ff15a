// json_reader.h - reads JSON of a known shape, a part at a time.
//
// Made for files that nobody vouches for: sizes and depth are bounded, no byte of the file is
// believed before it was looked at, and what is wrong is told with its line and column.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>

#include "report_file/json_shape.h"
#include "report_file/text_source.h"

namespace gordian {

// What is in memory at one time comes from at most so many bytes of the file.
inline constexpr std::uint64_t kMostBytesInOnePart = std::uint64_t{16} << 20;

// Gets the fields of the document's object as they come: their name and value. A list whose name is one of
// `streamed` is not given whole but item by item.
using JsonPartHandler = std::function<void(std::string_view name, nlohmann::ordered_json&& part)>;

// Reads the one JSON document in `source`, an object of shape `root`, and gives its parts to `handle`.
// A part has exactly the fields that `root` names, with values of their shape, those that are required
// among them. Throws Error that reads "FILE:LINE:COLUMN: WHAT" for anything else; parts
// that came before were given by then.
void read_json(TextSource& source, const JsonShape& root, std::span<const std::string_view> streamed,
               const JsonPartHandler& handle, std::uint64_t most_bytes_in_one_part = kMostBytesInOnePart);

}  // namespace gordian
