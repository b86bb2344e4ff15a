// call_stacks_test.cpp - plumbing is left out, and an address is looked up once.
#include "report/call_stacks.h"

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
