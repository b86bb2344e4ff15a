// markdown.h - foreign text in Markdown (GitHub's), where it must stay text.
#pragma once

#include <string>
#include <string_view>

namespace gordian {

// `text`, one line of it, as code where HTML may stand: in a paragraph, a table's cell, a <summary>.
// Nothing in it is markup, a link, a mention or the end of a cell.
std::string html_code(std::string_view text);

// Likewise as plain words.
std::string html_text(std::string_view text);

// `text`, one line of it, as code between backticks, for readers that refuse HTML. Not in tables,
// where a | in it would end the cell.
std::string code_span(std::string_view text);

// `text`, whole lines, as a block of code.
std::string code_block(std::string_view text);

}  // namespace gordian
