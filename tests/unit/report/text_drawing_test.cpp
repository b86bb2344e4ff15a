// text_drawing_test.cpp - drawings of findings of every shape, compared as a whole.
#include "report/text_drawing.h"

#include "catch.h"
#include "golden.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::string drawing_of(const MadeUpReport& made_up) {
  const Report report = made_up.report();
  const Paint paint(made_up.look.terminal);
  CallStacks stacks(report);
  return text_drawing(made_up.findings.findings.at(0), TextContext{report, made_up.look, paint, stacks});
}

// A ring whose objects are all made on line 9 of make(), which main() calls.
Finding& add_ring(MadeUpReport& made_up, std::uint32_t size) {
  auto& cycle = made_up.cycle("0000beef");
  made_up.source[9] = "    return std::make_shared<Node>();";
  const auto stack = made_up.stack({made_up.frame("make()", 9), made_up.frame("main", 40)});
  for (std::uint32_t i = 1; i <= size; ++i) {
    made_up.object(cycle, "Node").stack = stack;
    made_up.reference(cycle, i, i % size + 1, "Node::next");
  }
  return cycle;
}

}  // namespace

TEST_CASE("an object that holds itself is drawn as a way of one step") {
  MadeUpReport made_up;
  auto& cycle = add_ring(made_up, 1);
  cycle.references[0].path = "Session::on_done -> captured self";
  cycle.references[0].member = "Session::on_done";
  made_up.cut(cycle, "Session::on_done", "capture weak_from_this()", "");
  check_golden("drawing_self.txt", drawing_of(made_up));
}

TEST_CASE("a ring of twelve stays as narrow as one of two, and says once where its objects come from") {
  MadeUpReport made_up;
  add_ring(made_up, 12);
  check_golden("drawing_twelve.txt", drawing_of(made_up));
}

TEST_CASE("of a ring of a thousand the beginning and the end are drawn, and the rest is counted") {
  MadeUpReport made_up;
  add_ring(made_up, 1000);
  check_golden("drawing_thousand.txt", drawing_of(made_up));
}

TEST_CASE("objects that the analysis left out are counted, and the way closes over them") {
  MadeUpReport made_up;
  auto& cycle = add_ring(made_up, 4);
  CHECK_THAT(drawing_of(made_up), !ContainsSubstring("more object"));
  cycle.objects.pop_back();
  cycle.references.resize(2);
  cycle.cycle_objects = 1000;
  check_golden("drawing_left_out.txt", drawing_of(made_up));
}

TEST_CASE("objects of the knot that are not on the way round are listed below it") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0000cafe");
  for (int i = 0; i < 3; ++i) made_up.object(cycle, "Node");
  made_up.reference(cycle, 1, 2, "Node::next");
  made_up.reference(cycle, 2, 1, "Node::previous");
  made_up.reference(cycle, 2, 3, "Node::next");
  made_up.reference(cycle, 3, 2, "Node::previous");
  made_up.cut(cycle, "Node::previous", "make it std::weak_ptr<Node>", "");
  check_golden("drawing_list.txt", drawing_of(made_up));
}

TEST_CASE("up to three cuts are marked each, and more of them once for all") {
  for (const std::uint32_t size : {3u, 4u}) {
    MadeUpReport made_up;
    made_up.cut(add_ring(made_up, size), "Node::next", "make it std::weak_ptr<Node>", "");
    const std::string drawing = drawing_of(made_up);
    const auto first = drawing.find("cut here");
    CHECK((drawing.find("cut here", first + 1) == std::string::npos) == (size == 4));
    CHECK((drawing.find("cut here, and at every Node::next") == first) == (size == 4));
  }
}

TEST_CASE("a mark that stands for all names each member that is cut together") {
  MadeUpReport made_up;
  auto& cycle = add_ring(made_up, 4);
  for (const char* member : {"Node::next", "Node::other"})
    made_up.cut(cycle, member, "make it std::weak_ptr<Node>", "").breaks_all = false;
  made_up.cut(cycle, "Node::third", "make it std::weak_ptr<Node>", "");
  CHECK_THAT(drawing_of(made_up), ContainsSubstring("cut here, and at every Node::next and Node::other\n"));
}

