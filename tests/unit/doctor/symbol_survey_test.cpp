// symbol_survey_test.cpp - doctor/symbol_survey.h, on builds of tests/unit/program's fixture.
#include "doctor/symbol_survey.h"

#include <algorithm>
#include <functional>

#include "catch.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;

namespace {

void with_symbols(const std::string& build, const std::function<void(const SymbolFacts&)>& check) {
  const std::string path = fixture(build);
  if (path.empty()) {
    WARN(build << " was not built");
    return;
  }
  INFO(build);
  check(examine(path, LoaderPlaces::of_this_machine(), Families()).front().symbols);
}

}  // namespace

TEST_CASE("source files, classes and functions are counted by symbols") {
  for (const char* build : {"g++-O0", "g++-O2", "clang++-O0", "clang++-O2"}) {
    with_symbols(build, [](const SymbolFacts& symbols) {
      CHECK(symbols.whole);
      CHECK(symbols.files.size() == 5);
      CHECK(std::count(symbols.files.begin(), symbols.files.end(), "twin.cpp") == 1);
      CHECK(symbols.files_with_shim.empty());
      CHECK(symbols.virtual_tables > 3);
      CHECK(symbols.controls_without_rtti == 0);
      CHECK(symbols.functions > 20);
      CHECK(symbols.without_unwinding.empty());
      CHECK_FALSE(symbols.cxx_runtime_inside);
    });
  }
}

TEST_CASE("classes without RTTI are counted, control blocks among them") {
  with_symbols("g++-nortti", [](const SymbolFacts& symbols) {
    CHECK(symbols.tables_without_rtti == symbols.virtual_tables - 1);  // distant.cpp is compiled as ever
    CHECK(symbols.controls_without_rtti > 0);
    CHECK(symbols.controls_without_rtti < symbols.tables_without_rtti);
  });
}

TEST_CASE("a stripped file tells what others may use") {
  with_symbols("g++-stripped", [](const SymbolFacts& symbols) {
    CHECK_FALSE(symbols.whole);
    CHECK(symbols.files.empty());
    CHECK(symbols.virtual_tables > 0);
    CHECK(symbols.functions > 0);
  });
}

TEST_CASE("symbols in a separate file of debug info count") {
  with_symbols("g++-separate", [](const SymbolFacts& symbols) {
    CHECK(symbols.whole);
    CHECK(symbols.files.size() == 5);
  });
}
