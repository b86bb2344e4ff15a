// counted_types_test.cpp - what debug info says of handles to objects that count themselves, and of these.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

constexpr const char* kRows =
    "farm::Ref object_ farm::Counted::references_\n"
    "farm::Ref object_ farm::Distant::references_@8\n";
constexpr std::uint32_t kRefs = 0;       // the family of farm::Ref
constexpr std::uint64_t kPointerAt = 8;  // in a farm::Ref

// Runs `check` on farm::Herd in every build, with `rows` as a families file.
void in_every_build(const std::string& rows, const std::function<void(LoadedFixture&, TypeId herd)>& check) {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    fixture.families().read_text(rows, "rows");
    const std::uint32_t vtable = fixture.object("herd");
    fixture.object("horse");  // its virtual table says where its virtual base lies
    fixture.object("near");
    const TypeId herd = fixture.types().dynamic_type(vtable);
    REQUIRE(herd != TypeId::none);
    check(fixture, herd);
  }
}

Word handle(LoadedFixture& fixture, TypeId herd, const std::string& member, std::uint64_t more = kPointerAt) {
  return fixture.types().word_at(herd, fixture.counted_offset(member) + more);
}

std::vector<std::string> names(LoadedFixture& fixture, const std::vector<TypeId>& types) {
  std::vector<std::string> result;
  for (const TypeId type : types) result.push_back(fixture.types().name(type));
  return result;
}

}  // namespace

TEST_CASE("a handle's pointer is a counted handle to its class, wherever in the handle it lies",
          "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    const Word goat = handle(fixture, herd, "goat");
    CHECK(goat.kind == WordKind::counted_handle);
    CHECK(goat.member == "farm::Herd::goat");
    CHECK(goat.path == "farm::Herd::goat");
    CHECK(goat.type == "farm::Ref<farm::Goat>");
    CHECK(goat.family == kRefs);
    CHECK(fixture.types().name(goat.element) == "farm::Goat");
    CHECK(goat.element_size == fixture.types().size(goat.element));
    CHECK(handle(fixture, herd, "goat", 0).kind == WordKind::not_a_slot);
    CHECK(handle(fixture, herd, "animals", 16 + kPointerAt).path == "farm::Herd::animals[1]");
    CHECK(fixture.types().name(handle(fixture, herd, "cyborg").element) == "farm::Cyborg");
  });
}

TEST_CASE("boost's handle is known without a row", "[counted]") {
  in_every_build("", [](LoadedFixture& fixture, TypeId herd) {
    const Word tree = handle(fixture, herd, "tree", 0);
    CHECK(tree.kind == WordKind::counted_handle);
    CHECK(tree.type == "boost::intrusive_ptr<farm::Tree>");
    CHECK(fixture.families()[tree.family].handle == "boost::intrusive_ptr");
    CHECK(fixture.types().count_offset(tree.element, tree.family) == fixture.counted_offset("count of tree"));
    CHECK(fixture.types().count_offset(tree.element) == fixture.counted_offset("count of tree"));
    CHECK(fixture.types().word_at(tree.element, 16).kind == WordKind::counted_handle);
  });
}

TEST_CASE("a handle that no row names is a pointer like any other", "[counted]") {
  in_every_build("", [](LoadedFixture& fixture, TypeId herd) {
    const Word goat = handle(fixture, herd, "goat");
    CHECK(goat.kind == WordKind::pointer);
    CHECK(fixture.types().name(goat.element) == "farm::Goat");
  });
}

TEST_CASE("a row whose pointer the handle does not have makes its words unknown", "[counted]") {
  in_every_build("farm::Ref no_such farm::Counted::references_\n", [](LoadedFixture& fixture, TypeId herd) {
    CHECK(handle(fixture, herd, "goat").kind == WordKind::unknown);
  });
}

TEST_CASE("a raw pointer to an object that counts itself is no handle", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    const TypeId animal = handle(fixture, herd, "animals").element;
    int handles = 0;
    int pointers = 0;
    for (std::uint64_t at = 0; at < fixture.types().size(animal); at += 8) {
      handles += fixture.types().word_at(animal, at).kind == WordKind::counted_handle;
      pointers += fixture.types().word_at(animal, at).kind == WordKind::pointer;
    }
    CHECK(handles == 1);
    CHECK(pointers == 1);
  });
}

