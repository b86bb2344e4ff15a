// types_test.cpp - what a vtable says about its object's type.
#include <filesystem>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

std::vector<std::string> builds() {
  return fixture_builds();
}

}  // namespace

TEST_CASE("a control block's vtable names the managed type and finds its definition", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    for (const char* name : {"made", "plain", "deleter", "lambda"}) {
      INFO(name);
      LoadedFixture one(fixture_path(build));
      const std::uint32_t vtable = one.control(name);
      const ControlType type = one.types().control_type(vtable);
      CHECK(type.managed_name == "zoo::Keeper");
      CHECK(one.types().name(type.managed) == "zoo::Keeper");
      CHECK(one.types().size(type.managed) > 300);
      CHECK(type.control != TypeId::none);
      CHECK(one.program().notes().empty());
    }
  }
}

TEST_CASE("template instances, closures, arrays and allocators are told from control blocks", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t node = fixture.control("node");
    const std::uint32_t array = fixture.control("array");
    const std::uint32_t allocated = fixture.control("allocated");
    const std::uint32_t vector = fixture.control("vector");
    TypeModel& types = fixture.types();
    CHECK(types.control_type(node).managed_name == "zoo::Node<int, 3>");
    CHECK(types.name(types.control_type(node).managed) == "zoo::Node<int, 3>");
    CHECK(types.control_type(array).managed_name == "zoo::Plain[]");
    CHECK(types.name(types.control_type(array).managed) == "zoo::Plain");
    CHECK(types.control_type(allocated).managed_name == "zoo::Plain");
    CHECK(types.name(types.control_type(allocated).managed) == "zoo::Plain");
    CHECK(types.control_type(vector).managed_name == "std::vector<std::shared_ptr<zoo::Plain>>");
    CHECK(types.name(types.control_type(vector).managed) == "std::vector<std::shared_ptr<zoo::Plain>>");
  }
}

TEST_CASE("classes of one name in two files' unnamed namespaces are told apart", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t here = fixture.control("local");
    const std::uint32_t there = fixture.control("twin");
    const std::uint32_t here_object = fixture.object("local");
    const std::uint32_t there_object = fixture.object("twin");
    TypeModel& types = fixture.types();
    CHECK(types.control_type(here).managed_name == "(anonymous namespace)::Node");
    CHECK(types.control_type(there).managed_name == "(anonymous namespace)::Node");
    const TypeId here_type = types.control_type(here).managed;
    const TypeId there_type = types.control_type(there).managed;
    CHECK(types.word_at(here_type, 24).member == "(anonymous namespace)::Node::here");
    CHECK(types.word_at(there_type, 16).member == "(anonymous namespace)::Node::there");
    CHECK(types.dynamic_type(here_object) == here_type);
    CHECK(types.dynamic_type(there_object) == there_type);
  }
}

TEST_CASE("of such classes each is known by its own functions, not by what it inherits from another file", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t here = fixture.object("part");
    const std::uint32_t there = fixture.object("twin part");
    TypeModel& types = fixture.types();
    CHECK(types.dynamic_name(there) == "(anonymous namespace)::Part");
    CHECK(types.word_at(types.dynamic_type(here), 40).member == "(anonymous namespace)::Part::here");
    CHECK(types.word_at(types.dynamic_type(there), 40).member == "(anonymous namespace)::Part::there");
  }
}

TEST_CASE("classes of one name in two files' functions of one name are told apart", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t here = fixture.object("inner");
    const std::uint32_t there = fixture.object("twin inner");
    TypeModel& types = fixture.types();
    CHECK(types.dynamic_name(there) == "make_inner()::Inner");
    const std::string here_member = types.word_at(types.dynamic_type(here), 40).member;
    const std::string there_member = types.word_at(types.dynamic_type(there), 40).member;
    CAPTURE(here_member, there_member);
    const bool has_own = build != "clang++-O2" || FIXTURE_CLANGXX_MAJOR >= 19;  // 16 puts its functions into no class
    CHECK(here_member == (has_own ? "make_inner()::Inner::here" : ""));
    CHECK(there_member == "make_inner()::Inner::there");
  }
}

TEST_CASE("where none of its own functions is known, nobody knows which class it is, however few have that name", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t alone = fixture.object("alone");
    const std::uint32_t here = fixture.object("both");
    const std::uint32_t there = fixture.object("twin both");
    TypeModel& types = fixture.types();
    CHECK(types.dynamic_type(alone) == TypeId::none);
    CHECK(types.dynamic_type(here) == TypeId::none);
    CHECK(types.dynamic_type(there) == TypeId::none);
  }
}

TEST_CASE("a polymorphic object's vtable finds its dynamic type", "[types]") {
  for (const std::string& build : builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t made = fixture.object("made");
    const std::uint32_t derived = fixture.object("derived");
    TypeModel& types = fixture.types();
    CHECK(types.dynamic_name(made) == "zoo::Keeper");
    CHECK(types.name(types.dynamic_type(made)) == "zoo::Keeper");
    CHECK(types.dynamic_name(derived) == "zoo::Derived");
    const TypeId type = types.dynamic_type(derived);
    CHECK(types.name(type) == "zoo::Derived");
    CHECK(types.size(type) == types.size(types.dynamic_type(made)) + 16);
    CHECK(types.word_at(type, types.size(type) - 8).member == "zoo::Derived::extra");
  }
}

