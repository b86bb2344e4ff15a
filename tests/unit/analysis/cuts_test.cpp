// cuts_test.cpp - what is proposed to cut, in what order, and that it is enough.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "cuts_of.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::cuts_of;
using testing::HeapBuilder;
using testing::Ref;

TEST_CASE("the article's cut is the reference back to the object allocated first") {
  HeapBuilder heap;
  heap.object("#1").type("Obj").owns("#2", "b");
  heap.object("#2").type("Obj").owns("#3", "c");
  heap.object("#3").type("Obj").owns("#1", "a");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 3);
  CHECK(cuts[0].member == "Obj::a");
  CHECK(cuts[0].path == "Obj::a");
  CHECK(cuts[0].advice == "make it std::weak_ptr<Obj>");
  CHECK(cuts[0].reason == "It points back to the object allocated first; without it all 3 are freed.");
  for (const Cut& cut : cuts) CHECK(cut.breaks_all);
  CHECK(cuts[1].reason == "Without it all 3 are freed.");
}

TEST_CASE("a cut and a reference say where their member is declared, when debug info does") {
  HeapBuilder heap;
  heap.object("tree").type("Tree");
  heap.object("kid").type("Kid").owns("tree", "parent");
  heap.object("tree").vector("kids", {"kid"});
  heap.types().declare("Tree::kids", "/src/tree.h", 12);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  const Finding& finding = findings.findings[0];
  REQUIRE(finding.cuts.size() == 2);
  CHECK(finding.cuts[0].path == "Kid::parent");
  CHECK_FALSE(finding.cuts[0].declared);
  CHECK(finding.cuts[1].path == "Tree::kids[]");
  CHECK(finding.cuts[1].declared == SourcePosition{"/src/tree.h", 12});
  REQUIRE(finding.references.size() == 2);
  for (const auto& reference : finding.references) {
    CHECK(reference.declared.has_value() == (reference.member == "Tree::kids"));
  }
}

TEST_CASE("where order of allocation is not known, none is claimed") {
  HeapBuilder heap;
  heap.object("#1").type("Obj").owns("#2", "b").no_birth();
  heap.object("#2").type("Obj").owns("#1", "a").no_birth();
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 2);
  CHECK(cuts[0].reason == "Without it both are freed.");
}

TEST_CASE("a child's reference to its parent is cut rather than the parent's to its children") {
  HeapBuilder heap;
  heap.object("root").type("Parent");
  heap.object("#1").type("Child").owns("root", "parent");
  heap.object("#2").type("Child").owns("root", "parent");
  heap.object("root").vector("children", {"#1", "#2"});
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 2);
  CHECK(cuts[0].path == "Child::parent");
  CHECK(cuts[0].reason == "It points back to the object allocated first; without it all 3 are freed.");
  CHECK(cuts[1].path == "Parent::children[]");
  CHECK(cuts[1].member == "Parent::children");
  CHECK(cuts[1].advice == "hold std::weak_ptr<Child> in it");
}

TEST_CASE("between two references back the one called parent is cut") {
  HeapBuilder heap;
  heap.object("A").type("N").owns("B", "zeta");
  heap.object("B").type("N").owns("A", "alpha").owns("A", "parent_");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 3);
  CHECK(cuts[0].path == "N::parent_");
  CHECK(cuts[1].path == "N::alpha");
  CHECK(cuts[0].reason == "It does not break every cycle alone; together with N::alpha it does.");
  HeapBuilder one_way;
  one_way.object("A").type("N").owns("B", "next");
  one_way.object("B").type("N").owns("C", "alpha");
  one_way.object("C").type("N").owns("A", "parent_");
  CHECK(cuts_of(one_way)[0].path == "N::parent_");
}

TEST_CASE("a guess at which object was made first makes no cut the better one") {
  const auto cuts_with = [](bool births) {
    HeapBuilder heap;
    heap.object("A").type("Owner").owns("B", "owned");
    heap.object("B").type("Back").owns("A", "other");
    if (!births) {
      heap.object("A").no_birth();
      heap.object("B").no_birth();
    }
    return cuts_of(heap);
  };
  REQUIRE(cuts_with(true).size() == 2);
  CHECK(cuts_with(true)[0].path == "Back::other");
  CHECK_FALSE(cuts_with(true)[1].as_good);
  CHECK(cuts_with(false)[1].as_good);
}

