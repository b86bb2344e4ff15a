// test_allocators.cpp - every function of every allocator does beside gordian what it does without, and what
// it hands out is known.
#include <cstdio>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

using Environment = std::map<std::string, std::string>;

// Those that this machine has.
const std::vector<std::string>& allocators() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> found;
    for (const char* library : {GORDIAN_JEMALLOC, GORDIAN_TCMALLOC, GORDIAN_MIMALLOC}) {
      if (std::filesystem::exists(library)) found.emplace_back(library);
    }
    if (found.empty()) WARN("left out: no allocator to test with is installed");
    return found;
  }();
  return all;
}

Outcome run_in(std::vector<std::string> arguments, const Environment& environment) {
  Command command;
  command.arguments = std::move(arguments);
  command.environment = environment;
  return run(command);
}

// In a shell, after `limit`.
std::vector<std::string> limited(const std::string& limit, std::vector<std::string> arguments) {
  if (limit.empty()) return arguments;
  std::vector<std::string> all = {"/bin/sh", "-c", limit + " && exec \"$@\"", "sh"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

// The programs, by the name of their source, give the same output and status plain, linked and under `gordian
// run`.
void check_same(const std::string& limit, const Environment& environment) {
  const Outcome plain = run_in(limited(limit, {program_path("every_function.bare")}), environment);
  REQUIRE(plain.status == 0);
  REQUIRE(plain.out.size() > 10000);
  const Outcome linked = run_in(limited(limit, {program_path("every_function")}), environment);
  CHECK(linked.out == plain.out);
  CHECK(linked.err == plain.err);
  CHECK(linked.status == 0);
  const Outcome under =
      run_in(limited(limit, {GORDIAN_TOOL, "run", "--", program_path("every_function.bare")}), environment);
  CHECK(under.out == plain.out);
  CHECK(under.err == plain.err);
  CHECK(under.status == 0);
}

// How many of the 16 rings a report tells of.
int lost_rings(const std::string& err) {
  int rings = 0;
  if (std::sscanf(err.c_str(), "gordian: %d cycles keep", &rings) != 1) return 0;
  return rings;
}

// Each ring is owned by a block of another function, and lost without it.
void check_forms(std::vector<std::string> program, const Environment& environment) {
  const Outcome owned = run_in(program, environment);
  INFO(owned.err);
  CHECK(owned.status == 0);
  CHECK(owned.out == "done\n");
  CHECK(owned.err.empty());
  program.emplace_back("lost");
  const Outcome lost = run_in(program, environment);
  INFO(lost.err);
  CHECK(lost.status == 23);
  CHECK(lost_rings(lost.err) >= 15);  // a word of the last that was made may be left on the stack
}

}  // namespace

TEST_CASE("each allocation function gives the results and errno that it gives without gordian",
          "[undisturbed]") {
  check_same("", {});
  check_same("", {{"MALLOC_PERTURB_", "165"}});
  check_same("", {{"GLIBC_TUNABLES", "glibc.malloc.tcache_count=0:glibc.malloc.mmap_threshold=4096"}});
  check_same("", {{"GLIBC_TUNABLES", "glibc.malloc.arena_max=1:glibc.malloc.perturb=90"}});
  if (is_emulated()) return;  // it would take the limits for its own
  check_same("ulimit -v 1500000", {});
  check_same("ulimit -v 4000000", {});
}

TEST_CASE("where memory is exhausted each allocation function fails as it does without gordian", "[undisturbed]") {
  if (is_emulated()) return;
  for (const std::string limit : {"ulimit -v 1500000", "ulimit -v 4000000"}) {
    INFO(limit);
    const Outcome plain = run_in(limited(limit, {program_path("every_function.bare"), "limited"}), {});
    REQUIRE(plain.status == 0);
    CHECK(contains(plain.out, "malloc(5368709120, 0): null errno 12\n"));
    CHECK(contains(plain.out, "new: bad_alloc, the handler was called 3 times, errno 12\n"));
    CHECK(contains(plain.out, "malloc until the end: many, errno 12\n"));
    for (const std::vector<std::string>& program :
         {std::vector<std::string>{program_path("every_function"), "limited"},
          {GORDIAN_TOOL, "run", "--", program_path("every_function.bare"), "limited"}}) {
      const Outcome with = run_in(limited(limit, program), {});
      INFO(with.err);
      CHECK(with.out == plain.out);
      const bool has_tables = with.err.empty();  // the program may take what they would need to grow
      CHECK(with.status == (has_tables ? 0 : 24));
      CHECK((has_tables || with.err.rfind("gordian: memory for gordian's tables ran out", 0) == 0));
    }
  }
}

TEST_CASE("the blocks of each function and each form of new own what they lead to") {
  const std::string bare = program_path("owned_by_forms.bare");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{program_path("owned_by_forms")}, {GORDIAN_TOOL, "run", "--", bare}}) {
    check_forms(words, {});
  }
}