TEST_CASE("without RTTI symbols and functions name the class", "[types]") {
  LoadedFixture fixture(fixture_path("g++-nortti"));
  const std::uint32_t made = fixture.control("made");
  const std::uint32_t lambda = fixture.control("lambda");
  const std::uint32_t object = fixture.object("derived");
  REQUIRE(fixture.snapshot().vtables[made].mangled_name.empty());
  TypeModel& types = fixture.types();
  CHECK(types.control_type(made).managed_name == "zoo::Keeper");
  CHECK(types.name(types.control_type(made).managed) == "zoo::Keeper");
  CHECK(types.control_type(lambda).managed_name == "zoo::Keeper");
  CHECK(types.dynamic_name(object) == "zoo::Derived");
  CHECK(types.name(types.dynamic_type(object)) == "zoo::Derived");
}

TEST_CASE("a library with lines and no types gives names, and a note", "[types]") {
  LoadedFixture fixture(fixture_path("g++-g1"));
  const std::uint32_t made = fixture.control("made");
  const ControlType type = fixture.types().control_type(made);
  CHECK(type.managed_name == "zoo::Keeper");
  CHECK(type.control == TypeId::none);
  REQUIRE(fixture.program().notes().size() == 1);
  CHECK(fixture.program().notes()[0] ==
        "the debug info of " + fixture_path("g++-g1") +
            " does not say what some classes hold (built with -g1, or its .dwo files are missing or packed): "
            "offsets instead of members there");
}

TEST_CASE("debug info in .dwo files that cannot be read is said to lack classes", "[types]") {
  for (const std::string build : {"g++-split-types4", "g++-split-types5", "g++-dwo-missing"}) {
    if (!std::filesystem::exists(fixture_path(build))) continue;
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint32_t made = fixture.control("made");
    const std::uint32_t twin = fixture.control("twin");
    CHECK(fixture.types().control_type(made).managed_name == "zoo::Keeper");
    fixture.types().control_type(twin);
    REQUIRE(fixture.program().notes().size() == 1);
    CHECK(fixture.program().notes()[0].find("its .dwo files are missing") != std::string::npos);
  }
}

TEST_CASE("with one .dwo file missing, the others' classes are read", "[types]") {
  if (!std::filesystem::exists(fixture_path("g++-dwo-missing"))) return;
  LoadedFixture fixture(fixture_path("g++-dwo-missing"));
  const std::uint32_t made = fixture.control("made");
  const TypeId keeper = fixture.types().control_type(made).managed;
  REQUIRE(keeper != TypeId::none);
  CHECK(fixture.types().word_at(keeper, fixture.offset("strong") + 8).member == "zoo::Keeper::strong");
}

TEST_CASE("a stripped library still gives names, and a note", "[types]") {
  LoadedFixture fixture(fixture_path("g++-stripped"));
  const std::uint32_t made = fixture.control("made");
  const std::uint32_t deleter = fixture.control("deleter");
  const std::uint32_t object = fixture.object("derived");
  TypeModel& types = fixture.types();
  CHECK(fixture.program().notes().empty());
  const ControlType type = types.control_type(made);
  CHECK(type.managed_name == "zoo::Keeper");
  CHECK(type.managed == TypeId::none);
  CHECK(type.control == TypeId::none);
  CHECK(types.control_type(deleter).managed_name == "zoo::Keeper");
  CHECK(types.dynamic_name(object) == "zoo::Derived");
  CHECK(types.dynamic_type(object) == TypeId::none);
  CHECK(types.word_at(type.control, 0).kind == WordKind::unknown);
  CHECK(types.name(TypeId::none).empty());
  CHECK(types.size(TypeId::none) == 0);
  REQUIRE(fixture.program().notes().size() == 1);
  CHECK(fixture.program().notes()[0] ==
        "no debug info in " + fixture_path("g++-stripped") + ": offsets instead of members and lines there");
}

TEST_CASE("a library changed since the program ran is not believed", "[types]") {
  LoadedFixture fixture(fixture_path("g++-O0"));
  const std::uint32_t made = fixture.control("made");
  REQUIRE_FALSE(fixture.module().build_id.empty());
  fixture.module().build_id.front() = fixture.module().build_id.front() == '0' ? '1' : '0';
  const ControlType type = fixture.types().control_type(made);
  CHECK(type.managed_name == "zoo::Keeper");
  CHECK(type.managed == TypeId::none);
  CHECK(fixture.program().notes() ==
        std::vector<std::string>{
            fixture_path("g++-O0") +
            " was changed since the program ran; its types, functions and lines are left out"});
}

TEST_CASE("a library that is gone, or no library, is as good as stripped", "[types]") {
  for (const char* path : {"/no/such/library.so", "/etc/passwd", "/dev/null", "/", ""}) {
    INFO(path);
    LoadedFixture fixture(fixture_path("g++-O0"));
    const std::uint32_t made = fixture.control("made");
    fixture.module().path = path;
    CHECK(fixture.types().control_type(made).managed_name == "zoo::Keeper");
    CHECK(fixture.types().control_type(made).managed == TypeId::none);
    CHECK(fixture.program().notes().size() == 1);
  }
}

TEST_CASE("a vtable that is none says nothing", "[types]") {
  LoadedFixture fixture(fixture_path("g++-O0"));
  fixture.snapshot().vtables.push_back({});
  fixture.snapshot().vtables.push_back({1, {2, 3, 0}, "no name"});
  fixture.snapshot().vtables.push_back({fixture.module().low + 8, {fixture.module().low, ~0ull}, ""});
  fixture.snapshot().vtables.push_back({fixture.module().high - 1, {fixture.module().high - 1}, "4Node"});
  for (const std::uint32_t vtable : {0u, 1u, 2u, 3u, 4u}) {
    INFO(vtable);
    CHECK(fixture.types().control_type(vtable).control == TypeId::none);
    CHECK(fixture.types().control_type(vtable).managed_name.empty());
    CHECK(fixture.types().dynamic_type(vtable) == TypeId::none);
  }
}