TEST_CASE("a count is found in a base, however far away, and in a virtual one", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    for (const char* member : {"animals", "goat", "sheep"}) {
      INFO(member);
      CHECK(fixture.types().count_offset(handle(fixture, herd, member).element, kRefs) == 8u);
      CHECK(fixture.types().count_offset(handle(fixture, herd, member).element) == 8u);
    }
    const TypeId horse = handle(fixture, herd, "horse").element;
    CHECK(fixture.types().count_offset(horse, kRefs) == fixture.counted_offset("count of horse"));
    CHECK(fixture.types().word_at(horse, fixture.counted_offset("foal of horse") + kPointerAt).kind ==
          WordKind::counted_handle);
  });
}

TEST_CASE("what a class has of another, as a base or a member, at any depth and only there", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    auto& types = fixture.types();
    const TypeId animal = handle(fixture, herd, "animals").element;
    const TypeId goat = handle(fixture, herd, "goat").element;
    const TypeId cyborg = handle(fixture, herd, "cyborg").element;
    CHECK(types.has_part(goat, 0, goat));
    CHECK(types.has_part(goat, 0, animal));
    CHECK_FALSE(types.has_part(goat, 8, animal));
    CHECK_FALSE(types.has_part(animal, 0, goat));
    CHECK(types.has_part(cyborg, 0, animal));
    CHECK_FALSE(types.has_part(TypeId::none, 0, animal));
    CHECK_FALSE(types.has_part(goat, 0, TypeId::none));
  });
}

TEST_CASE("the classes of a size that start with another one", "[counted]") {
  in_every_build(kRows, [&](LoadedFixture& fixture, TypeId herd) {
    auto& types = fixture.types();
    const TypeId animal = handle(fixture, herd, "animals").element;
    const auto starting = [&](const TypeId part, std::uint64_t size) {
      const auto found = types.having_part(part, 0, size);
      REQUIRE(found);
      std::vector<std::string> all = names(fixture, *found);
      std::sort(all.begin(), all.end());
      return all;
    };
    const std::uint64_t goat = types.size(handle(fixture, herd, "goat").element);
    CHECK(starting(animal, goat) == std::vector<std::string>{"farm::Goat", "farm::Sheep"});
    CHECK(starting(animal, types.size(handle(fixture, herd, "cyborg").element)) == std::vector<std::string>{"farm::Cyborg"});
    CHECK(starting(animal, 100 * types.size(animal)).empty());
    CHECK(starting(handle(fixture, herd, "sheep").element, 2 * goat).empty());
    CHECK_FALSE(types.having_part(TypeId::none, 0, goat));
  });
}

TEST_CASE("a count in a base that is only declared is where the row says", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    const TypeId near = handle(fixture, herd, "near").element;
    CHECK(fixture.types().count_offset(near, kRefs) == fixture.counted_offset("count of near"));
  });
  int declared_only = 0;  // clang may define it all the same
  in_every_build("farm::Ref object_ farm::Distant::references_\n", [&](LoadedFixture& fixture, TypeId herd) {
    const auto count = fixture.types().count_offset(handle(fixture, herd, "near").element, kRefs);
    CHECK((!count || *count == fixture.counted_offset("count of near")));
    declared_only += !count;
  });
  CHECK(declared_only > 0);
}

TEST_CASE("a class has no count when it has none of the rows' members, or two", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    for (const TypeId type : {handle(fixture, herd, "stone").element, handle(fixture, herd, "cyborg").element,
                              herd, TypeId::none, static_cast<TypeId>(1000000)}) {
      CHECK_FALSE(fixture.types().count_offset(type, kRefs));
      CHECK_FALSE(fixture.types().count_offset(type));
    }
    CHECK_FALSE(fixture.types().count_offset(handle(fixture, herd, "goat").element, 1000000));
  });
}

