// debug_survey_test.cpp - doctor/debug_survey.h, on builds of tests/unit/program's fixture by every compiler
// that is there.
#include "doctor/debug_survey.h"

#include <functional>

#include "catch.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;

namespace {

// Of a build that may not be there: then nothing is checked.
void with_debug_facts(const std::string& build, const std::function<void(const DebugFacts&)>& check) {
  const std::string path = fixture(build);
  if (path.empty()) {
    WARN(build << " was not built");
    return;
  }
  INFO(build);
  check(examine(path, LoaderPlaces::of_this_machine(), Families()).front().debug);
}

constexpr std::size_t kUnits = 4;  // types, twin, frames, counted; distant.cpp never has debug info

}  // namespace

TEST_CASE("whole debug info is told of every build that has it") {
  for (const char* build : {"g++-O0", "g++-O2", "g++-O3-lto", "g++-dwarf4", "g++-split", "g++-nortti",
                            "clang++-O0", "clang++-O2", "clang++-dwarf4"}) {
    with_debug_facts(build, [](const DebugFacts& debug) {
      CHECK(debug.level == DebugFacts::Level::full);
      CHECK(debug.units.size() == kUnits);
      CHECK(debug.lines_only.empty());
      CHECK(debug.without_dwo.empty());
      CHECK_FALSE(debug.compressed);
      CHECK(debug.separate_file.empty());
      CHECK(debug.with_shim.empty());
      CHECK_FALSE(debug.shared_without_shim.empty());
      CHECK(debug.pointers.count("std::shared_ptr") == 1);
    });
  }
}

TEST_CASE("lines only are told of every unit") {
  with_debug_facts("g++-g1", [](const DebugFacts& debug) {
    CHECK(debug.level == DebugFacts::Level::lines);
    CHECK(debug.units.size() == kUnits);
    CHECK(debug.lines_only.size() == kUnits);
    CHECK(debug.shared_without_shim.empty());
    CHECK(debug.pointers.empty());
  });
}

TEST_CASE("no debug info is told") {
  with_debug_facts("g++-stripped", [](const DebugFacts& debug) {
    CHECK(debug.level == DebugFacts::Level::none);
    CHECK(debug.units.empty());
    CHECK(debug.missing_file.empty());
  });
}

TEST_CASE("a .dwo file that is gone is named") {
  with_debug_facts("g++-dwo-missing", [](const DebugFacts& debug) {
    REQUIRE(debug.without_dwo.size() == 1);
    CHECK_THAT(debug.without_dwo.front(), ContainsSubstring("twin.dwo"));
    CHECK(debug.level == DebugFacts::Level::full);
    CHECK(debug.units.size() == kUnits - 1);
  });
}

TEST_CASE(".dwo files with type units are told: their classes cannot be read") {
  for (const char* build : {"g++-split-types4", "g++-split-types5"}) {
    with_debug_facts(build, [](const DebugFacts& debug) { CHECK(debug.without_dwo.size() == kUnits); });
  }
}

TEST_CASE("debug info that is compressed, or in a file of its own, is whole") {
  with_debug_facts("g++-compressed", [](const DebugFacts& debug) {
    CHECK(debug.compressed);
    CHECK(debug.level == DebugFacts::Level::full);
  });
  with_debug_facts("g++-separate", [](const DebugFacts& debug) {
    CHECK_THAT(debug.separate_file, ContainsSubstring("libzoo-g++-separate.so.debug"));
    CHECK(debug.level == DebugFacts::Level::full);
  });
}

TEST_CASE("pointers of a families file are told") {
  const std::string path = fixture("g++-O0");
  if (path.empty()) return;
  Families families;
  families.read_text("std::unique_ptr pointer Counted::count\n", "own.families");
  const auto modules = examine(path, LoaderPlaces::of_this_machine(), families);
  CHECK(modules.front().debug.pointers.count("std::unique_ptr") == 1);
}
