// why_report_test.cpp - who holds an object, for people: every end of a way, and what is left out.
#include "report/why_report.h"

#include "catch.h"
#include "report/made_up_report.h"

using namespace gordian;
using namespace gordian::test;
using snapshot::Place;

namespace {

FoundObject object(const std::string& type) {
  FoundObject result;
  result.type = type;
  result.size = 64;
  result.use_count = 1;
  return result;
}

Alive session() {
  Alive alive;
  alive.object = object("Session");
  return alive;
}

Holding of(const std::string& path, const std::string& type) {
  Holding holding;
  holding.path = path;
  holding.object = object(type);
  return holding;
}

Holding root(Place place, const std::string& path = "") {
  Holding holding;
  holding.path = path;
  holding.root.emplace();
  holding.root->place = place;
  return holding;
}

std::string told(const Alive& alive) {
  MadeUpReport made_up;
  made_up.snapshot.whole_heap = true;
  return why_report({{alive}, 0}, {"Session", 0}, made_up.report(), made_up.look);
}

}  // namespace

TEST_CASE("a way is told from the object up to a variable, with where that is declared") {
  Alive alive = session();
  Holding variable = root(Place::static_data, "pool[3]");
  variable.root->name = "pool";
  variable.root->declared = SourcePosition{"/home/you/pool.cpp", 13};
  alive.holders.push_back({{of("Worker::session", "Worker"), variable}, 0, WayEnd::root, ""});
  const std::string text = told(alive);
  CHECK_THAT(text, Catch::Matchers::StartsWith("Session  64 bytes  use_count 1\n"));
  CHECK_THAT(text, ContainsSubstring("  held by Worker::session\n    of Worker  64 bytes\n"));
  CHECK_THAT(text, ContainsSubstring("    held by pool[3]\n      a variable of static storage, pool.cpp:13\n"));
}

TEST_CASE("a word that may be no reference is told as perhaps") {
  Alive alive = session();
  Holding local = root(Place::stack, "kept[0]");
  local.certain = false;
  local.root->function = "serve()";
  alive.holders.push_back({{local}, 0, WayEnd::root, ""});
  CHECK_THAT(told(alive), ContainsSubstring("  perhaps held by kept[0]\n    a local variable of serve()\n"));
}

TEST_CASE("each kind of root has words of its own, also where no variable is known") {
  const std::vector<std::pair<Place, std::string>> words = {
      {Place::static_data, "held by static data of "},
      {Place::thread_local_data, "held by thread-local data\n"},
      {Place::stack, "held by the stack of a thread\n"},
      {Place::user_root, "held by memory given to gordian_add_root()\n"},
      {Place::mapping, "held by memory that the program got by mmap() or from an allocator that gordian does not see\n"},
      {Place::registers, "held by a register of a thread\n"},
  };
  for (const auto& [place, expected] : words) {
    Alive alive = session();
    alive.holders.push_back({{root(place)}, 0, WayEnd::root, ""});
    CHECK_THAT(told(alive), ContainsSubstring(expected));
  }
}

TEST_CASE("each end of a way that is no root is told") {
  const std::vector<std::pair<WayEnd, std::string>> words = {
      {WayEnd::owned, "owned by something that has no name"},
      {WayEnd::itself, "which it holds itself\n"},
      {WayEnd::unknown, "held by nobody that was found\n"},
  };
  for (const auto& [end, expected] : words) {
    Alive alive = session();
    alive.holders.push_back({{of("Child::parent", "Child")}, 0, end, ""});
    CHECK_THAT(told(alive), ContainsSubstring(expected));
  }
}

TEST_CASE("a cycle that keeps the object is named, and its finding follows, but no other") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  const std::string ring = made_up.findings.findings[0].id;
  made_up.object(made_up.cycle("00000001"), "Other");
  made_up.reference(made_up.findings.findings.back(), 1, 1, "Other::self");
  Alive alive = session();
  alive.holders.push_back({{of("Obj::session", "Obj")}, 0, WayEnd::cycle, ring});
  const std::string text =
      why_report({{alive}, 0}, {"Session", 0}, made_up.report(), made_up.look);
  CHECK_THAT(text, ContainsSubstring("    kept alive by cycle " + ring + "\n"));
  CHECK_THAT(text, ContainsSubstring("\ncycle " + ring));
  CHECK_THAT(text, !ContainsSubstring("00000001"));
}

TEST_CASE("what is left out is counted: objects of a way, holders, references that lie nowhere, objects") {
  MadeUpReport made_up;
  Alive alive = session();
  alive.holders.push_back({{of("A::b", "A"), of("B::c", "B"), root(Place::static_data)}, 40, WayEnd::root, ""});
  alive.more = 5;
  alive.not_found = 2;
  const std::string text =
      why_report({{alive}, 7}, {"Session", 0}, made_up.report(), made_up.look);
  CHECK_THAT(text, ContainsSubstring("… held by 40 more objects, one by the other\n"));
  CHECK_THAT(text, ContainsSubstring("… and 5 more holders\n"));
  CHECK_THAT(text, ContainsSubstring("2 strong references were not found: "));
  CHECK_THAT(text, ContainsSubstring("… and 7 more\n"));
}

TEST_CASE("where there is no such object, a snapshot of leaks alone says how to ask for the rest") {
  MadeUpReport made_up;
  CHECK_THAT(why_report({}, {"Session", 0}, made_up.report(), made_up.look), ContainsSubstring("whole_heap=1"));
  made_up.snapshot.whole_heap = true;
  CHECK(why_report({}, {"Session", 0}, made_up.report(), made_up.look) == "no object of type Session is alive\n");
  CHECK(why_report({}, {"", 0x10}, made_up.report(), made_up.look) == "nothing is alive there\n");
}

TEST_CASE("memory without a type or a count is told by its size") {
  Alive alive;
  alive.object = object("");
  alive.object.family.clear();
  alive.counted = false;
  CHECK(told(alive) == "memory  64 bytes\n  held by nobody that was found\n");
}
