// fit_test.cpp - text in the width of a terminal: what is broken, where, and that nothing is lost.
#include "report/fit.h"

#include <algorithm>
#include <sstream>

#include "catch.h"
#include "golden.h"
#include "hostile_names.h"
#include "made_up_report.h"
#include "report/glyphs.h"
#include "report/text_report.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, columns_of(glyphs_of(line)));
  return widest;
}

// What is left without blanks, line ends and the lines of a drawing.
std::string text_alone(const std::string& text) {
  std::string words;
  for (const auto& glyph : glyphs_of(text)) {
    if (glyph.bytes != " " && glyph.bytes != "\n" && glyph.bytes != "│") words += glyph.bytes;
  }
  return words;
}

// A ring whose types, paths, functions and source lines are longer than any terminal is wide.
void add_long_names(MadeUpReport& made_up) {
  auto& cycle = made_up.cycle("0000cafe");
  const std::string map = "std::map<std::string, std::vector<std::shared_ptr<net::Handler<net::Http>>>>";
  made_up.source = {
      {88,
       "auto session = std::make_shared<Session>(endpoint, Options{.retries = 3, .timeout = 20s}, log);"}};
  const auto stack = made_up.stack(
      {made_up.frame("net::Session::open(net::Endpoint const&, net::Options const&, net::Log&)", 88),
       made_up.frame("main", 12)});
  for (const std::string& type : {std::string("net::Session"), map})
    made_up.object(cycle, type).stack = stack;
  made_up.reference(cycle, 1, 2, "net::Session::routes_ -> net::Routes::by_name[key][0]");
  made_up.reference(cycle, 2, 1, "net::Handler<net::Http>::on_close -> captured session");
  made_up.cut(cycle, "net::Handler<net::Http>::on_close",
              "capture std::weak_ptr<net::Session> and lock() it inside",
              "It points back to the object allocated first; without it both are freed.");
  made_up.object(cycle, "net::Buffer", Role::retained);
  made_up.notes = {
      "no debug info in libssl.so.3: members of its types are shown as offsets, and none of its lines"};
}

std::string text_in(std::size_t width, MadeUpReport& made_up) {
  made_up.look.terminal.width = width;
  return text_report(made_up.report(), made_up.look);
}

}  // namespace

TEST_CASE("without a width, and in enough of it, a text stays as it is") {
  MadeUpReport made_up;
  add_long_names(made_up);
  const std::string text = text_in(0, made_up);
  CHECK(widest_line(text) > 100);
  CHECK(fitted(text, 0) == text);
  CHECK(fitted(text, widest_line(text)) == text);
  CHECK(fitted("", 60).empty());
  CHECK(fitted("\n\na\n", 60) == "\n\na\n");
}

TEST_CASE("a report of long names in a terminal of 80 columns is the golden one, and of 60") {
  for (const std::size_t width : {60u, 80u}) {
    MadeUpReport made_up;
    add_long_names(made_up);
    const std::string text = text_in(width, made_up);
    CHECK(widest_line(text) <= width);
    check_golden("fitted_" + std::to_string(width) + ".txt", text);
  }
}

TEST_CASE("prose is broken between words, and what it is about stays in its column") {
  const std::string word = "lorem ";
  std::string note = "note: ";
  for (int i = 0; i < 12; ++i) note += word;
  note.pop_back();
  CHECK(fitted(note, 60) ==
        "note: lorem lorem lorem lorem lorem lorem lorem lorem lorem\n"
        "      lorem lorem lorem");
  CHECK(fitted("  or cut A::b: " + std::string(50, 'x') + " yy", 60) ==
        "  or cut A::b:\n    " + std::string(50, 'x') + " yy");
}

TEST_CASE("a word that no line can hold is broken behind a pause in it, or where the line ends") {
  const std::string path = "  or cut " + std::string(30, 'a') + "::" + std::string(40, 'b');
  CHECK(fitted(path, 60) == "  or cut " + std::string(30, 'a') + "::\n    " + std::string(40, 'b'));
  CHECK(fitted(std::string(100, 'x'), 60) == std::string(60, 'x') + "\n  " + std::string(40, 'x'));
  CHECK(fitted(std::string(60, 'x') + " ", 60) == std::string(60, 'x'));
  CHECK(fitted(std::string(70, ' '), 60).empty());
  std::string wide = "a";
  for (int i = 0; i < 35; ++i) wide += "循";
  CHECK(widest_line(fitted(wide, 60)) == 59);
  CHECK(text_alone(fitted(wide, 60)) == wide);
}

