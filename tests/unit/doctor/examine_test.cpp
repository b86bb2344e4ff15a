// examine_test.cpp - doctor/examine.h.
#include "doctor/examine.h"

#include "base/error.h"
#include "catch.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;

TEST_CASE("a program of the system is examined with its libraries") {
  const auto modules = examine("/bin/true", LoaderPlaces::of_this_machine(), Families());
  REQUIRE(modules.size() >= 2);
  CHECK(modules.front().of_system);
  CHECK_FALSE(modules.front().runtime_library);
  const auto* const provider = provider_of(modules, "malloc");
  REQUIRE(provider != nullptr);
  CHECK(provider->name == "libc.so.6");
  CHECK(provider->runtime_library);
  CHECK(linked_runtime(modules) == nullptr);
}

TEST_CASE("who gives a symbol is the first that has it") {
  const std::vector<ModuleFacts> modules = {healthy_program(), runtime(), libc()};
  CHECK(provider_of(modules, "malloc") == &modules[1]);
  CHECK(provider_of(modules, "no_such_function") == nullptr);
  CHECK(linked_runtime(modules) == &modules[1]);
  CHECK(linked_runtime({}) == nullptr);
}

TEST_CASE("a program named like the runtime is not its own runtime") {
  std::vector<ModuleFacts> modules = plain_process();
  modules.front().name = "./libgordian_tests";
  CHECK(linked_runtime(modules) == nullptr);
}

TEST_CASE("a file that is not there is an error") {
  CHECK_THROWS_AS(examine("/nonexistent/program", LoaderPlaces(), Families()), Error);
}
