// program_test.cpp - a program that is not position independent, seen from outside.
#include "program/program.h"

#include <cstdio>
#include <filesystem>
#include <sstream>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

// What zoo-no-pie prints of itself.
struct Printed {
  Snapshot snapshot;
  std::vector<std::string> names;
  std::uint64_t frame = 0;
};

Printed run(const std::string& path) {
  Printed printed;
  printed.snapshot.modules.push_back({0, 0x400000, 0x800000, path, ""});
  std::string output;
  FILE* pipe = ::popen(("'" + path + "'").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
    output += buffer;
  }
  REQUIRE(::pclose(pipe) == 0);
  std::istringstream lines(output);
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string kind;
    words >> kind >> std::hex;
    if (kind == "frame") {
      words >> printed.frame;
      continue;
    }
    Vtable vtable;
    std::string name;
    words >> name >> vtable.address >> vtable.mangled_name;
    for (std::uint64_t function = 0; words >> function;) {
      vtable.functions.push_back(function);
    }
    printed.snapshot.vtables.push_back(vtable);
    printed.names.push_back(name);
  }
  return printed;
}

}  // namespace

TEST_CASE("types and frames of a program that is not position independent are found", "[program]") {
  const std::string path = std::string(FIXTURE_FOLDER) + "/zoo-no-pie";
  REQUIRE(std::filesystem::exists(path));
  const Printed printed = run(path);
  const Families families;
  Program program(printed.snapshot, families);
  REQUIRE(printed.names.size() == 4);
  TypeModel& types = program.types();
  for (std::uint32_t i = 0; i < 4; ++i) {
    const ControlType type = types.control_type(i);
    INFO(printed.names[i]);
    CHECK(type.managed_name == (i < 2 ? "zoo::Keeper" : "(anonymous namespace)::Node"));
    CHECK(types.name(type.managed) == type.managed_name);
  }
  CHECK(types.word_at(types.control_type(3).control, 16 + 16).member == "(anonymous namespace)::Node::there");
  const auto frames = program.frames().frames_at(printed.frame);
  CHECK(frames[0].function == "zoo::ordinary(int, const char*)");
  CHECK(frames[0].line == marked_line("frames.cpp", "ordinary"));
  CHECK(program.notes().empty());
}

TEST_CASE("an empty snapshot has a program that knows nothing", "[program]") {
  const Snapshot snapshot;
  const Families families;
  Program program(snapshot, families);
  CHECK(program.types().control_type(0).managed_name.empty());
  CHECK(program.types().dynamic_type(snapshot::kNone) == TypeId::none);
  CHECK(program.types().dynamic_name(7).empty());
  CHECK(program.types().word_at(TypeId{9}, 0).kind == WordKind::unknown);
  CHECK(program.frames().frames_at(0x1000).size() == 1);
  CHECK(program.notes().empty());
}

TEST_CASE("an unknown type is blamed on the module that made the object, if that has no debug info",
          "[program]") {
  const auto blamed = [](const std::string& build, bool with_stack) {
    LoadedFixture fixture(fixture_path(build));
    const auto stack = with_stack ? fixture.made("goat", "announced") : std::vector<std::uint64_t>{};
    if (!with_stack) fixture.snapshot().modules = {fixture.module()};
    fixture.program().note_unknown_type(stack);
    return fixture.program().notes();
  };
  for (const bool with_stack : {true, false}) {
    CHECK(blamed("g++-O0", with_stack).empty());
    const auto notes = blamed("g++-stripped", with_stack);
    REQUIRE(notes.size() == 1);
    CHECK_THAT(notes[0],
               ContainsSubstring(fixture_path("g++-stripped") + ", which has none: compile it with -g"));
  }
}

TEST_CASE("a run-time library is not asked for the type of what was made through it", "[program]") {
  Snapshot snapshot;
  Module module;
  module.low = 0x1000;
  module.high = 0x2000;
  module.path = "/nowhere/libstdc++.so.6";
  snapshot.modules.push_back(module);
  const Families families;
  Program program(snapshot, families);
  program.note_unknown_type(std::vector<std::uint64_t>{0x1800});
  CHECK(program.notes().empty());
}
