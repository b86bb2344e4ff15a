// markdown_html.cpp - cmark-gfm, called once.
#include "markdown_html.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>
#include <utility>

namespace gordian::test {

std::string markdown_html(const std::string& text) {
  cmark_gfm_core_extensions_ensure_registered();
  const int options = CMARK_OPT_UNSAFE;  // raw HTML stays HTML, as on GitHub
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(cmark_parser_new(options),
                                                                           cmark_parser_free);
  for (const char* extension : {"table", "strikethrough"}) {
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(extension));
  }
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(cmark_parser_finish(parser.get()),
                                                                         cmark_node_free);
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_render_html(document.get(), options, cmark_parser_get_syntax_extensions(parser.get())),
      std::free);
  return html.get();
}

std::vector<std::string> tags_of(const std::string& html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    tags.push_back(html.substr(at, html.find('>', at) + 1 - at));
  }
  return tags;
}

std::string words_of(const std::string& html) {
  std::string words;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') in_tag = true;
    if (!in_tag) words += c;
    if (c == '>') in_tag = false;
  }
  static const std::vector<std::pair<std::string, std::string>> kEntities = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (std::size_t at = words.find('&'); at != std::string::npos; at = words.find('&', at + 1)) {
    for (const auto& [entity, character] : kEntities) {
      if (words.compare(at, entity.size(), entity) != 0) continue;
      words.replace(at, entity.size(), character);
      break;
    }
  }
  return words;
}

}  // namespace gordian::test
