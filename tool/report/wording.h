// wording.h - numbers, sizes, paths and foreign names in words for a person.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "program/frames/frames.h"
#include "report/paint.h"

namespace gordian {

// "1 object", "3 objects".
std::string counted(std::uint64_t number, std::string_view noun);

// "192 bytes", and from 10 kB on "12.3 kB", "4.5 MB": multiples of 1000.
std::string size_words(std::uint64_t bytes);

// "Parent, Child and 2 more types".
std::string type_words(const std::vector<std::string>& types);

// "0x12ab".
std::string hex_words(std::uint64_t number);

// `text` fit for a terminal: control characters become \x1b, and what is longer than
// `most` characters loses its middle, which becomes "…". Broken UTF-8 becomes U+FFFD.
std::string printable(std::string_view text, std::size_t most = 200);

// `path` relative to `directory` when it lies below it, else as it is.
std::string shown_path(const std::string& path, const std::filesystem::path& directory);

// Where a frame is: "in make_graph() at article.cpp:21", "at article.cpp:21",
// "in make_graph() of libshapes.so", "at libshapes.so+0x12ab". A file with its line is a link where
// `paint` has links.
std::string place_words(const Frame& frame, const std::filesystem::path& directory,
                        const Paint& paint = Paint());

}  // namespace gordian