TEST_CASE("a captured self is captured weakly") {
  HeapBuilder heap;
  heap.object("Button").owns("Button", "captured self").sees("Button", "_M_weak_this");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].member == "captured self");
  CHECK(cuts[0].advice == "capture weak_from_this() (or a std::weak_ptr) instead of self");
  HeapBuilder without;  // no enable_shared_from_this
  without.object("Button").owns("Button", "captured self");
  CHECK(cuts_of(without)[0].advice == "capture std::weak_ptr<Button> instead of self");
  CHECK(cuts[0].reason == "The object holds itself through it; without it the object is freed.");
}

TEST_CASE("what a std::function captured is captured weakly, also where nobody knows its name") {
  const auto advice_for = [](const std::string& held) {
    HeapBuilder heap;
    heap.object("Button").points_to("closure", "on_click");
    heap.block("closure").owns(held);
    if (held != "Button") heap.object(held).owns("Button", "button");
    Word function;
    function.member = function.path = "Button::on_click";
    function.type = "std::function<void ()>";
    heap.types().set_word(heap.types().type("Button"), 0, function);
    heap.types().set_word(heap.types().type("control block of Button"), 16, function);
    const auto cuts = cuts_of(heap);
    const auto found =
        std::find_if(cuts.begin(), cuts.end(), [](const Cut& c) { return c.member == "Button::on_click"; });
    return found == cuts.end() ? std::string() : found->path + ": " + found->advice;
  };
  CHECK(advice_for("Button") ==
        "Button::on_click -> +0x0: capture std::weak_ptr<Button> instead, or reset "
        "Button::on_click when it is no longer needed");
  CHECK(advice_for("Dialog") ==
        "Button::on_click -> +0x0: capture std::weak_ptr<Dialog> instead, or reset Button::on_click when it "
        "is no longer needed");
}

TEST_CASE("a handle without a name behind a pointer is held weakly there, whatever the member is") {
  HeapBuilder heap;
  heap.object("Map").points_to("node", "root");
  heap.block("node").owns("Map");
  CHECK(cuts_of(heap)[0].advice == "let what it leads to hold std::weak_ptr<Map> instead");
}

TEST_CASE("a handle in a struct of its own is called by that struct") {
  HeapBuilder heap;
  heap.object("Graph").vector_of("edges", "Edge", "to", {"Graph"});
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].member == "Edge::to");
  CHECK(cuts[0].path == "Graph::edges[].to");
  CHECK(cuts[0].advice == "make it std::weak_ptr<Graph>");
}

TEST_CASE("a handle in a tuple or an optional is weak itself, and the member stays what it is") {
  const auto advice_in = [](const std::string& declared) {
    HeapBuilder heap;
    heap.object("Tree").owns("Tree", "state");
    const TypeId type = heap.types().type("control block of Tree");
    Word word = heap.types().word_at(type, 16 + 8);
    word.declared = declared;
    heap.types().set_word(type, 16 + 8, word);
    return cuts_of(heap)[0].advice;
  };
  CHECK(advice_in("std::shared_ptr<Tree>") == "make it std::weak_ptr<Tree>");
  CHECK(advice_in("std::tuple<int, std::shared_ptr<Tree>>") ==
        "make the shared_ptr in Tree::state a std::weak_ptr<Tree>");
  CHECK(advice_in("std::optional<std::shared_ptr<Tree>>") ==
        "make the shared_ptr in Tree::state a std::weak_ptr<Tree>");
}

TEST_CASE("a handle in a library's struct is called by the container") {
  HeapBuilder heap;
  heap.object("Map").vector_of("rows", "std::pair<int, std::shared_ptr<Map>>", "second", {"Map"});
  CHECK(cuts_of(heap)[0].advice == "hold std::weak_ptr<Map> in it");
}

TEST_CASE("a handle in an object that is a library's class is weak itself") {
  HeapBuilder heap;
  heap.object("std::pair<int, Any>").owns("std::pair<int, Any>", "second");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].member == "std::pair<int, Any>::second");
  CHECK(cuts[0].advice == "make it std::weak_ptr<std::pair<int, Any>>");
}

