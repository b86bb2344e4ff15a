// why_test.cpp - who holds an object: variables, other objects, cycles, itself, nobody that was found.
#include "analysis/why.h"

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using testing::HeapBuilder;

constexpr std::uint64_t kFirstRoot = 0x7ffc00000008;  // where HeapBuilder puts a root's first word

class FakeFrames : public FrameResolver {
 public:
  std::vector<Frame> frames_at(std::uint64_t pc) override {
    Frame frame;
    frame.function = pc == 0x1000 ? "serve()" : pc == 0x2000 ? "gordian_why_alive" : "gordianx::hold()";
    return {frame};
  }
};

// A handle of the class that `name` is a member of: at its first root word.
Variable variable(HeapBuilder& heap, const std::string& name, const std::string& type, const std::string& member) {
  Variable result;
  result.name = name;
  result.address = kFirstRoot;
  result.size = 8;
  result.type = heap.types().type(type);
  result.file = "/src/app.cpp";
  result.line = 5;
  Word word;
  word.kind = WordKind::strong_handle;
  word.member = word.path = member;
  word.type = "std::shared_ptr<Session>";
  heap.types().set_size(result.type, 8);
  heap.types().set_word(result.type, 0, word);
  return result;
}

Answer ask(const Snapshot& snapshot, HeapBuilder& heap, const Question& question) {
  FakeFrames frames;
  return why_alive(with_root_blocks(snapshot, heap.types(), frames), heap.types(), question);
}

Alive only(const Answer& answer) {
  REQUIRE(answer.objects.size() == 1);
  return answer.objects[0];
}

Alive ask_for(HeapBuilder& heap, const std::string& type) { return only(ask(heap.build(), heap, {type, 0})); }

TEST_CASE("an object that a variable holds is held by it, by name") {
  HeapBuilder heap;
  heap.object("Session");
  heap.slot(Place::static_data, "Session");
  heap.types().add_variable(variable(heap, "registry", "Registry", "Registry::last"));
  const Alive alive = ask_for(heap, "Session");
  CHECK(alive.object.use_count == 1);
  CHECK(alive.not_found == 0);
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.holders[0].end == WayEnd::root);
  REQUIRE(alive.holders[0].way.size() == 1);
  const Holding& holding = alive.holders[0].way[0];
  CHECK(holding.path == "registry.last");
  CHECK(holding.certain);
  REQUIRE(holding.root);
  CHECK(holding.root->declared == SourcePosition{"/src/app.cpp", 5});
}

TEST_CASE("a reference in a variable of which debug info knows no members is told by its offset") {
  HeapBuilder heap;
  heap.object("Session");
  heap.slot(Place::static_data, "Session");
  Variable opaque = variable(heap, "registry", "Registry", "Registry::last");
  opaque.address -= 24;
  opaque.size = 32;
  heap.types().add_variable(opaque);
  const Alive alive = ask_for(heap, "Session");
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.holders[0].way[0].path == "registry +0x10");
}

TEST_CASE("where no variable is known the way ends in static data all the same") {
  HeapBuilder heap;
  heap.object("Session");
  heap.slot(Place::static_data, "Session");
  const Alive alive = ask_for(heap, "Session");
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.holders[0].end == WayEnd::root);
  REQUIRE(alive.holders[0].way[0].root);
  CHECK(alive.holders[0].way[0].root->name.empty());
  CHECK(alive.holders[0].way[0].root->place == Place::static_data);
}

TEST_CASE("a way leads over every object between, the nearest first") {
  HeapBuilder heap;
  heap.object("Server").owns("Worker", "worker");
  heap.object("Worker").owns("Session", "session");
  heap.object("Session");
  heap.slot(Place::static_data, "Server");
  const Alive alive = ask_for(heap, "Session");
  REQUIRE(alive.holders.size() == 1);
  const auto& way = alive.holders[0].way;
  REQUIRE(way.size() == 3);
  CHECK(way[0].path == "Worker::session");
  REQUIRE(way[0].object);
  CHECK(way[0].object->type == "Worker");
  CHECK(way[1].path == "Server::worker");
  CHECK(way[1].object->type == "Server");
  CHECK(way[2].root);
}

