// picture_test.cpp - what a picture shows of a finding.
#include "report/html/picture.h"

#include <algorithm>

#include "catch.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;

namespace {

Picture drawn(const Finding& finding) {
  GraphLayout layout;
  const auto picture = picture_of(finding, std::vector<std::string>(finding.objects.size()), layout);
  REQUIRE(picture);
  return *picture;
}

}  // namespace

TEST_CASE("a picture has a box for each object and an arrow for each reference, and marks the cut") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  GraphLayout layout;
  const auto picture = picture_of(made_up.findings.findings[0], {"a.cpp:1", "", "a.cpp:3"}, layout);
  REQUIRE(picture);
  REQUIRE(picture->boxes.size() == 3);
  CHECK(picture->boxes[0].lines == std::vector<std::string>{"Obj", "#1 · 64 bytes · use_count 1", "a.cpp:1"});
  CHECK(picture->boxes[1].lines.size() == 2);
  REQUIRE(picture->arrows.size() == 3);
  CHECK(picture->arrows[0].lines == std::vector<std::string>{"Obj::b"});
  CHECK(picture->arrows[2].lines == std::vector<std::string>{"Obj::a", "cut here"});
}

TEST_CASE("a weak reference is drawn as weak, never as the one to cut") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& finding = made_up.findings.findings[0];
  made_up.reference(finding, 2, 1, "Obj::a").strength = Strength::weak;
  CHECK(drawn(finding).arrows[3].lines == std::vector<std::string>{"Obj::a", "weak"});
}

TEST_CASE("a box counts the objects of the cycle that are left out, and leads back to the first") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& finding = made_up.findings.findings[0];
  finding.references.pop_back();
  finding.cycle_objects = 1000;
  finding.omitted = 997;
  const Picture picture = drawn(finding);
  REQUIRE(picture.boxes.size() == 4);
  CHECK(picture.boxes[3].lines == std::vector<std::string>{"… 997 more objects"});
  CHECK(picture.boxes[3].object == 0);
  REQUIRE(picture.arrows.size() == 4);
  CHECK(picture.arrows[2].reference == PictureArrow::kNoReference);
  CHECK(picture.arrows[2].place.curve.front().y > picture.boxes[2].middle.y);
}

TEST_CASE("of a ring of two thousand objects the first are drawn, and the others are counted") {
  MadeUpReport made_up;
  auto& finding = made_up.cycle("00000001");
  for (int i = 0; i < 2000; ++i) made_up.object(finding, "T");
  for (std::uint32_t id = 1; id <= 2000; ++id) made_up.reference(finding, id, id % 2000 + 1, "T::next");
  for (int i = 0; i < 2000; ++i) made_up.reference(finding, 1, 2, "T::other");
  finding.cycle_objects = 2000;
  const Picture picture = drawn(finding);
  REQUIRE(picture.boxes.size() == 41);
  CHECK(picture.boxes[40].lines == std::vector<std::string>{"… 1960 more objects"});
  CHECK(picture.arrows.size() == 102);
}

TEST_CASE("a long name is shortened, and its box and label stay narrow") {
  MadeUpReport made_up;
  auto& finding = made_up.cycle("00000001");
  made_up.object(finding, "std::map<" + std::string(5000, 'x') + ">");
  made_up.reference(finding, 1, 1, std::string(5000, 'y'));
  const Picture picture = drawn(finding);
  CHECK(picture.boxes[0].size.width < 320);
  CHECK(picture.arrows[0].size.width < 280);
}

TEST_CASE("a reference to an object that is not shown is not drawn") {
  MadeUpReport made_up;
  auto& finding = made_up.cycle("00000001");
  made_up.object(finding, "A");
  made_up.reference(finding, 1, 7, "A::b");
  CHECK(drawn(finding).arrows.empty());
}
