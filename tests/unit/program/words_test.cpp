// words_test.cpp - what the words of a class are, and what they are called.
#include <functional>
#include <map>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

// Runs `check` on zoo::Keeper in every build.
void in_every_build(const std::function<void(LoadedFixture&, TypeId keeper)>& check) {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t made = fixture.control("made");
    const TypeId keeper = fixture.types().control_type(made).managed;
    REQUIRE(keeper != TypeId::none);
    check(fixture, keeper);
  }
}

std::string text(const Word& word) {
  static const std::map<WordKind, std::string> kinds{
      {WordKind::unknown, "unknown"},         {WordKind::not_a_slot, "not_a_slot"},
      {WordKind::strong_handle, "strong"},    {WordKind::weak_handle, "weak"},
      {WordKind::vector_begin, "vector of "}, {WordKind::pointer, "pointer"},
      {WordKind::deque_begin, "deque of"},  {WordKind::buffers_begin, "buffers of"},  {WordKind::link, "link"},
      {WordKind::link_array, "links"},        {WordKind::erased, "erased"},
  };
  return kinds.at(word.kind) + (word.may_be_dead ? "? " : " ") + word.path + " " + word.type;
}

}  // namespace

TEST_CASE("handles are found wherever members lead to them", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    TypeModel& types = fixture.types();
    const auto at = [&](const char* member, std::uint64_t more) {
      return text(types.word_at(keeper, fixture.offset(member) + more));
    };
    const std::string handle = " std::shared_ptr<zoo::Keeper>";
    CHECK(at("strong", 0) == "not_a_slot  ");
    CHECK(at("strong", 8) == "strong zoo::Keeper::strong" + handle);
    CHECK(at("weak", 0) == "not_a_slot  ");
    CHECK(at("weak", 8) == "weak zoo::Keeper::weak std::weak_ptr<zoo::Keeper>");
    CHECK(at("inherited", 8) == "strong zoo::Base::inherited" + handle);
    CHECK(at("kids", 8) == "strong zoo::Keeper::kids[0]" + handle);
    CHECK(at("kids", 24) == "strong zoo::Keeper::kids[1]" + handle);
    CHECK(at("grid", 8) == "strong zoo::Keeper::grid[0][0]" + handle);
    CHECK(at("grid", 4 * 16 + 8) == "strong zoo::Keeper::grid[1][1]" + handle);
    CHECK(at("grid", 5 * 16 + 8) == "strong zoo::Keeper::grid[1][2]" + handle);
    CHECK(at("edge", 0) == "not_a_slot  ");
    CHECK(at("edge", 16) == "strong zoo::Keeper::edge.second" + handle);
    CHECK(at("row", 8) == "strong zoo::Keeper::row.get<1>" + handle);
    CHECK(at("maybe", 8) == "strong? zoo::Keeper::maybe" + handle);  // an empty optional keeps its bits
    CHECK(at("fixed", 24) == "strong zoo::Keeper::fixed[1]" + handle);
    CHECK(at("packed", 8) == "strong zoo::Keeper::packed.first" + handle);
    CHECK(at("packed", 16) == "not_a_slot  ");
    CHECK(at("constant", 8) == "strong zoo::Keeper::constant std::shared_ptr<const zoo::Keeper>");
  });
}

TEST_CASE("vectors and pointers say what they lead to", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    TypeModel& types = fixture.types();
    const Word list = types.word_at(keeper, fixture.offset("list"));
    CHECK(list.kind == WordKind::vector_begin);
    CHECK(list.path == "zoo::Keeper::list");
    CHECK(list.type == "std::vector<std::shared_ptr<zoo::Keeper>>");
    CHECK(list.element_size == 16);
    CHECK(types.name(list.element) == "std::shared_ptr<zoo::Keeper>");
    CHECK(text(types.word_at(list.element, 8)) == "strong  std::shared_ptr<zoo::Keeper>");
    CHECK(types.word_at(keeper, fixture.offset("list") + 8).kind == WordKind::not_a_slot);
    CHECK(types.word_at(keeper, fixture.offset("list") + 16).kind == WordKind::not_a_slot);

    const Word raw = types.word_at(keeper, fixture.offset("raw"));
    CHECK(text(raw) == "pointer zoo::Keeper::raw zoo::Keeper*");
    CHECK(raw.element == keeper);
    CHECK(raw.element_size == types.size(keeper));
    CHECK(text(types.word_at(keeper, fixture.offset("unnamed"))) ==
          "pointer zoo::Keeper::unnamed zoo::Keeper*");
    const Word unique = types.word_at(keeper, fixture.offset("unique"));
    CHECK(text(unique) == "pointer zoo::Keeper::unique std::unique_ptr<zoo::Keeper>");
    CHECK(unique.element == keeper);
    const Word parts = types.word_at(keeper, fixture.offset("parts"));
    CHECK(types.name(parts.element) == "zoo::Packed");
    CHECK(parts.element_size == 24);
    const Word behind = types.word_at(keeper, fixture.offset("behind"));
    CHECK(types.name(behind.element) == "std::shared_ptr<zoo::Keeper>");
  });
}

