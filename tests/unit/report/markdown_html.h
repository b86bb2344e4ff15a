// markdown_html.h - Markdown read by a real parser (GitHub's), for tests of what we write.
#pragma once

#include <string>
#include <vector>

namespace gordian::test {

// `text` as HTML: GitHub's Markdown with tables, strikethrough and raw HTML.
std::string markdown_html(const std::string& text);

// The tags of `html` in their order, without what stands between them.
std::vector<std::string> tags_of(const std::string& html);

// What stands between the tags, entities resolved.
std::string words_of(const std::string& html);

}  // namespace gordian::test