TEST_CASE("beside a broken line the drawing goes on, and below its end it does not") {
  const std::string name(40, 'x');
  CHECK(fitted("  ╭─▶ " + name + " #1  64 bytes  use_count 1", 60) ==
        "  ╭─▶ " + name + " #1  64 bytes\n  │     use_count 1");
  CHECK(fitted("  │    ├─ " + name + " ─▶ Target #2", 60) ==
        "  │    ├─ " + name + "\n  │    │    ─▶ Target #2");
  CHECK(fitted("  ╰────┴─ " + name + " ─▶ Target #2", 60) ==
        "  ╰────┴─ " + name + "\n            ─▶ Target #2");
}

TEST_CASE("an arrow stays with what it leads to, a number with its type, a dot with what it follows") {
  CHECK(fitted(std::string(54, 'x') + " ─▶ Aaaa", 60) == std::string(54, 'x') + "\n  ─▶ Aaaa");
  CHECK(fitted(std::string(52, 'x') + " Obj -> Bbb", 60) == std::string(52, 'x') + " Obj\n  -> Bbb");
  CHECK(fitted(std::string(52, 'x') + " Obj #100", 60) == std::string(52, 'x') + "\n  Obj #100");
  CHECK(fitted(std::string(50, 'x') + " 64 bytes · proved", 60) ==
        std::string(50, 'x') + " 64\n  bytes · proved");
}

TEST_CASE("a source line loses its middle, and keeps its number, its start and its end") {
  const std::string line = "  │    │    88 │ auto session = " + std::string(60, 'x') + "(log);";
  const std::string shown = fitted(line, 60);
  CHECK(widest_line(shown) == 60);
  CHECK_THAT(shown, Catch::Matchers::StartsWith("  │    │    88 │ auto session = xx"));
  CHECK_THAT(shown, ContainsSubstring("x…x"));
  CHECK_THAT(shown, Catch::Matchers::EndsWith("(log);"));
}

TEST_CASE("a source line in colour ends its colour, also when that was in its middle") {
  const std::string shown = fitted("\x1b[2m  88 │ " + std::string(80, 'x') + "\x1b[0m", 60);
  CHECK_THAT(shown,
             Catch::Matchers::StartsWith("\x1b[2m  88 │ xx") && Catch::Matchers::EndsWith("xx\x1b[0m"));
  CHECK(widest_line(shown) == 60);
}

TEST_CASE("colour and link end with a line and go on in the next, and the drawing has neither") {
  const std::string link = "\x1b]8;;file:///a\x1b\\";
  const std::string no_link = "\x1b]8;;\x1b\\";
  const std::string name(50, 'x');
  CHECK(fitted("  │  \x1b[2m" + link + name + " yyyyyy" + no_link + " z\x1b[0m", 60) ==
        "  │  \x1b[2m" + link + name + no_link + "\x1b[0m\n  │    \x1b[2m" + link + "yyyyyy" + no_link +
            " z\x1b[0m");
  CHECK(fitted(name + "\x1b[0m      \x1b[1;31m◀── cut here\x1b[0m", 60) ==
        name + "\x1b[0m\n  \x1b[1;31m◀── cut here\x1b[0m");
}

TEST_CASE("no report is wider than its terminal, and no word is lost, whatever the names") {
  for (const auto& [kind, name] : hostile_names()) {
    INFO(kind);
    MadeUpReport made_up;
    add_findings_named(made_up, name.substr(0, 150));
    made_up.source.clear();
    const std::string whole = text_in(0, made_up);
    const std::string narrow = fitted(whole, 60);
    CHECK(widest_line(narrow) <= 60);
    CHECK(text_alone(narrow) == text_alone(whole));
    CHECK(widest_line(text_in(60, made_up)) <= 60);
  }
}