TEST_CASE("each strong reference is told, and no weak one") {
  HeapBuilder heap;
  heap.object("A").owns("Session", "s");
  heap.object("B").sees("Session", "watched");
  heap.object("Session");
  heap.slot(Place::static_data, "A");
  heap.slot(Place::static_data, "B");
  heap.slot(Place::thread_local_data, "Session");
  const Alive alive = ask_for(heap, "Session");
  CHECK(alive.object.use_count == 2);
  REQUIRE(alive.holders.size() == 2);
  CHECK(alive.holders[0].end == WayEnd::root);
  CHECK(alive.holders[1].end == WayEnd::root);
}

TEST_CASE("what an object holds itself is told as such, and comes last") {
  HeapBuilder heap;
  heap.object("Session").owns("Child", "child");
  heap.object("Child").owns("Session", "parent");
  heap.slot(Place::static_data, "Session");
  const Alive alive = ask_for(heap, "Session");
  CHECK(alive.cycle.empty());
  REQUIRE(alive.holders.size() == 2);
  CHECK(alive.holders[0].end == WayEnd::root);
  CHECK(alive.holders[1].end == WayEnd::itself);
  REQUIRE(alive.holders[1].way.size() == 2);
  CHECK(alive.holders[1].way[0].path == "Child::parent");
  CHECK(alive.holders[1].way[1].path == "Session::child");
}

TEST_CASE("what only a cycle keeps says which") {
  HeapBuilder heap;
  heap.object("Loop").owns("Loop", "self").owns("Session", "session");
  heap.object("Session");
  const std::string id = heap.analyse().findings.at(0).id;
  const Alive alive = ask_for(heap, "Session");
  CHECK(alive.cycle.empty());
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.holders[0].end == WayEnd::cycle);
  CHECK(alive.holders[0].cycle == id);
  const Alive loop = ask_for(heap, "Loop");
  CHECK(loop.cycle == id);
}

TEST_CASE("a reference that lies nowhere is counted as not found") {
  HeapBuilder heap;
  heap.object("Session").unlocated(2);
  heap.slot(Place::static_data, "Session");
  const Alive alive = ask_for(heap, "Session");
  CHECK(alive.object.use_count == 3);
  CHECK(alive.holders.size() == 1);
  CHECK(alive.not_found == 2);
}

TEST_CASE("a reference in a register has no variable") {
  HeapBuilder heap;
  heap.object("Session");
  heap.slot(Place::registers, "Session");
  const Alive alive = ask_for(heap, "Session");
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.not_found == 0);
  REQUIRE(alive.holders[0].way[0].root);
  CHECK(alive.holders[0].way[0].root->place == Place::registers);
}

TEST_CASE("a reference on the stack is of the function whose call has it, but for who asks") {
  HeapBuilder heap;
  heap.object("Session");
  heap.stack_slot("Session");
  Snapshot snapshot = heap.build();
  snapshot.calls.push_back({kFirstRoot - 16, 0x1000});
  snapshot.calls.push_back({kFirstRoot + 16, 0x1000});
  const Alive alive = only(ask(snapshot, heap, {"Session", 0}));
  REQUIRE(alive.holders.size() == 1);
  REQUIRE(alive.holders[0].way[0].root);
  CHECK(alive.holders[0].way[0].root->function == "serve()");

  snapshot.calls[0].pc = 0x2000;
  CHECK(only(ask(snapshot, heap, {"Session", 0})).holders.empty());

  snapshot.calls[0].pc = 0x3000;  // somebody else's, though its name begins alike
  CHECK(only(ask(snapshot, heap, {"Session", 0})).holders.size() == 1);
}

