// family_rows_test.cpp - which lines of a families file are said to be about nothing.
#include "program/types/family_rows.h"

#include <string>
#include <vector>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

using Texts = std::vector<std::string>;

// What is said of `rows` where the fixture's library is the only module.
Texts said_of(const std::string& rows, const std::string& build) {
  LoadedFixture fixture(fixture_path(build));
  fixture.families().read_text(rows, "own.families");
  fixture.snapshot().modules = {fixture.module()};
  fixture.program().note_unfound_families();
  return fixture.program().notes();
}

void check_said(const std::string& rows, const Texts& expected) {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    CHECK(said_of(rows, build) == expected);
  }
}

}  // namespace

TEST_CASE("of rows that a program has nothing is said, however they name the count", "[counted]") {
  check_said("", {});
  check_said(
      "farm::Ref object_ farm::Counted::references_\n"
      "farm::Ref object_ references_\n"
      "farm::Ref object_ references_ tag\n",
      {});
  check_said("farm::Ref object_ nowhere::Defined::count_@8\n", {});
}

TEST_CASE("a handle class that no debug info has is named with its line", "[counted]") {
  check_said(
      "# ours\nfarm::Reef object_ farm::Counted::references_\nfarm::Ref object_ references_\n",
      {"no module's debug info has the handle class farm::Reef (own.families:2): that line finds nothing"});
}

TEST_CASE("many handle classes that no debug info has are one note", "[counted]") {
  check_said("a::A p n\nb::B p n\n",
             {"no module's debug info has the handle classes a::A (own.families:1), b::B (own.families:2): "
              "these lines find nothing"});
  check_said(
      "A p n\nB p n\nC p n\nD p n\nE p n\nF p n\nG p n\n",
      {"no module's debug info has the handle classes A (own.families:1), B (own.families:2), "
       "C (own.families:3), D (own.families:4), E (own.families:5) and 2 more: these lines find nothing"});
}

TEST_CASE("a member that the handle class does not have is named", "[counted]") {
  check_said("farm::Ref objekt_ farm::Counted::references_\n",
             {"own.families:1: farm::Ref has no data member objekt_: that line finds nothing"});
  check_said("farm::Ref object_ farm::Counted::references_ block_\n",
             {"own.families:1: farm::Ref has no data member block_: that line finds nothing"});
}

TEST_CASE("a count's class or member that no debug info has is named", "[counted]") {
  check_said("farm::Ref object_ farm::Counted::refs_\n",
             {"own.families:1: farm::Counted has no data member refs_: that line finds nothing"});
  check_said("farm::Ref object_ farm::Counted::refs_@8\n",
             {"own.families:1: farm::Counted has no data member refs_: that line finds nothing"});
  check_said("farm::Ref object_ farm::Conted::references_\n",
             {"own.families:1: no module's debug info defines farm::Conted (of such a class, say "
              "farm::Conted::references_@OFFSET): that line finds nothing"});
  check_said("farm::Ref object_ refs_\n",
             {"own.families:1: no class that a farm::Ref points to has a data member refs_: that line finds "
              "nothing"});
}

TEST_CASE("of the families that are built in nothing is said", "[counted]") {
  for (const Texts& said : {said_of("", "g++-stripped"), said_of("# none\n", "g++-stripped")}) {
    CHECK(said.empty());
  }
  CHECK(Families().own_rows().empty());
}
