// preload_test.cpp - start/preload.h
#include "start/preload.h"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"

using namespace gordian::rt;

namespace {

constexpr const char* kLibrary = "/opt/gordian/lib/libgordian.so.0";

// An environment as the kernel hands it over: strings that can be written to, and a null behind them.
class Environment {
 public:
  explicit Environment(std::vector<std::string> entries) : entries_(std::move(entries)) {
    for (auto& entry : entries_) array_.push_back(entry.data());
    array_.push_back(nullptr);
  }
  char** array() { return array_.data(); }
  std::vector<std::string> now() const {
    std::vector<std::string> entries;
    for (char* const* at = array_.data(); *at != nullptr; ++at) entries.emplace_back(*at);
    return entries;
  }
  std::size_t nulls() const {
    return static_cast<std::size_t>(std::count(array_.begin(), array_.end(), nullptr));
  }

 private:
  std::vector<std::string> entries_;
  std::vector<char*> array_;
};

std::vector<std::string> restored(std::vector<std::string> entries) {
  Environment environment(std::move(entries));
  restore_environment(environment.array(), kLibrary);
  return environment.now();
}

using Entries = std::vector<std::string>;

}  // namespace

TEST_CASE("without GORDIAN_RUN there are no orders") {
  for (const Entries& entries : {Entries{}, Entries{"A=1", "GORDIAN_RUNS=x", "GORDIAN_FOLLOW=*"}}) {
    Environment environment(entries);
    CHECK(read_run_orders(environment.array()).options == nullptr);
  }
  CHECK(read_run_orders(nullptr).options == nullptr);
}

TEST_CASE("orders hold the options, the glob, and whether this is the named program") {
  Environment named({"A=1", "GORDIAN_RUN=named:depth=3", "Z=1"});
  RunOrders orders = read_run_orders(named.array());
  CHECK(orders.named);
  CHECK(std::string(orders.options) == "depth=3");
  CHECK(orders.follow == nullptr);

  Environment child({"GORDIAN_FOLLOW=a*", "GORDIAN_RUN="});
  orders = read_run_orders(child.array());
  CHECK_FALSE(orders.named);
  CHECK(std::string(orders.options).empty());
  CHECK(std::string(orders.follow) == "a*");
}

TEST_CASE("the environment is restored to what it was") {
  const std::string ours = std::string("LD_PRELOAD=") + kLibrary;
  CHECK(restored({ours, "GORDIAN_RUN=named:"}).empty());
  CHECK(restored({"A=1", ours, "B=2", "GORDIAN_RUN=named:depth=3", "C=3"}) == Entries{"A=1", "B=2", "C=3"});
  CHECK(restored({ours + ":", "GORDIAN_RUN="}) == Entries{"LD_PRELOAD="});
  CHECK(restored({ours + ":a.so:b.so c.so", "GORDIAN_RUN="}) == Entries{"LD_PRELOAD=a.so:b.so c.so"});
  CHECK(restored({"A=1"}) == Entries{"A=1"});
}

TEST_CASE("an LD_PRELOAD that does not begin with this library is left alone") {
  for (const std::string& list : {std::string("other.so"), std::string("other.so:") + kLibrary,
                                  std::string(kLibrary) + ".1", std::string("/opt")}) {
    CHECK(restored({"LD_PRELOAD=" + list, "GORDIAN_RUN="}) == Entries{"LD_PRELOAD=" + list});
  }
}

TEST_CASE("behind a restored environment there is nothing but nulls") {
  Environment environment({std::string("LD_PRELOAD=") + kLibrary, "A=1", "GORDIAN_RUN="});
  restore_environment(environment.array(), kLibrary);
  CHECK(environment.nulls() == 3);
}

TEST_CASE("what a restored environment no longer holds can still be read") {
  Environment environment(
      {std::string("LD_PRELOAD=") + kLibrary, "GORDIAN_RUN=named:depth=3", "GORDIAN_FOLLOW=*"});
  const RunOrders orders = read_run_orders(environment.array());
  mark_named_started(environment.array());
  CHECK(environment.now()[1] == "GORDIAN_RUN=depth=3");
  CHECK(std::string(orders.options) == "depth=3");
  CHECK_FALSE(read_run_orders(environment.array()).named);
  mark_named_started(environment.array());
  CHECK(environment.now()[1] == "GORDIAN_RUN=depth=3");
  restore_environment(environment.array(), kLibrary);
  CHECK(std::string(orders.options) == "depth=3");
}

TEST_CASE("a glob is matched against the file name, with a slash in it against the path") {
  CHECK(glob_names("*", "/usr/bin/tests"));
  CHECK(glob_names("*", ""));
  CHECK(glob_names("test?", "/usr/bin/tests"));
  CHECK(glob_names("t[a-f]sts", "/usr/bin/tests"));
  CHECK(glob_names("/usr/*", "/usr/bin/tests"));
  CHECK(glob_names("*/bin/tests", "/usr/bin/tests"));
  CHECK_FALSE(glob_names("bin", "/usr/bin/tests"));
  CHECK_FALSE(glob_names("*bin*", "/usr/bin/tests"));
  CHECK_FALSE(glob_names("bin/tests", "/usr/bin/tests"));
  CHECK_FALSE(glob_names("", "/usr/bin/tests"));
}