TEST_CASE("a pointer to a class that its file only declares finds the definition elsewhere", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    const Word opaque = fixture.types().word_at(keeper, fixture.offset("opaque"));
    CHECK(text(opaque) == "pointer zoo::Keeper::opaque zoo::Opaque*");
    CHECK(opaque.element_size == 24);
    CHECK(fixture.types().word_at(opaque.element, 16).member == "zoo::Opaque::inside");
  });
}

TEST_CASE("numbers, strings, padding and untyped pointers are no slots", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    for (const char* member :
         {"bits", "text", "flags", "small", "untyped", "number_behind", "counter", "method"}) {
      INFO(member);
      CHECK(fixture.types().word_at(keeper, fixture.offset(member) & ~7ul).kind == WordKind::not_a_slot);
    }
    CHECK(text(fixture.types().word_at(keeper, fixture.offset("untyped"))) == "not_a_slot zoo::Keeper::untyped void*");
    CHECK(fixture.types().word_at(keeper, 0).kind == WordKind::not_a_slot);  // the vptr
    CHECK(fixture.types().word_at(keeper, fixture.offset("text") + 24).kind == WordKind::not_a_slot);
    CHECK(fixture.types().word_at(keeper, fixture.offset("method") + 8).kind == WordKind::not_a_slot);
  });
}

TEST_CASE("containers and holders lead to what they hold", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    TypeModel& types = fixture.types();
    const auto word = [&](const char* member, std::uint64_t more) {
      return types.word_at(keeper, fixture.offset(member) + more);
    };
    const std::string map = "std::map<std::string, std::shared_ptr<zoo::Keeper>>";
    for (const std::uint64_t link : {16u, 24u, 32u}) {
      CHECK(text(word("by_name", link)) == "link zoo::Keeper::by_name " + map);
    }
    CHECK(word("by_name", 40).kind == WordKind::not_a_slot);  // the number of nodes
    const TypeId node = word("by_name", 16).element;
    REQUIRE(node != TypeId::none);
    CHECK(types.size(node) == 80);
    CHECK(types.word_at(node, 0).kind == WordKind::not_a_slot);
    CHECK(types.word_at(node, 8).kind == WordKind::link);
    CHECK(types.word_at(node, 8).element == node);
    CHECK(text(types.word_at(node, 72)) == "strong [key] std::shared_ptr<zoo::Keeper>");

    CHECK(text(word("queue", 0)) == "deque of zoo::Keeper::queue std::deque<std::shared_ptr<zoo::Keeper>>");
    CHECK(types.name(word("queue", 0).element) == "std::shared_ptr<zoo::Keeper>");
    CHECK(word("queue", 16).kind == WordKind::link);
    CHECK(text(word("callback", 0)) == "erased zoo::Keeper::callback std::function<void()>");
    CHECK(word("callback", 8).erased.at == 8);
    CHECK(word("callback", 16).kind == WordKind::not_a_slot);
    CHECK(text(word("shared_atomic", 8)) == "strong zoo::Keeper::shared_atomic std::shared_ptr<zoo::Keeper>");
  });
}

TEST_CASE("an alternative has its name, and may be dead", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    for (const std::string member : {"variant", "choice", "maybe"}) {
      INFO(member);
      const Word word = fixture.types().word_at(keeper, fixture.offset(member.c_str()) + 8);
      CHECK(word.kind == WordKind::strong_handle);
      CHECK(word.may_be_dead);
      CHECK(word.member == "zoo::Keeper::" + member);
      CHECK(word.type == "std::shared_ptr<zoo::Keeper>");
    }
    CHECK_FALSE(fixture.types().word_at(keeper, fixture.offset("strong") + 8).may_be_dead);
  });
}

TEST_CASE("a handle's member is declared as the handle, or as what holds it", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    const auto declared = [&](const char* member, std::uint64_t more) {
      return fixture.types().word_at(keeper, fixture.offset(member) + more).declared;
    };
    CHECK(declared("strong", 8) == "std::shared_ptr<zoo::Keeper>");
    CHECK(declared("constant", 8) == "std::shared_ptr<const zoo::Keeper>");
    CHECK(declared("edge", 16) == "std::pair<int, std::shared_ptr<zoo::Keeper>>");
    CHECK(declared("row", 8).starts_with("std::tuple<int, std::shared_ptr<zoo::Keeper>"));
    CHECK(declared("maybe", 8) == "std::optional<std::shared_ptr<zoo::Keeper>>");
    CHECK(declared("packed", 8) == "zoo::Packed");
  });
}

