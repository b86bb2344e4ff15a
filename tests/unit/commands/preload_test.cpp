// preload_test.cpp - commands/preload.h
#include "commands/preload.h"

#include "catch.h"

using namespace gordian;
using Entries = std::vector<std::string>;

namespace {

constexpr const char* kRuntime = "/g/libgordian.so.0";

Entries preloaded(const Entries& before) {
  return preloaded_environment(before, {kRuntime, "depth=3", std::nullopt});
}

}  // namespace

TEST_CASE("the runtime comes first in LD_PRELOAD, and what was there stays") {
  CHECK(preloaded({"A=1"}) == Entries{"A=1", "LD_PRELOAD=/g/libgordian.so.0", "GORDIAN_RUN=named:depth=3"});
  CHECK(preloaded({"LD_PRELOAD=x.so:y.so", "A=1"}) ==
        Entries{"LD_PRELOAD=/g/libgordian.so.0:x.so:y.so", "A=1", "GORDIAN_RUN=named:depth=3"});
}

TEST_CASE("an LD_PRELOAD that was empty can be told from one that was not set") {
  CHECK(preloaded({"LD_PRELOAD="}) == Entries{"LD_PRELOAD=/g/libgordian.so.0:", "GORDIAN_RUN=named:depth=3"});
}

TEST_CASE("the glob travels only when there is one") {
  CHECK(preloaded_environment({}, {kRuntime, "", "a*"}) ==
        Entries{"LD_PRELOAD=/g/libgordian.so.0", "GORDIAN_RUN=named:", "GORDIAN_FOLLOW=a*"});
}

TEST_CASE("the preload of an outer gordian run is replaced") {
  for (const Entries& before : {Entries{}, Entries{"LD_PRELOAD="}, Entries{"LD_PRELOAD=x.so"}}) {
    const Entries outer = preloaded_environment(before, {kRuntime, "exitcode=9", "*"});
    CHECK(preloaded(outer) == preloaded(before));
  }
}

TEST_CASE("a preload of the user's that happens to be the runtime is kept") {
  CHECK(preloaded({"LD_PRELOAD=/g/libgordian.so.0"})[0] ==
        "LD_PRELOAD=/g/libgordian.so.0:/g/libgordian.so.0");
}