TEST_CASE("a list of many nodes that all hold an object is told in a few lines") {
  HeapBuilder heap;
  constexpr int kNodes = 3000;
  for (int i = 0; i < kNodes; ++i) {
    heap.object("Node" + std::to_string(i)).owns("Config", "config");
    if (i + 1 < kNodes) heap.object("Node" + std::to_string(i)).owns("Node" + std::to_string(i + 1), "next");
  }
  heap.object("Config");
  heap.slot(Place::static_data, "Node0");
  const Alive alive = ask_for(heap, "Config");
  CHECK(alive.holders.size() + alive.more == kNodes);
  CHECK(alive.holders.size() <= 8);
  for (const Holder& holder : alive.holders) CHECK(holder.way.size() <= 12);

  const Alive last = ask_for(heap, "Node2999");
  REQUIRE(last.holders.size() == 1);
  const Holder& holder = last.holders[0];
  CHECK(holder.way.size() == 12);
  CHECK(holder.way.size() + holder.omitted == kNodes);  // with the variable, without itself
  CHECK(holder.way.front().path == "Node2998::next");
  CHECK(holder.way.back().root);
}

TEST_CASE("what each object of a large ring holds is told in a few lines, too") {
  HeapBuilder heap;
  constexpr int kNodes = 3000;
  for (int i = 0; i < kNodes; ++i) {
    heap.object("Node" + std::to_string(i))
        .owns("Config", "config")
        .owns("Node" + std::to_string((i + 1) % kNodes), "next");
  }
  heap.object("Config");
  const Alive alive = ask_for(heap, "Config");
  CHECK(alive.holders.size() + alive.more == kNodes);
  CHECK(alive.holders[0].end == WayEnd::cycle);
}

TEST_CASE("of very many reasons the last share one, and what has none keeps none") {
  HeapBuilder heap;
  for (int i = 0; i < 300; ++i) heap.object("Loop" + std::to_string(i)).owns("Loop" + std::to_string(i), "self").ignored();
  Snapshot snapshot = heap.build();
  for (std::size_t i = 0; i + 1 < snapshot.blocks.size(); ++i)
    snapshot.reasons.push_back({snapshot.blocks[i].address, "reason " + std::to_string(i)});
  const Findings findings = analyse(snapshot, heap.types());
  std::size_t without = 0;
  for (const Finding& finding : findings.findings) {
    REQUIRE(finding.accepted);
    without += finding.accepted->reason.empty();
  }
  CHECK(findings.findings.size() == 300);
  CHECK(without == 1);
}

TEST_CASE("memory without a count is held by who points to it") {
  HeapBuilder heap;
  heap.object("Owner").points_to("buffer");
  heap.block("buffer").bytes(16);
  heap.slot(Place::static_data, "Owner");
  const Snapshot snapshot = heap.build();
  std::uint64_t buffer = 0;
  for (const auto& block : snapshot.blocks) {
    if (block.object == snapshot::kNone) buffer = block.address;
  }
  REQUIRE(buffer != 0);
  const Alive alive = only(ask(snapshot, heap, {"", buffer + 1}));
  CHECK_FALSE(alive.counted);
  REQUIRE(alive.holders.size() == 1);
  REQUIRE(alive.holders[0].way[0].object);
  CHECK(alive.holders[0].way[0].object->type == "Owner");
}

// By its type the pointer at the start of a Model is what owns the Index.
void own_index_by_unique_ptr(HeapBuilder& heap) {
  Word pointer;
  pointer.kind = WordKind::pointer;
  pointer.member = pointer.path = "Model::index";
  pointer.type = "std::unique_ptr<Index>";
  pointer.element = heap.types().type("Index");
  heap.types().set_word(heap.types().type("Model"), 0, pointer);
  heap.types().set_word(heap.types().type("control block of Model"), 16, pointer);
}

// A Session in a Model's Index, at which a View looks; the variable holds one of the two.
HeapBuilder index_with_session(const std::string& held) {
  HeapBuilder heap;
  heap.object("Model").points_to("Index", "index");
  heap.object("View").points_to("Index", "shown");
  heap.object(held == "Model" ? "View" : "Model").unlocated();
  heap.block("Index").owns("Session", "session");
  heap.object("Session");
  heap.slot(Place::static_data, held);
  own_index_by_unique_ptr(heap);
  return heap;
}

