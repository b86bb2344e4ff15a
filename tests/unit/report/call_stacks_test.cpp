// call_stacks_test.cpp - plumbing is left out, and an address is looked up once.
#include "report/call_stacks.h"

#include <string>
#include <vector>

#include "catch.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;

TEST_CASE("plumbing is left out of a stack") {
  MadeUpReport made_up;
  const auto row = made_up.stack({made_up.frame("std::allocate()", 0), made_up.frame("make", 7),
                                  made_up.frame("std::for_each()", 0), made_up.frame("main", 9)});
  const Report report = made_up.report();
  CallStacks stacks(report);
  const auto& frames = stacks.program_frames(row);
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].function == "make");
  CHECK(frames[1].function == "main");
}

TEST_CASE("a stack of nothing but plumbing is shown whole") {
  MadeUpReport made_up;
  const auto row = made_up.stack({made_up.frame("std::allocate()", 0), made_up.frame("std::thread()", 0)});
  const Report report = made_up.report();
  CallStacks stacks(report);
  CHECK(stacks.program_frames(row).size() == 2);
}

TEST_CASE("the empty stack has no frames") {
  MadeUpReport made_up;
  const Report report = made_up.report();
  CallStacks stacks(report);
  CHECK(stacks.program_frames(0).empty());
}

TEST_CASE("a stack is resolved when it is first asked for, and once") {
  MadeUpReport made_up;
  const auto asked = made_up.stack({made_up.frame("main", 9)});
  made_up.stack({made_up.frame("other", 9)});
  const Report report = made_up.report();
  CallStacks stacks(report);
  CHECK(made_up.frames.questions == 0);
  stacks.program_frames(asked);
  stacks.program_frames(asked);
  CHECK(made_up.frames.questions == 1);
}

namespace {

// The functions of the stack that is shown for an object that announced itself there, outermost last.
std::vector<std::string> shown(const std::string& type, const std::vector<std::string>& functions,
                               bool announced = true) {
  MadeUpReport made_up;
  std::vector<Frame> frames;
  for (const auto& function : functions) frames.push_back(MadeUpReport::frame(function, 7));
  FoundObject object;
  object.type = type;
  object.stack = made_up.stack(frames);
  object.announced_there = announced;
  const Report report = made_up.report();
  std::vector<std::string> names;
  for (const auto& frame : CallStacks(report).allocation_frames(object)) names.push_back(*frame.function);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an object that announced itself was allocated by who called its constructors") {
  CHECK(shown("Node", {"Counted::Counted()", "Node::Node(int)", "make()", "main"}) ==
        Names{"make()", "main"});
  CHECK(shown("a::Node<int>", {"a::Counted<a::Node<int>>::Counted()", "a::Node<int>::Node()", "main"}) ==
        Names{"main"});
  CHECK(shown("(anonymous namespace)::Node",
              {"Counted::Counted()", "(anonymous namespace)::Node::Node((anonymous namespace)::Arg)",
               "main"}) == Names{"main"});
  CHECK(shown("Node", {"Counted::note()", "Counted::Counted()", "Node::Node()", "main"}) == Names{"main"});
  CHECK(shown("<unknown type>", {"Counted::Counted()", "Node::Node()", "main"}) == Names{"main"});
}

TEST_CASE("a constructor that makes an object of another class has allocated it") {
  CHECK(shown("Node", {"Counted::Counted()", "Node::Node()", "Tree::Tree()", "main"}) ==
        Names{"Tree::Tree()", "main"});
}

TEST_CASE("a stack of nothing but constructors is shown whole, and so is that of an allocation") {
  CHECK(shown("Node", {"Counted::Counted()", "Node::Node()"}) == Names{"Counted::Counted()", "Node::Node()"});
  CHECK(shown("Node", {"Node::Node()", "main"}, false) == Names{"Node::Node()", "main"});
  CHECK(shown("Node", {"Node::make()", "make", "main"}) == Names{"Node::make()", "make", "main"});
  CHECK(shown("Node", {}).empty());
}
