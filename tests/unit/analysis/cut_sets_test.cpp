// cut_sets_test.cpp - which members are proposed together.
#include <set>
#include <string>

#include "catch.h"
#include "cuts_of.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::cuts_of;
using testing::HeapBuilder;

TEST_CASE("what owns others is not cut where those can be told to point back weakly, also by two members") {
  const auto menu = [](bool births, const std::string& first_back, const std::string& second_back) {
    HeapBuilder heap;
    heap.object("Menu").vector("items", {"I1", "I2"});
    for (const char* item : {"I1", "I2"})
      heap.object(item).type("Item").owns("Menu", first_back).owns("Menu", second_back);
    for (const char* name : {"Menu", "I1", "I2"}) {
      if (!births) heap.object(name).no_birth();
    }
    return cuts_of(heap);
  };
  const auto cuts = menu(true, "menu", "other");
  REQUIRE(cuts.size() == 3);
  CHECK_FALSE(cuts[0].breaks_all);
  CHECK_FALSE(cuts[1].breaks_all);
  CHECK(cuts[2].path == "Menu::items[]");
  CHECK(cuts[2].breaks_all);
  CHECK_FALSE(cuts[2].as_good);
  // Not known to point back, neither by births nor by name.
  CHECK(menu(false, "menu", "other")[0].path == "Menu::items[]");
  CHECK_FALSE(menu(false, "parent", "owner")[0].breaks_all);
}

TEST_CASE("of two sets the one that leaves each object an owner is proposed") {
  HeapBuilder heap;  // many nodes share a scope, which nobody else owns
  heap.object("Unit").owns("N1", "root");
  heap.object("N1").type("Node").owns("N2", "child").owns("Scope", "scope").owns("Unit", "unit");
  heap.object("N2").type("Node").owns("Scope", "scope").owns("N1", "parent");
  heap.object("Scope").owns("Sym", "symbol");
  heap.object("Sym").owns("Scope", "owner").owns("N1", "decl");
  std::set<std::string> members;
  for (const Cut& cut : cuts_of(heap)) {
    CHECK_FALSE(cut.breaks_all);
    members.insert(cut.path);
  }
  CHECK(members == std::set<std::string>{"Node::parent", "Node::unit", "Sym::decl", "Sym::owner"});
}

TEST_CASE("what must go at offsets behind one member is told by the member, if nothing else lies there") {
  const auto rows = [](const std::string& other) {
    HeapBuilder heap;
    heap.object("World").points_to("rows", "rows").owns("Cache", "cache");
    heap.block("rows").owns("World").owns(other).owns("World");
    heap.object("Cache").owns("World", "world");
    return cuts_of(heap);
  };
  const auto alike = rows("World");
  REQUIRE(alike.size() == 2);
  CHECK(std::set<std::string>{alike[0].path, alike[1].path} == std::set<std::string>{"Cache::world", "World::rows"});
  // One of another type.
  const auto two_types = rows("Cache");
  std::set<std::string> paths;
  for (const Cut& cut : two_types) paths.insert(cut.path);
  CHECK(paths == std::set<std::string>{"Cache::world", "World::rows -> +0x0", "World::rows -> +0x20"});
}

TEST_CASE("what must go at offsets behind one member is told by these, where another may stay") {
  HeapBuilder heap;
  heap.object("Parent").type("Node").points_to("down", "links");
  heap.block("down").owns("Child");
  heap.object("Child").type("Node").points_to("up", "links");
  heap.block("up").bytes(64);
  heap.block("up").points_to("padding").owns("Parent").owns("Parent");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 3);
  CHECK_FALSE(cuts[0].breaks_all);
  CHECK_FALSE(cuts[1].breaks_all);
  CHECK(cuts[2].breaks_all);
  CHECK(cuts[2].path == "Node::links -> +0x0");
  CHECK(cuts[0].path != cuts[1].path);
  for (const Cut& cut : cuts) CHECK(cut.path.starts_with("Node::links -> +0x"));
}

TEST_CASE("no set is proposed where a member alone leaves each object its owner") {
  HeapBuilder heap;
  heap.object("Menu").vector("items", {"I1", "I2"});
  for (const char* item : {"I1", "I2"}) heap.object(item).type("Item").owns("Menu", "menu");
  const auto cuts = cuts_of(heap);
  REQUIRE_FALSE(cuts.empty());
  CHECK(cuts[0].path == "Item::menu");
  CHECK(cuts[0].breaks_all);
}

TEST_CASE("a set that rests on births alone gives way to one of half its size") {
  const auto members_of = [](const std::string& to_context, const std::string& to_model,
                             const std::string& to_view) {
    HeapBuilder heap;
    heap.object("Context").owns("Model", "services");
    heap.object("Model").owns("Context", to_context).owns("View", "listener");
    heap.object("View").owns("Context", to_context).owns("Model", to_model).owns("Controller", "controller");
    heap.object("Controller").owns("View", to_view).owns("Model", to_model).owns("Context", to_context);
    std::set<std::string> members;
    for (const Cut& cut : cuts_of(heap)) members.insert(cut.path);
    return members;
  };
  CHECK(members_of("context", "model", "view").size() == 3);
  CHECK(members_of("parent", "owner", "prev").size() == 6);  // here names speak, too
}

TEST_CASE("where no member breaks all, a set that does is named") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b").owns("A", "self");
  heap.object("B").owns("A", "a").owns("B", "itself");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 3);
  for (const Cut& cut : cuts) CHECK_FALSE(cut.breaks_all);
  CHECK(cuts[0].path == "A::self");
  CHECK(cuts[0].reason == "It does not break every cycle alone; together with B::a and B::itself it does.");
}

}  // namespace
}  // namespace gordian