TEST_CASE("what is not understood stays unknown, with its member's name", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    TypeModel& types = fixture.types();
    const Word word = types.word_at(keeper, fixture.offset("bytes") + 8);
    CHECK(word.kind == WordKind::unknown);
    CHECK(word.member == "zoo::Keeper::bytes");
    CHECK(types.word_at(keeper, types.size(keeper)).kind == WordKind::unknown);
    CHECK(types.word_at(keeper, types.size(keeper)).member.empty());
    CHECK(types.word_at(keeper, ~std::uint64_t{7}).kind == WordKind::unknown);
  });
}

TEST_CASE("a member is known by the file and line of its declaration", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    const Word strong = fixture.types().word_at(keeper, fixture.offset("strong") + 8);
    const Word pair = fixture.types().word_at(keeper, fixture.offset("edge") + 16);
    CHECK(strong.file == std::string(FIXTURE_SOURCES) + "/types.cpp");
    CHECK(strong.line > 0);
    CHECK(pair.file == strong.file);
    CHECK(pair.line > strong.line);
    CHECK(pair.member == "zoo::Keeper::edge");
  });
}

TEST_CASE("a virtual base makes unknown what members do not cover", "[words]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t vtable = fixture.control("virtual");
    TypeModel& types = fixture.types();
    const TypeId type = types.control_type(vtable).managed;
    CHECK(types.word_at(type, 0).kind == WordKind::not_a_slot);
    CHECK(types.word_at(type, 16).member == "zoo::Virtual::own");
    CHECK(types.word_at(type, 40).kind == WordKind::unknown);
  }
}

TEST_CASE("a control block's words are the object's own, or its deleter's", "[words]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::map<std::string, std::uint32_t> vtables{
        {"made", fixture.control("made")},     {"deleter", fixture.control("deleter")},
        {"lambda", fixture.control("lambda")}, {"plain", fixture.control("plain")},
        {"vector", fixture.control("vector")}, {"allocated", fixture.control("allocated")},
        {"node", fixture.control("node")},
    };
    TypeModel& types = fixture.types();
    const auto at = [&](const char* name, std::uint64_t offset) {
      return text(types.word_at(types.control_type(vtables.at(name)).control, offset));
    };
    CHECK(at("made", 0) == "not_a_slot  ");
    CHECK(at("made", 8) == "not_a_slot  ");
    CHECK(at("made", 16 + fixture.offset("strong") + 8) ==
          "strong zoo::Keeper::strong std::shared_ptr<zoo::Keeper>");
    CHECK(at("node", 24) == "strong zoo::Node<int, 3>::next std::shared_ptr<zoo::Node<int, 3>>");
    CHECK(at("plain", 16) == "not_a_slot  ");
    CHECK(at("deleter", 24) == "strong deleter.with std::shared_ptr<zoo::Keeper>");
    CHECK(at("deleter", 32) == "not_a_slot  ");
    CHECK(at("lambda", 24) == "strong deleter -> captured self std::shared_ptr<zoo::Keeper>");
    CHECK(at("lambda", 32) == "not_a_slot  ");
    CHECK(at("vector", 16) == "vector of   std::vector<std::shared_ptr<zoo::Plain>>");
    CHECK(at("allocated", 24) == "strong allocator.held std::shared_ptr<zoo::Plain>");
    CHECK(at("allocated", 40) == "strong zoo::Plain::self std::shared_ptr<zoo::Plain>");
    const Word captured = types.word_at(types.control_type(vtables.at("lambda")).control, 24);
    CHECK(captured.member == "deleter -> captured self");
  }
}

TEST_CASE("a managed closure's members are its captures", "[words]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t one = fixture.control("closure");
    const std::uint32_t two = fixture.control("other_closure");
    TypeModel& types = fixture.types();
    const TypeId first = types.control_type(one).managed;
    const TypeId second = types.control_type(two).managed;
    CHECK(types.control_type(one).managed_name.find("{lambda") != std::string::npos);
    // Where folded code leaves open which of a function's closures it is, nothing is said.
    if (first != TypeId::none) {
      CHECK(types.word_at(first, 16).member == "captured self");
      CHECK(types.name(first) == types.control_type(one).managed_name);
    }
    if (second != TypeId::none) {
      CHECK(types.word_at(second, 8).member == "captured self");
      CHECK(types.word_at(second, 32).path == "captured held");
    }
    CHECK((first == TypeId::none || first != second));
  }
}

TEST_CASE("asking twice gives the same word", "[words]") {
  in_every_build([](LoadedFixture& fixture, TypeId keeper) {
    for (std::uint64_t offset = 0; offset < fixture.types().size(keeper) + 16; offset += 8) {
      CHECK(text(fixture.types().word_at(keeper, offset)) == text(fixture.types().word_at(keeper, offset)));
    }
  });
}