TEST_CASE("a parent with children shows every reference, and the cut at each back reference") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0000cafe");
  made_up.source = {{25, "auto child = std::make_shared<Child>();"},
                    {32, "auto parent = std::make_shared<Parent>();"}};
  auto& parent = made_up.object(cycle, "Parent");
  parent.use_count = parent.located_strong = 2;
  parent.stack = made_up.stack({made_up.frame("main", 32)});
  for (int call = 33; call <= 34; ++call) {
    const auto stack = made_up.stack({made_up.frame("add_child(std::shared_ptr<Parent> const&)", 25),
                                      made_up.frame("build()", call), made_up.frame("main", 50)});
    made_up.object(cycle, "Child").stack = stack;
  }
  for (std::uint32_t child = 2; child <= 3; ++child) {
    made_up.reference(cycle, 1, child, "Parent::children").path =
        "Parent::children[" + std::to_string(child - 2) + "]";
    made_up.reference(cycle, child, 1, "Child::parent");
  }
  made_up.cut(cycle, "Child::parent", "make it std::weak_ptr<Parent>", "");
  check_golden("drawing_parent_child.txt", drawing_of(made_up));
}

TEST_CASE("an object with a hundred references shows some and the one that closes the way") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0000cafe");
  made_up.object(cycle, "Hub");
  made_up.object(cycle, "Hub");
  made_up.reference(cycle, 1, 2, "Hub::other");
  made_up.reference(cycle, 2, 1, "Hub::back");
  for (int i = 0; i < 99; ++i) made_up.reference(cycle, 2, 2, "Hub::self" + std::to_string(i));
  check_golden("drawing_hub.txt", drawing_of(made_up));
}

TEST_CASE("weak references and ways that do not close are drawn as what they are") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0000cafe");
  made_up.object(cycle, "A");
  made_up.object(cycle, "B");
  made_up.reference(cycle, 1, 2, "A::b");
  made_up.reference(cycle, 2, 1, "B::a").strength = Strength::weak;
  CHECK_THAT(drawing_of(made_up), !ContainsSubstring("╭") && !ContainsSubstring("B::a"));
  cycle.references[1].strength = Strength::strong;
  CHECK_THAT(drawing_of(made_up), ContainsSubstring("╭") && ContainsSubstring("╰────┴─ B::a ─▶ A #1"));
}

TEST_CASE("without debug info there are function names, or offsets in modules") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0000cafe");
  made_up.object(cycle, "A").stack =
      made_up.stack({made_up.frame("make_graph", 0), made_up.frame("main", 0)});
  made_up.object(cycle, "A").stack = made_up.stack({made_up.frame("", 0), made_up.frame("", 0)});
  made_up.reference(cycle, 1, 2, "").path = "+0x18";
  made_up.reference(cycle, 2, 1, "").path = "+0x18";
  check_golden("drawing_no_debug_info.txt", drawing_of(made_up));
}

TEST_CASE("an object without a stack says why") {
  MadeUpReport made_up;
  made_up.object(made_up.cycle("0000cafe"), "A");
  CHECK_THAT(drawing_of(made_up),
             ContainsSubstring("allocation stack not recorded: compiled without the shim"));
  made_up.snapshot.shim = true;
  made_up.findings.findings.back().objects.back().family = "intrusive";
  CHECK_THAT(drawing_of(made_up), ContainsSubstring("not recorded: set GORDIAN_OPTIONS=block_stacks=1"));
  made_up.snapshot.notes = {{snapshot::NoteKind::stacks_full, 0, 3}};
  CHECK_THAT(drawing_of(made_up),
             ContainsSubstring("allocation stack not recorded: no room was left for stacks"));
}

TEST_CASE("long chains of callers are cut short, and repeated ones told by the object that had them") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0000cafe");
  std::vector<Frame> deep;
  for (int i = 1; i <= 6; ++i) deep.push_back(made_up.frame("f" + std::to_string(i), i));
  made_up.object(cycle, "A").stack = made_up.stack(deep);
  made_up.object(cycle, "B").stack = made_up.stack({made_up.frame("main", 70)});
  made_up.object(cycle, "C").stack = made_up.stack(deep);
  check_golden("drawing_callers.txt", drawing_of(made_up));
}