TEST_CASE("a count of any class is one for its handles, and for nobody else", "[counted]") {
  in_every_build("farm::Ref object_ references_\n", [](LoadedFixture& fixture, TypeId herd) {
    const TypeId stone = handle(fixture, herd, "stone").element;
    CHECK(fixture.types().count_offset(stone, kRefs) == 0u);
    CHECK_FALSE(fixture.types().count_offset(stone));
    CHECK(fixture.types().count_offset(handle(fixture, herd, "goat").element, kRefs) == 8u);
  });
}

TEST_CASE("every class that the program has handles to is listed once a family", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId herd) {
    std::vector<std::string> found;
    for (const auto& [type, family, apart] : fixture.types().counted_classes()) {
      const std::string name = fixture.types().name(type);
      if (!name.starts_with("farm::")) continue;  // other modules of this process may have some, too
      found.push_back(name);
      CHECK_FALSE(apart);
      CHECK(fixture.families()[family].handle ==
            (name == "farm::Tree" ? "boost::intrusive_ptr" : "farm::Ref"));
    }
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::string>{"farm::Animal", "farm::Cyborg", "farm::Goat", "farm::Horse",
                                            "farm::Near", "farm::Sheep", "farm::Stone", "farm::Tree"});
    CHECK(handle(fixture, herd, "goat").element != TypeId::none);
  });
  in_every_build("", [](LoadedFixture& fixture, TypeId) {
    for (const auto& counted : fixture.types().counted_classes()) {
      if (fixture.families()[counted.family].handle != "boost::intrusive_ptr")
        CHECK(fixture.types().name(counted.type).find("farm::") != 0);
    }
  });
}

TEST_CASE("who allocates a block says of which class it becomes", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId) {
    for (const auto& [name, wanted] :
         {std::pair("animal", "farm::Animal"), std::pair("goat", "farm::Goat"),
          std::pair("sheep", "farm::Sheep"), std::pair("cyborg", "farm::Cyborg")}) {
      INFO(name);
      const auto stack = fixture.made(name, "allocated");
      REQUIRE_FALSE(stack.empty());
      const auto types = names(fixture, fixture.types().allocated_by(stack));
      REQUIRE_FALSE(types.empty());
      CHECK(types.front() == wanted);
    }
  });
}

TEST_CASE("code that makes no object says nothing of a block", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId) {
    CHECK(fixture.types().allocated_by({}).empty());
    for (const std::uint64_t address :
         {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}, fixture.frame("ordinary")}) {
      CHECK(fixture.types().allocated_by(std::vector{address}).empty());
      CHECK(fixture.types().announced_by(std::vector{address}) == TypeId::none);
    }
    CHECK(fixture.types().announced_by({}) == TypeId::none);
  });
}

TEST_CASE("an object is of the class whose constructor encloses the one that announced it", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId) {
    for (const auto& [name, wanted] :
         {std::pair("animal", "farm::Animal"), std::pair("goat", "farm::Goat"),
          std::pair("sheep", "farm::Sheep"), std::pair("cyborg", "farm::Cyborg")}) {
      INFO(name);
      const auto stack = fixture.made(name, "announced");
      REQUIRE_FALSE(stack.empty());
      CHECK(fixture.types().name(fixture.types().announced_by(stack)) == wanted);
    }
  });
}

TEST_CASE("an object that no constructor announced has no class by its stack", "[counted]") {
  in_every_build(kRows, [](LoadedFixture& fixture, TypeId) {
    const auto stack = fixture.made("placed", "announced");
    REQUIRE_FALSE(stack.empty());
    CHECK(fixture.types().announced_by(stack) == TypeId::none);
  });
}

TEST_CASE("a stripped library says nothing of counts and constructors", "[counted]") {
  LoadedFixture fixture(fixture_path("g++-stripped"));
  fixture.families().read_text(kRows, "rows");
  for (const std::string& name :
       names(fixture, fixture.types().allocated_by(fixture.made("goat", "allocated")))) {
    CHECK(name.find("farm::") != 0);  // classes of the test itself, which called the library
  }
  CHECK(fixture.types().announced_by(fixture.made("goat", "announced")) == TypeId::none);
  for (const auto& counted : fixture.types().counted_classes()) {
    CHECK(fixture.types().name(counted.type).find("farm::") != 0);
  }
}
