// test_modules.cpp - what the environment and the order of libraries change, and what they do not.
#include <map>
#include <tuple>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

Outcome run_with(const std::string& program, const std::map<std::string, std::string>& environment) {
  Command command;
  command.arguments = {program_path(program)};
  command.environment = environment;
  return run(command);
}

void check_told_of_libc(const Outcome& outcome) {
  INFO(outcome.err);
  CHECK(outcome.status == 24);
  CHECK(contains(outcome.err, "malloc is libc's, not gordian's"));
  CHECK(contains(outcome.err, "link the program with gordian"));
}

}  // namespace

TEST_CASE("a ring is found and a chain is not where the loader binds every function at once") {
  const std::map<std::string, std::string> linked = {{"LD_BIND_NOW", "1"}};
  const std::map<std::string, std::string> preloaded = {{"LD_BIND_NOW", "1"},
                                                        {"LD_PRELOAD", GORDIAN_RUNTIME}};
  for (const auto& [ring, chain, environment] :
       {std::tuple("ring", "chain", linked), std::tuple("ring.bare", "chain.bare", preloaded)}) {
    CHECK(run_with(ring, environment).status == 23);
    const Outcome clean = run_with(chain, environment);
    CHECK(clean.status == 0);
    CHECK(clean.out == "dead dead dead\n");
    CHECK(clean.err.empty());
  }
}

TEST_CASE("what the program's environment has for the loader is not told beside the report") {
  const Outcome outcome = run_with("ring_beside_loader_variables.g++-O2", {});
  INFO(outcome.err);
  CHECK(outcome.status == 23);
  CHECK(outcome.err.starts_with("gordian: 1 cycle"));
  CHECK_FALSE(contains(outcome.err, "AT_PHDR"));  // LD_SHOW_AUXV
  CHECK_FALSE(contains(outcome.err, "calling init"));  // LD_DEBUG
}

TEST_CASE("the tool finds its libraries where the program found its own, not where it says that others do") {
  ScratchDirectory scratch;
  const auto others = scratch / "others";
  std::filesystem::create_directory(others);
  std::ofstream(others / "libc.so.6") << "none";
  const std::string nowhere = (scratch / "none").string();
  for (const auto& [program, status] : {std::pair("ring_beside_loader_variables.g++-O2", 23), {"owned_beside_loader_variables.g++-O2", 0}}) {
    const Outcome outcome =
        run_with(program, {{"LIBRARIES_OF_OTHERS", others.string()}, {"LD_LIBRARY_PATH", nowhere}});
    INFO(outcome.err);
    CHECK(outcome.status == status);
  }
  write_tool(scratch / "tool", "env >&2\nexit 1");
  const Outcome outcome = run_with("ring_beside_loader_variables.g++-O2",
                                   {{"GORDIAN_OPTIONS", "tool=" + (scratch / "tool").string()},
                                    {"LIBRARIES_OF_OTHERS", others.string()},
                                    {"LD_LIBRARY_PATH", nowhere}});
  CHECK(contains(outcome.err, "LD_LIBRARY_PATH=" + nowhere + "\n"));
  CHECK_FALSE(contains(outcome.err, "LD_LIBRARY_PATH=" + others.string()));
}

TEST_CASE("a library path that the program removes is none of the tool's") {
  ScratchDirectory scratch;
  std::ofstream(scratch / "libdw.so.1") << "none";  // the tool's, and not the program's
  const std::string own = std::filesystem::path(scratch / "libdw.so.1").parent_path().string();
  for (const auto& [program, status] : {std::pair("ring_beside_loader_variables.g++-O2", 23), {"owned_beside_loader_variables.g++-O2", 0}}) {
    const Outcome outcome = run_with(program, {{"LIBRARIES_OF_ITS_OWN", "1"}, {"LD_LIBRARY_PATH", own}});
    INFO(outcome.err);
    CHECK(outcome.status == status);
  }
}

TEST_CASE("a malloc that is preloaded in front of gordian is told") {
  const std::string other = program_path("own_malloc.so");
  for (const char* program : {"ring", "chain"}) {
    const Outcome outcome = run_with(program, {{"LD_PRELOAD", other}});
    CHECK(outcome.status == 24);
    CHECK(contains(outcome.err, "own_malloc.so"));
  }
}

TEST_CASE("a program whose library alone is linked with gordian, or opens it, is told what to do") {
  const Outcome through_library = run_with("ring.behind-libc", {});
  check_told_of_libc(through_library);
  CHECK(through_library.out == "alive alive alive\n");
  Command command;
  command.arguments = {program_path("behind_libc.bare"), GORDIAN_RUNTIME};
  check_told_of_libc(run(command));
}

TEST_CASE("a static program with the shim runs as without gordian") {
  for (const char* program : {"ring.shim-static", "ring.shim-static-pie"}) {
    const Outcome outcome = run_with(program, {});
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "alive alive alive\n");
    CHECK(outcome.err.empty());
  }
}