TEST_CASE("what a callback in a library's class captured is declared nowhere, unlike one in the program's") {
  const auto cut_in = [](const std::string& holder) {
    HeapBuilder heap;
    heap.object(holder).points_to("closure", "callback");
    heap.block("closure").owns(holder, "captured self");
    heap.types().declare(holder + "::callback", "/src/button.h", 7);
    heap.types().declare("captured self", "/usr/include/c++/12/functional", 500);
    return cuts_of(heap).at(0);
  };
  CHECK(cut_in("Button").member == "Button::callback");
  CHECK(cut_in("Button").declared == SourcePosition{"/src/button.h", 7});
  CHECK(cut_in("std::Holder").member == "captured self");
  CHECK_FALSE(cut_in("std::Holder").declared);
}

TEST_CASE("of a member that points forth and back it is told how often it points back") {
  HeapBuilder heap;
  for (const char* node : {"A", "B", "C"}) heap.object(node).type("Node");
  heap.object("A").owns("C", "link");
  heap.object("C").owns("B", "link");
  heap.object("B").owns("A", "link");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].reason ==
        "2 of its 3 references point back to objects allocated earlier; without it all 3 are freed.");
  HeapBuilder forth;
  for (const char* node : {"A", "B", "C"}) forth.object(node).type("Node");
  forth.object("A").owns("B", "link");
  forth.object("B").owns("C", "link");
  forth.object("C").owns("A", "link");
  CHECK(cuts_of(forth).at(0).reason == "Without it all 3 are freed.");
}

TEST_CASE("what an allocator holds is held weakly by it") {
  HeapBuilder heap;
  heap.object("Pool").vector("files", {"File"});
  heap.object("File").deleter_owns("Pool", "pool");
  Word word;
  word.kind = WordKind::strong_handle;
  word.member = word.path = "allocator.pool";
  word.type = word.declared = "std::shared_ptr<Pool>";
  heap.types().set_word(heap.types().type("separate control block of File"), 32, word);
  const auto cuts = cuts_of(heap);
  CHECK(cuts.at(0).advice == "let the allocator hold std::weak_ptr<Pool> instead of pool");
}

TEST_CASE("a deleter needs no handle to its own object, and a weak one to another") {
  HeapBuilder heap;
  heap.object("File").deleter_owns("File", "keep");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].advice == "let the deleter use the pointer that it is called with instead of keep");
  HeapBuilder pooled;
  pooled.object("Pool").vector("files", {"File"});
  pooled.object("File").deleter_owns("Pool", "pool");
  CHECK(cuts_of(pooled)[0].advice == "let the deleter hold std::weak_ptr<Pool> instead of pool");
}

TEST_CASE("without debug info the reference is called by offset and type") {
  HeapBuilder heap;
  heap.object("Node").owns("Node");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK_FALSE(cuts[0].member);
  CHECK(cuts[0].path == "+0x400");
  CHECK(cuts[0].advice == "break the reference at +0x400 of Node");
}

TEST_CASE("equal offsets in different types are different cuts") {
  HeapBuilder heap;
  heap.object("A").owns("B");
  heap.object("B").owns("A");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 2);
  CHECK(cuts[0].advice == "break the reference at +0x400 of B");
}

TEST_CASE("a member must break every instance of the finding") {
  // The same types and members, arranged in two ways: one ring needs x, the other y.
  HeapBuilder heap;
  heap.object("#1").type("T").owns("#2", "x").owns("#3", "y");
  heap.object("#2").type("T").owns("#1", "x");
  heap.object("#3").type("T").owns("#1", "y");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 2);
  CHECK_FALSE(cuts[0].breaks_all);
  CHECK(cuts[0].reason.find("together with T::") != std::string::npos);
}

TEST_CASE("many cycles are judged together") {
  const std::string back = "It points back to the object allocated first; without it ";
  for (const auto& [cycles, all] : {std::pair(2, "both"), std::pair(5, "all 5")}) {
    HeapBuilder heap;
    for (int i = 0; i < cycles; ++i) {
      Ref parent = heap.add_object("Parent"), child = heap.add_object("Child");
      parent.owns(child, "child");
      child.owns(parent, "parent");
    }
    const auto cuts = cuts_of(heap);
    REQUIRE(cuts.size() == 2);
    CHECK(cuts[0].path == "Child::parent");
    CHECK(cuts[0].reason == back + "the objects of " + all + " cycles are freed.");
  }
}

