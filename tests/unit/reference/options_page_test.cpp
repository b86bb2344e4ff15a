// options_page_test.cpp - the page of options has every option, and its tables are tables.
#include "reference/options_page.h"

#include <algorithm>
#include <sstream>

#include "catch.h"
#include "commands/runtime_options.h"

using namespace gordian;

TEST_CASE("every option of the runtime is a row, with its default and its values") {
  const std::string page = options_page({});
  for (const auto& option : runtime_options()) {
    CHECK_THAT(page, ContainsSubstring("\n| `" + std::string(option.name) + "` | "));
  }
  CHECK_THAT(page, ContainsSubstring("| `depth` | `32` | 1 to 256 | `--depth` |"));
  CHECK_THAT(page, ContainsSubstring("| `abort` | `0` | `0`, `1` | `--abort`, `--no-abort` |"));
  CHECK_THAT(page, ContainsSubstring("| `help` | `0` | `0`, `1` |  | "));
}

TEST_CASE("a bar or a line break in a help does not break the table") {
  DescribedOption option{{"--x"}, DescribedOption::Value::other, "N", {}, "", "a|b\nc"};
  const std::string page = options_page({{"look", "Look", {option}, {}, false, "", "0."}});
  CHECK_THAT(page, ContainsSubstring("\n## gordian look\n\nLook.\n"));
  CHECK_THAT(page, ContainsSubstring("| `--x N` |  | a\\|b c |\n"));
  CHECK_THAT(page, ContainsSubstring("\nExit status: 0.\n"));
}

TEST_CASE("what a path may have in it is told") {
  const std::string page = options_page({});
  CHECK_THAT(page, ContainsSubstring("`%p`") && ContainsSubstring("`%n`"));
}
