// test_whole_heap.cpp - a snapshot with all that is owned: no verdict changes by it, and who owns what can be
// asked.
#include <nlohmann/json.hpp>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

struct Told {
  int status = 0;
  nlohmann::json findings;
};

// Without addresses: they differ from run to run.
Told told_by(const std::string& program, const std::string& options) {
  ScratchDirectory scratch;
  Told told;
  told.status = run_program(program, options + "json=" + (scratch / "r.json").string()).status;
  told.findings = nlohmann::json::parse(file_text(scratch / "r.json")).at("findings");
  for (auto& finding : told.findings) {
    for (auto& object : finding["objects"]) object.erase("address");
  }
  return told;
}

}  // namespace

TEST_CASE("a report is the same whether what is owned is recorded or not") {
  for (const char* program : {"ring",
                              "ring_vector",
                              "ring_retains",
                              "ring_deleter",
                              "ring_from_this",
                              "ring_pool",
                              "ring_weak_registry",
                              "ring_weak_globals",
                              "two_shapes",
                              "lost_reference",
                              "lost_owners",
                              "ignored_registry",
                              "reset_optional",
                              "matrix_holders",
                              "matrix_holders_fixed",
                              "matrix_tasks",
                              "matrix_tasks_fixed",
                              "owned_pool",
                              "owned_by_raw_adopted",
                              "owned_by_leaked_global",
                              "owned_by_pthread_key",
                              "expired_observed",
                              "stale_spare_capacity",
                              "rings_among_many",
                              "owned_by_raw_into_map"}) {
    INFO(program);
    const Told usual = told_by(program, "");
    const Told whole = told_by(program, "whole_heap=1:");
    CHECK(usual.status == whole.status);
    CHECK(usual.findings == whole.findings);
  }
}

TEST_CASE("who owns an object is asked of a snapshot of the whole heap, by its type") {
  ScratchDirectory scratch;
  const std::string snapshot = (scratch / "s.gsnap").string();
  CHECK(run_program("owned_by_leaked_global", "whole_heap=1:snapshot=" + snapshot).status == 0);
  const Outcome told = run_tool({"report", "--why", "Obj", snapshot});
  CHECK(told.status == 0);
  CHECK(contains(told.out, "Obj  32 bytes  use_count 2\n"));
  CHECK(contains(told.out, "held by keeper\n    a variable of static storage, "));
  CHECK(contains(told.out, "held by Obj::other\n    of Obj  32 bytes\n"));
  CHECK(contains(told.out, "which it holds itself\n"));

  const Outcome none = run_tool({"report", "--why", "NoSuchType", snapshot});
  CHECK(none.status == 1);
  CHECK(none.out == "no object of type NoSuchType is alive\n");
}

// Objects have no numbers in this text, so it cannot refer to one by its number.
TEST_CASE("callers that an earlier object has had are named again where they are asked why it is alive") {
  ScratchDirectory scratch;
  const std::string snapshot = (scratch / "s.gsnap").string();
  CHECK(run_program("owned_by_two_ways", "whole_heap=1:snapshot=" + snapshot).status == 0);
  const Outcome told = run_tool({"report", "--why", "Leaf", snapshot});
  CHECK_FALSE(contains(told.out, "#"));
  const std::string callers = "called from grow(const std::shared_ptr<Tree>&)";
  const auto first = told.out.find(callers);
  REQUIRE(first != std::string::npos);
  CHECK(told.out.find(callers, first + 1) != std::string::npos);
}

TEST_CASE("another snapshot tells of what has leaked, and how to ask for the rest") {
  ScratchDirectory scratch;
  const std::string snapshot = (scratch / "s.gsnap").string();
  CHECK(run_program("ring", "snapshot=" + snapshot).status == 23);
  const Outcome leaked = run_tool({"report", "--why", "Obj", snapshot});
  CHECK(contains(leaked.out, "in cycle "));
  CHECK(contains(leaked.out, "held by Obj::"));
  CHECK(contains(leaked.out, "cut here"));

  CHECK(run_program("owned_by_leaked_global", "snapshot=" + snapshot).status == 0);
  CHECK(contains(run_tool({"report", "--why", "Obj", snapshot}).out, "whole_heap=1"));
  CHECK(run_tool({"report", "--why", "", snapshot}).status == 2);
  CHECK(run_tool({"report", "--why", "Obj", "--json=-", snapshot}).status == 2);
}
