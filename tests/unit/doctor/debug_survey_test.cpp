// debug_survey_test.cpp - doctor/debug_survey.h, on builds of tests/unit/program's fixture by every compiler
// that is there.
#include "doctor/debug_survey.h"

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>

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

// What is told of a build whose units say that they are of that language. Compilers that are new enough to
// say so may not be there.
DebugFacts facts_in_language(const std::string& path, unsigned char language) {
  std::ostringstream file;
  file << std::ifstream(path, std::ios::binary).rdbuf();
  std::string bytes = file.str();
  elf_version(EV_CURRENT);
  const std::unique_ptr<Elf, int (*)(Elf*)> elf(elf_memory(bytes.data(), bytes.size()), elf_end);
  const std::unique_ptr<Dwarf, int (*)(Dwarf*)> dwarf(dwarf_begin_elf(elf.get(), DWARF_C_READ, nullptr),
                                                      dwarf_end);
  REQUIRE(dwarf);
  Dwarf_CU* unit = nullptr;
  Dwarf_Die root;
  while (dwarf_get_units(dwarf.get(), unit, &unit, nullptr, nullptr, &root, nullptr) == 0) {
    Dwarf_Attribute attribute;
    REQUIRE(dwarf_attr(&root, DW_AT_language, &attribute) != nullptr);
    REQUIRE(dwarf_whatform(&attribute) == DW_FORM_data1);
    bytes[static_cast<std::size_t>(reinterpret_cast<char*>(attribute.valp) - bytes.data())] =
        static_cast<char>(language);
  }
  DebugFacts facts;
  survey_debug_info(dwarf.get(), Families(), facts);
  return facts;
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

TEST_CASE("C++17 and C++20 are C++, C17 is C, and Fortran is neither") {
  const std::string path = fixture("g++-O0");
  if (path.empty()) return;
  for (const int cxx : {int{DW_LANG_C_plus_plus_14}, 0x2a, 0x2b}) {
    INFO("language " << cxx);
    const DebugFacts facts = facts_in_language(path, static_cast<unsigned char>(cxx));
    CHECK(facts.level == DebugFacts::Level::full);
    CHECK(facts.units.size() == kUnits);
  }
  const DebugFacts c17 = facts_in_language(path, 0x2c);
  CHECK(c17.level == DebugFacts::Level::full);
  CHECK(c17.units.empty());
  const DebugFacts fortran = facts_in_language(path, 0x2d);
  CHECK(fortran.level == DebugFacts::Level::lines);
  CHECK(fortran.units.empty());
}
