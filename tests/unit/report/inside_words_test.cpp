// inside_words_test.cpp - phrases about the inside of a finding, one case each.
#include "report/inside_words.h"

#include "catch.h"

using namespace gordian;

TEST_CASE("a structure says of how many members the most important ones are shown") {
  Structure structure;
  structure.members.resize(1);
  structure.members_in_all = 1;
  CHECK(structure_words(structure) == "it is held together by 1 member:");
  structure.members_in_all = 7;
  CHECK(structure_words(structure) == "it is held together by 7 members, most of all by:");
}

TEST_CASE("a shortest cycle is a way, the object itself, or was not found in time") {
  ClosingMember member = {"A::b", "A", "B", 1, {"A::b", "B::a"}, 2};
  CHECK(references_words(member) == "1 reference to B");
  CHECK(shortest_words(member) == "shortest cycle A::b -> B::a");
  member.shortest_references = 9;
  CHECK(shortest_words(member) == "shortest cycle A::b -> B::a -> … (9 in all)");
  member = {"A::a", "A", "", 2, {"A::a"}, 1};
  CHECK(references_words(member) == "2 references");
  CHECK(shortest_words(member) == "the object itself");
  member.shortest.clear();
  member.shortest_references = 0;
  CHECK(shortest_words(member).empty());
}

TEST_CASE("a lost handle is told by where it lies, and by its name where that is known") {
  CHECK(lost_words({16, 0, "", 0}) ==
        "the handle at the start of a heap block of 16 bytes that nothing points to");
  CHECK(lost_words({40, 8, "Job::owner", 0}) ==
        "the handle Job::owner 8 bytes into a heap block of 40 bytes that nothing points to");
}

TEST_CASE("only an orphan's references are found nowhere") {
  Finding finding;
  finding.kind = FindingKind::orphan;
  finding.objects.resize(1);
  finding.objects[0].use_count = finding.objects[0].located_strong = 1;
  CHECK(not_found_words(finding).empty());
  finding.objects[0].located_strong = 0;
  CHECK(not_found_words(finding) == "1 of 1 strong reference was found nowhere");
  finding.kind = FindingKind::cycle;
  CHECK(not_found_words(finding).empty());
}
