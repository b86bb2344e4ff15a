// manual_test.cpp - what was declared and what people wrote become one page.
#include "reference/manual.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "../commands/scratch_directory.h"
#include "base/error.h"
#include "catch.h"

using namespace gordian;

namespace {

const DescribedCommand kTool = {"", "Finds things.", {}, {}, false, "", "0 or 1."};
const DescribedCommand kCommand = {
    "look",
    "Look at things",
    {{{"-o", "--out"}, DescribedOption::Value::file, "PATH", {}, "", "where it goes"},
     {{"--how"}, DescribedOption::Value::choice, "WHAT", {"well", "badly"}, "well", "how it is done"},
     {{"--all"}, DescribedOption::Value::optional, "GLOB", {}, "", "not only some"}},
    {{"THING", true, true, "what is looked at"}},
    false,
    "What it does not see it does not tell.\n",
    "0 it was seen."};

std::string page(const std::string& name, const std::string& prose) {
  for (const auto& each : manual_pages({kTool, kCommand}, {prose, "May 1, 2031", "7.8"})) {
    if (each.name == name) return each.text;
  }
  throw Error("no page " + name);
}

}  // namespace

TEST_CASE("a command without prose has a page of what is declared") {
  const std::string text = page("gordian-look", "/nonexistent");
  CHECK_THAT(text,
             Catch::Matchers::StartsWith(".Dd May 1, 2031\n.Dt GORDIAN-LOOK 1\n.Os gordian 7.8\n.Sh NAME\n"
                                         ".Nm gordian-look\n.Nd look at things\n.Sh SYNOPSIS\n"));
  CHECK_THAT(text, ContainsSubstring(".Ar THING ...\n"));
  CHECK_THAT(text, ContainsSubstring(".It Fl o , Fl \\-out Ar PATH\nwhere it goes.\n"));
  CHECK_THAT(text,
             ContainsSubstring(".It Fl \\-how Ar WHAT\nhow it is done (well, badly).\nDefault: well.\n"));
  CHECK_THAT(text, ContainsSubstring(".It Fl \\-all Ns Op = Ns Ar GLOB\n"));
  CHECK_THAT(text, ContainsSubstring(".Sh EXIT STATUS\n0 it was seen.\n"));
  CHECK_THAT(text,
             ContainsSubstring(".Sh SEE ALSO\n.Xr gordian 1 ,\n.Xr gordian.h 3 ,\n.Xr gordian-options 7\n"));
}

TEST_CASE("what people wrote stands in its section, before what --help ends with") {
  const test::ScratchDirectory folder;
  std::ofstream(folder.file("gordian-look.mdoc")) << ".Sh EXAMPLES\nLook here.\n.Sh DESCRIPTION\nIt looks.\n";
  const std::string text = page("gordian-look", folder.file(""));
  CHECK_THAT(text,
             ContainsSubstring(".Sh DESCRIPTION\nIt looks.\n.Pp\nWhat it does not see it does not tell.\n"));
  CHECK(text.find(".Sh EXIT STATUS") < text.find(".Sh EXAMPLES\nLook here.\n"));
}

TEST_CASE("a section that has no place is an error that names it") {
  const test::ScratchDirectory folder;
  std::ofstream(folder.file("gordian-look.mdoc")) << ".Sh EXMAPLES\nLook here.\n";
  CHECK_THROWS_WITH(page("gordian-look", folder.file("")),
                    ContainsSubstring("gordian-look.mdoc: section EXMAPLES"));
}

TEST_CASE("gordian's own page lists the commands") {
  CHECK_THAT(page("gordian", "/nonexistent"),
             ContainsSubstring(".Sh COMMANDS\n.Bl -tag -width Ds\n"
                               ".It Xr gordian-look 1\nLook at things.\n.El\n"));
}