TEST_CASE("where another library brings the allocator, a leak in it is found, and what it owns is owned") {
  for (const std::string& library : allocators()) {
    INFO(library);
    const Environment environment = {{"LD_PRELOAD", library}};
    const Outcome found = run_in({GORDIAN_TOOL, "run", "--", program_path("ring.bare")}, environment);
    INFO(found.err);
    CHECK(found.status == 23);
    CHECK(found.out == "alive alive alive\n");
    CHECK(contains(found.err, "gordian: 1 cycle keeps 3 objects"));
    const Outcome clean = run_in({GORDIAN_TOOL, "run", "--", program_path("chain.bare")}, environment);
    CHECK(clean.status == 0);
    CHECK(clean.out == "dead dead dead\n");
    CHECK(clean.err.empty());

    check_forms({GORDIAN_TOOL, "run", "--", program_path("owned_by_forms.bare")}, environment);
  }
}

TEST_CASE("a program linked in front of its allocator is checked, and one linked behind it says what to do") {
  for (const std::string& library : allocators()) {
    INFO(library);
    const Environment in_front = {{"LD_PRELOAD", std::string(GORDIAN_RUNTIME) + ":" + library}};
    const Outcome found = run_in({program_path("ring")}, in_front);
    INFO(found.err);
    CHECK(found.status == 23);
    CHECK(contains(found.err, "gordian: 1 cycle keeps 3 objects"));
    check_forms({program_path("owned_by_forms")}, in_front);

    const Outcome behind = run_in({program_path("ring")}, {{"LD_PRELOAD", library}});
    CHECK(behind.status == 24);
    CHECK(behind.out == "alive alive alive\n");
    CHECK(contains(behind.err, library.substr(library.rfind('/'))));
    CHECK(contains(behind.err, "link gordian in front of it"));
  }
}

TEST_CASE("an allocator does beside gordian what it does without", "[undisturbed]") {
  auto all = allocators();
  if (std::filesystem::exists(GORDIAN_TBBMALLOC)) all.emplace_back(GORDIAN_TBBMALLOC);
  for (const std::string& library : all) {
    INFO(library);
    const Environment environment = {{"LD_PRELOAD", library}};
    const Outcome plain = run_in({program_path("every_function.bare"), "portable"}, environment);
    const Outcome under =
        run_in({GORDIAN_TOOL, "run", "--", program_path("every_function.bare"), "portable"}, environment);
    INFO(under.err);
    CHECK(plain.status == 0);
    CHECK(under.status == 0);
    CHECK(under.out == plain.out);
  }
}

TEST_CASE("a program that needs its allocator's library is watched, unmodified or linked in front of it") {
  for (const std::string allocator : {"jemalloc", "tcmalloc", "mimalloc"}) {
    if (!std::filesystem::exists(program_path("ring.bare-" + allocator))) continue;
    INFO(allocator);
    for (const Outcome& needs : {run_tool({"run", "--", program_path("ring.bare-" + allocator)}), run_program("ring." + allocator, "")}) {
      INFO(needs.err);
      CHECK(needs.status == 23);
      CHECK(contains(needs.err, "gordian: 1 cycle keeps 3 objects"));
    }
    check_forms({GORDIAN_TOOL, "run", "--", program_path("owned_by_forms.bare-" + allocator)}, {});
    check_forms({program_path("owned_by_forms." + allocator)}, {});
  }
}

TEST_CASE("a program that calls its allocator past malloc() is not watched, and says so") {
  if (!std::filesystem::exists(GORDIAN_JEMALLOC)) return;
  const Outcome past = run_tool({"run", "--", program_path("past_malloc.bare")});
  CHECK(past.status == 2);
  CHECK(past.out.empty());
  CHECK(contains(past.err, "calls its allocator by mallocx(), past malloc()"));
}

TEST_CASE("a program whose operator new takes its memory elsewhere is told so") {
  if (is_emulated()) return;  // by one that has no process_vm_readv()
  const Outcome outcome = run_program("ring_past_malloc.g++-O1", "");
  CHECK(outcome.status == 24);
  CHECK(outcome.out == "alive\n");
  CHECK(contains(outcome.err, "does not take its memory from malloc(): 2 objects lie elsewhere"));
}