TEST_CASE("nothing is said to be freed that something else keeps") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a");
  heap.block("leaked").owns("A");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 2);
  CHECK(cuts[0].reason ==
        "It points back to the object allocated first; without it no cycle is left, but something "
        "else still holds the objects.");
  CHECK(cuts[0].frees == Freed{0, 0});
  CHECK(cuts[1].frees->objects == 1);  // only A is held: the other way round B goes
}

TEST_CASE("what a cycle retains is freed with it") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a").owns("C", "c");
  CHECK(cuts_of(heap)[0].reason ==
        "It points back to the object allocated first; without it both are freed, and the 1 object they "
        "hold.");
}

// The paths of all cuts, the best first; " = " before one that is as good as the first.
std::string order_of(HeapBuilder& heap) {
  std::string order;
  for (const Cut& cut : cuts_of(heap)) order += (order.empty() ? "" : cut.as_good ? " = " : ", ") + cut.path;
  return order;
}

TEST_CASE("a name that leads back outweighs what was allocated first") {
  // A list that grows at its front, and a tree that is built from its leaves.
  HeapBuilder list;
  list.object("old").type("Track");
  list.object("new").type("Track").owns("old", "next");
  list.object("old").owns("new", "m_prev");
  CHECK(order_of(list) == "Track::m_prev, Track::next");
  HeapBuilder tree;
  tree.object("leaf").type("Leaf").owns("root", "parentNode");
  tree.object("root").type("Root").owns("leaf", "left");
  CHECK(order_of(tree) == "Leaf::parentNode, Root::left");
  HeapBuilder unnamed;
  unnamed.object("old").type("Track");
  unnamed.object("new").type("Track").owns("old", "next");
  unnamed.object("old").owns("new", "preview");  // not prev
  CHECK(order_of(unnamed) == "Track::next, Track::preview");
}

TEST_CASE("many references to one object are cut rather than one to each, whatever was allocated first") {
  HeapBuilder heap;
  heap.object("#1").type("Component").owns("scene", "place");
  heap.object("#2").type("Component").owns("scene", "place");
  heap.object("scene").type("Scene").vector("components", {"#1", "#2"});
  CHECK(order_of(heap) == "Component::place, Scene::components[]");
  HeapBuilder one;
  one.object("#1").type("Component");
  one.object("scene").type("Scene").vector("components", {"#1"});
  one.object("#1").owns("scene", "place");
  CHECK(order_of(one) == "Scene::components[], Component::place");
}

TEST_CASE("a callback's captured self is cut rather than the member through which the callback is reached") {
  HeapBuilder heap;
  heap.object("Timer").owns("Probe", "captured self");
  heap.object("Probe").owns("Timer", "timer");
  CHECK(order_of(heap) == "captured self, Probe::timer");
  HeapBuilder other;  // a continuation owns what continues
  other.object("Promise").owns("Next", "captured next");
  other.object("Next").owns("Promise", "upstream");
  CHECK(order_of(other) == "Next::upstream, captured next");
}

TEST_CASE("two members are equally good where nothing speaks for either") {
  HeapBuilder heap;
  for (const char* name : {"Ann", "Bob"}) heap.object(name).type("Student");
  for (const char* name : {"Maths", "Music"}) heap.object(name).type("Course");
  for (const char* name : {"Zoe", "Tom"}) heap.object(name).type("Student");
  for (const char* name : {"Ann", "Bob", "Zoe", "Tom"})
    heap.object(name).vector("courses", {"Maths", "Music"});
  for (const char* name : {"Maths", "Music"})
    heap.object(name).vector("students", {"Ann", "Bob", "Zoe", "Tom"});
  CHECK(order_of(heap) == "Course::students[] = Student::courses[]");
  HeapBuilder ring;
  ring.object("A").owns("B", "b");
  ring.object("B").owns("A", "a");
  CHECK(order_of(ring) == "B::a, A::b");  // back comes first
}

TEST_CASE("a field is one cut, whatever leads to it") {
  HeapBuilder heap;
  heap.object("Drawing");
  heap.block("1").type("Command").owns("Drawing", "drawing");
  heap.block("2").type("Command").owns("Drawing", "drawing");
  heap.object("Drawing").points_to("1", "done").points_to("2", "undone");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].member == "Command::drawing");
  CHECK(cuts[0].breaks_all);
}