TEST_CASE("a way over a pointer that only borrows is told where there is no other, and is not certain") {
  HeapBuilder owned = index_with_session("Model");
  const Alive by_owner = ask_for(owned, "Session");
  REQUIRE(by_owner.holders.size() == 1);
  CHECK(by_owner.holders[0].end == WayEnd::root);
  CHECK(by_owner.holders[0].way[0].path == "Model::index -> Index::session");
  CHECK(by_owner.holders[0].way[0].certain);
  HeapBuilder borrowed = index_with_session("View");
  const Alive by_view = ask_for(borrowed, "Session");
  REQUIRE(by_view.holders.size() == 1);
  CHECK(by_view.holders[0].end == WayEnd::root);
  CHECK(by_view.holders[0].way[0].path == "View::shown -> Index::session");
  CHECK_FALSE(by_view.holders[0].way[0].certain);
}

TEST_CASE("who borrows memory is told beside its owner, and is not certain; itself is not told") {
  HeapBuilder heap = index_with_session("Model");
  heap.slot(Place::static_data, "View");
  heap.object("Session").points_to("Index", "home");
  const Alive alive = ask_for(heap, "Index");
  CHECK_FALSE(alive.counted);
  REQUIRE(alive.holders.size() == 2);
  CHECK(alive.holders[0].way[0].path == "Model::index");
  CHECK(alive.holders[0].way[0].certain);
  CHECK(alive.holders[1].way[0].path == "View::shown");
  CHECK_FALSE(alive.holders[1].way[0].certain);
}

TEST_CASE("a word of a root makes the memory it points to held by that root") {
  HeapBuilder heap;
  heap.object("Loop").owns("Loop", "self");  // a snapshot has objects
  heap.block("buffer");
  Snapshot snapshot = heap.build();
  std::uint64_t buffer = 0;
  for (const auto& block : snapshot.blocks) {
    if (block.object == snapshot::kNone) buffer = block.address;
  }
  snapshot.root_words.push_back({kFirstRoot, buffer, Place::static_data, {}});
  const Alive alive = only(ask(snapshot, heap, {"", buffer}));
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.holders[0].end == WayEnd::root);
  CHECK(alive.holders[0].way[0].root);
}

TEST_CASE("what is surely owned has an owner, also where no way to it was recorded") {
  HeapBuilder heap;
  heap.object("Server").owns("Session", "session").unlocated();
  heap.object("Session");
  Snapshot snapshot = heap.build();
  for (auto& object : snapshot.objects) object.flags |= snapshot::kObjectOwned;
  const Alive alive = only(ask(snapshot, heap, {"Session", 0}));
  REQUIRE(alive.holders.size() == 1);
  CHECK(alive.holders[0].end == WayEnd::owned);
  REQUIRE(alive.holders[0].way.size() == 1);
  CHECK(alive.holders[0].way[0].path == "Server::session");
}

TEST_CASE("objects are asked for by their type, with or without its scopes") {
  HeapBuilder heap;
  heap.object("app::Session");
  heap.object("app::OtherSession");
  heap.stack_slot("app::Session");
  heap.stack_slot("app::OtherSession");
  const Snapshot snapshot = heap.build();
  CHECK(ask(snapshot, heap, {"Session", 0}).objects.size() == 1);
  CHECK(ask(snapshot, heap, {"app::Session", 0}).objects.size() == 1);
  CHECK(ask(snapshot, heap, {"app::OtherSession", 0}).objects.size() == 1);
  CHECK(ask(snapshot, heap, {"ession", 0}).objects.empty());
  CHECK(ask(snapshot, heap, {"", 0x10}).objects.empty());
}

TEST_CASE("of very many objects the first ones are told, and how many there are") {
  HeapBuilder heap;
  for (int i = 0; i < 25; ++i) heap.add_object("Session").unlocated();
  const Answer answer = ask(heap.build(), heap, {"Session", 0});
  CHECK(answer.objects.size() + answer.more == 25);
  CHECK(answer.more > 0);
}

TEST_CASE("a snapshot in which all is owned has no finding, whatever it holds") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a");
  Snapshot snapshot = heap.build();
  CHECK(analyse(snapshot, heap.types()).findings.size() == 1);
  for (auto& object : snapshot.objects) object.flags |= snapshot::kObjectOwned;
  CHECK(analyse(snapshot, heap.types()).findings.empty());
}

}  // namespace
}  // namespace gordian