TEST_CASE("a program that its allocator is a part of is not watched, says so, and does what it does without gordian",
          "[undisturbed]") {
  for (const std::string allocator : {"jemalloc", "tcmalloc"}) {
    if (!std::filesystem::exists(program_path("ring." + allocator + "-inside"))) continue;
    INFO(allocator);
    const Outcome linked = run_program("ring." + allocator + "-inside", "");
    CHECK(linked.status == 24);
    CHECK(linked.out == "alive alive alive\n");
    CHECK(contains(linked.err, "an allocator of the program's own"));
    const Outcome under = run_tool({"run", "--", program_path("ring.bare-" + allocator + "-inside")});
    CHECK(under.status == 2);
    CHECK(contains(under.err, "defines malloc itself"));

    // Neither has a reallocarray() of its own, which in libc calls their realloc().
    const std::string bare = program_path("every_function.bare-" + allocator + "-inside");
    const Outcome plain = run_in({bare, "portable"}, {});
    CHECK(plain.status == 0);
    const Outcome preloaded = run_in({bare, "portable"}, {{"LD_PRELOAD", GORDIAN_RUNTIME}});
    CHECK(preloaded.status == 24);
    CHECK(preloaded.out == plain.out);
    const Outcome beside = run_in({program_path("every_function." + allocator + "-inside"), "portable"}, {});
    CHECK(beside.status == 24);
    CHECK(beside.out == plain.out);
  }
}

TEST_CASE("a malloc that a needed library or a preloaded one has is handed on to") {
  ScratchDirectory scratch;
  const auto library = scratch / "other.so";
  std::filesystem::create_symlink(program_path("own_malloc.so"), library);
  const Environment environment = {{"LD_PRELOAD", library.string()}, {"TELL_OF_MALLOC", "1"}};
  const Outcome ring = run_in({GORDIAN_TOOL, "run", "--", program_path("ring.bare")}, environment);
  CHECK(ring.status == 23);
  CHECK(contains(ring.err, "own malloc was called"));
  const Outcome chain = run_in({GORDIAN_TOOL, "run", "--", program_path("chain.bare")}, environment);
  CHECK(chain.status == 0);
  CHECK(chain.err == "own malloc was called\n");
  CHECK(run_tool({"run", "--", program_path("chain.bare-allocator")}).status == 0);
}

TEST_CASE("a check waits for no allocator whose lock a thread has") {
  for (const std::vector<std::string>& program : {std::vector<std::string>{program_path("held_malloc")},
                                                  {GORDIAN_TOOL, "run", "--", program_path("held_malloc.bare")}}) {
    const Outcome lost = run_in(program, {});
    INFO(lost.err);
    CHECK(lost.status == 23);
    CHECK(lost.out == "held\n");
    CHECK(contains(lost.err, "gordian: 1 cycle keeps 2 objects"));
    CHECK_FALSE(contains(lost.err, "Owned"));
    std::vector<std::string> with_argument = program;
    with_argument.emplace_back("owned");
    const Outcome owned = run_in(with_argument, {});
    INFO(owned.err);
    CHECK(owned.status == 0);
    CHECK(owned.out == "held\n");
    CHECK(owned.err.empty());
  }
}

TEST_CASE("a fork() waits for no allocator that waits for gordian") {
  if (!std::filesystem::exists(program_path("fork_beside_allocator.bare"))) return;  // for another machine
  const Outcome behind = run_tool({"run", "--", program_path("fork_beside_allocator.bare")});
  INFO(behind.err);
  CHECK(behind.status == 0);
  CHECK(behind.out == "forked 0\n");
  const Outcome in_front = run_in({program_path("fork_beside_allocator")}, {});
  INFO(in_front.err);
  CHECK(in_front.status == 24);
  CHECK(in_front.out == "forked 0\n");
  CHECK(contains(in_front.err, "fork_beside_allocator.so, which comes before gordian"));
}

TEST_CASE("in a plugin that brings the C++ library a failing new throws as without gordian") {
  const std::vector<std::string> program = {program_path("plugin.bare"), program_path("plugin.so")};
  const Outcome plain = run_in(program, {});
  REQUIRE(plain.status == 0);
  const Outcome under = run_tool({"run", "--", program[0], program[1]});
  INFO(under.err);
  CHECK(under.status == 0);
  CHECK(under.out == plain.out);
}

TEST_CASE("operator new of a library is called as without gordian, and what it makes is known") {
  const Outcome plain = run_in({program_path("library_new.bare")}, {});
  REQUIRE(plain.out == "4\n");
  const Outcome under = run_tool({"run", "--", program_path("library_new.bare")});
  INFO(under.err);
  CHECK(under.out == plain.out);
  CHECK(under.status == 23);
  CHECK(contains(under.err, "gordian: 1 cycle keeps 1 object"));
}
