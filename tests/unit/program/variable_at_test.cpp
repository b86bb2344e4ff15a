// variable_at_test.cpp - variables of static storage by their addresses, in every build of the fixture.
#include <filesystem>
#include <optional>
#include <string>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

constexpr std::uint64_t kCage = 16;  // bytes of a zoo::Cage
constexpr std::uint64_t kKeeper = 8;

}  // namespace

TEST_CASE("a variable is known by any address in it, with its type and where it is declared", "[variables]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const std::uint64_t cages = fixture.variable("cages");
    const auto found = fixture.types().variable_at(cages + kCage + kKeeper);
    REQUIRE(found);
    CHECK(found->name == "zoo::cages");
    CHECK(found->address == cages);
    CHECK(found->size == 3 * kCage);
    CHECK_FALSE(found->is_local);
    CHECK(std::filesystem::path(found->file).filename() == "types.cpp");
    CHECK(found->line == marked_line("types.cpp", "cages"));
    REQUIRE(found->type != TypeId::none);
    CHECK(fixture.types().size(found->type) == 3 * kCage);
  }
}

TEST_CASE("statics of classes and of functions are variables, too", "[variables]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const auto office = fixture.types().variable_at(fixture.variable("office") + kKeeper);
    REQUIRE(office);
    CHECK(office->name == "zoo::Office::own");
    CHECK(office->size == kCage);
    CHECK(office->line == marked_line("types.cpp", "office"));
    const auto last = fixture.types().variable_at(fixture.variable("last"));
    REQUIRE(last);
    CHECK_THAT(last->name, ContainsSubstring("last_cage()"));
    CHECK_THAT(last->name, Catch::Matchers::EndsWith("::cage"));
    CHECK(last->line == marked_line("types.cpp", "last"));
  }
}

TEST_CASE("what lies behind a variable is not it", "[variables]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const auto behind = fixture.types().variable_at(fixture.variable("cages") + 3 * kCage);
    CHECK((!behind || behind->name != "zoo::cages"));
    CHECK_FALSE(fixture.types().variable_at(0x10));
  }
}

TEST_CASE("without types in debug info the symbol still has a name and a size", "[variables]") {
  const std::string path = fixture_path("g++-g1");
  if (!std::filesystem::exists(path)) return;
  LoadedFixture fixture(path);
  const auto found = fixture.types().variable_at(fixture.variable("cages") + kKeeper);
  REQUIRE(found);
  CHECK(found->name == "zoo::cages");
  CHECK(found->size == 3 * kCage);
  CHECK(found->type == TypeId::none);
}
