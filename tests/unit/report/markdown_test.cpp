// markdown_test.cpp - foreign text in Markdown, as GitHub's own parser reads it.
#include "report/markdown.h"

#include <algorithm>

#include "catch.h"
#include "markdown_html.h"

using namespace gordian;
using namespace gordian::test;

TEST_CASE("foreign text stays text in Markdown, wherever it stands") {
  for (const std::string text :
       {"a|b", "a\\|b", "a\\\\|b", "`", "``a`", "</code></details><b>", "*a* _b_ __c__ d_e ~~f~~",
        "[a](b) ![c](d)", "&lt;&#96;", "-->", "]]>", "a`b", "#1 @you", "$x$"}) {
    INFO(text);
    const std::string cell = markdown_html("| a | b |\n| --- | --- |\n| " + html_code(text) + " | z |\n");
    CHECK(std::ranges::count(tags_of(cell), "<td>") == 2);
    CHECK_THAT(words_of(cell), ContainsSubstring("\n" + text + "\n") && ContainsSubstring("\nz\n"));
    const std::string inline_words = words_of(markdown_html("x " + html_text(text) + " x"));
    CHECK(inline_words == "x " + text + " x\n");
    const std::string span = markdown_html("x " + code_span(text) + " x");
    CHECK(tags_of(span) == std::vector<std::string>{"<p>", "<code>", "</code>", "</p>"});
    CHECK(words_of(span).find(text) != std::string::npos);
    const std::string block = markdown_html(code_block("```\n" + text + "\n~~~\n"));
    CHECK(tags_of(block).size() == 4);  // <pre><code> and their ends
  }
}