TEST_CASE("what lives in what its target owns may be a plain pointer") {
  const auto advice_for = [](const std::string& declared) {
    HeapBuilder heap;
    heap.object("Drawing");
    heap.block("command").type("Command").owns("Drawing", "drawing");
    heap.object("Drawing").points_to("command", "last");
    const TypeId type = heap.types().type("control block of Drawing");
    Word word = heap.types().word_at(type, 16);
    word.type = declared;
    heap.types().set_word(type, 16, word);
    return cuts_of(heap)[0].advice;
  };
  CHECK(advice_for("std::unique_ptr<Command>") == "make it a plain Drawing* (or std::weak_ptr<Drawing>)");
  // Of a callback there may be copies elsewhere.
  CHECK(advice_for("std::function<void ()>") == "make it std::weak_ptr<Drawing>");
}

TEST_CASE("a raw pointer on the way may be one that does not own") {
  const auto reason_for = [](const std::string& member, const std::string& type) {
    HeapBuilder heap;
    heap.object("Child");
    heap.block("holder").type(type).owns("Child", "child");
    heap.object("Child").points_to("holder", member);
    return cuts_of(heap)[0].reason;
  };
  const std::string freed = "The object holds itself through it; without it the object is freed.";
  CHECK(reason_for("parent", "Parent") ==
        freed +
            " But Child::parent is a raw pointer: if it does not own the Parent, delete the Parent instead.");
  for (const char* pimpl : {"impl_", "d", "m_impl", "d_ptr", "pimpl"})
    CHECK(reason_for(pimpl, "Parts") == freed);
  CHECK(reason_for("parts", "ChildPrivate") == freed);
}

TEST_CASE("each cut says what it frees") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b").bytes(100);
  heap.object("B").owns("A", "a").owns("C", "c");
  heap.object("C");
  const Findings findings = heap.analyse();
  for (const Cut& cut : findings.findings[0].cuts) CHECK(cut.frees == Freed{3, findings.findings[0].bytes});
}

TEST_CASE("a cut that leaves a cycle frees what hangs on the others alone") {
  // Each of the two has a loop of its own, which keeps both.
  HeapBuilder heap;
  heap.object("A").owns("B", "b").owns("A", "self");
  heap.object("B").owns("A", "a").owns("B", "itself").owns("Leaf", "leaf");
  heap.object("Leaf");
  const auto cuts = cuts_of(heap);
  REQUIRE(cuts.size() == 3);
  for (const Cut& cut : cuts) CHECK(cut.frees == Freed{0, 0});
  HeapBuilder knot;  // C hangs on B, and B on A's reference alone once it has let go of itself
  knot.object("A").owns("B", "b").owns("A", "self");
  knot.object("B").owns("C", "c");
  knot.object("C").owns("A", "a").owns("B", "b");
  for (const Cut& cut : cuts_of(knot)) {
    CHECK_FALSE(cut.breaks_all);
    CHECK(cut.frees == Freed{0, 0});
  }
}

TEST_CASE("lists whose nodes point to each other go with what owns them") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").points_to("node", "list");
  heap.block("node").points_to("next", "next");
  heap.block("next").points_to("node", "prev").owns("Kept");
  heap.object("Kept");
  heap.block("leaked").owns("B");
  heap.object("B").owns("A", "a").owns("B", "self");
  const Findings findings = heap.analyse();
  for (const Finding& finding : findings.findings) {
    if (finding.objects[0].type != "A") continue;
    REQUIRE(finding.cuts[0].frees);
    CHECK(finding.cuts[0].frees->objects == 0);  // B holds A, and A the list
  }
}

TEST_CASE("what a lost reference holds as well is not freed by a cut") {
  for (const bool lost : {false, true}) {
    HeapBuilder heap;
    heap.object("A").owns("A", "self").owns("B", "b");
    heap.object("B").owns("C", "c");
    heap.object("C");
    if (lost) heap.block("leaked").owns("C");
    const auto cuts = cuts_of(heap);
    REQUIRE(cuts.size() == 1);
    REQUIRE(cuts[0].frees);
    CHECK(cuts[0].frees->objects == (lost ? 2 : 3));
  }
}

}  // namespace
}  // namespace gordian
