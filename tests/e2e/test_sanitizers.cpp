// test_sanitizers.cpp - programs that were built with a sanitizer: what gordian finds there, and what it
// refuses.
//
// docs/other-checkers.md has the table. More of AddressSanitizer's programs are tests of their own:
// e2e.<program>.asan-<compiler>.
#include <algorithm>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

constexpr const char* kCompilers[] = {"g++", "clang++"};

Outcome run_with(const std::string& program, const std::string& asan_options) {
  Command command;
  command.arguments = {program_path(program)};
  command.environment = {{"ASAN_OPTIONS", asan_options}};
  return run(command);
}

void check_refused(const std::string& program, const std::string& named) {
  INFO(program);
  const Outcome outcome = run_with(program, "");
  INFO(outcome.err);
  CHECK(outcome.status == 24);
  CHECK(contains(outcome.out, "a"));  // the program's own line
  CHECK(is_one_line(outcome.err));
  CHECK(contains(outcome.err, named));
}

}  // namespace

TEST_CASE(
    "beside AddressSanitizer and UndefinedBehaviorSanitizer a cycle is found with the id it has without") {
  const std::string plain = run_program("ring", "").err;
  const std::string id = plain.substr(plain.find("\ncycle "), 15);
  REQUIRE(id.size() == 15);
  for (const std::string compiler : kCompilers) {
    for (const std::string sanitizer : {"asan-", "undefined-", "asan-undefined-", "asan-static-"}) {
      if (sanitizer == "asan-static-" && compiler != "g++") continue;  // clang's is
      INFO(sanitizer << compiler);
      const Outcome found = run_with("ring." + sanitizer + compiler, "detect_leaks=0");
      INFO(found.err);
      CHECK(found.status == 23);
      CHECK(found.out == "alive alive alive\n");
      CHECK(contains(found.err, id));
      const Outcome clean = run_with("chain." + sanitizer + compiler, "");
      INFO(clean.err);
      CHECK(clean.status == 0);
      CHECK(clean.out == "dead dead dead\n");
      CHECK(clean.err.empty());
    }
  }
}

TEST_CASE("a cycle that LeakSanitizer sees, too, is told by both, once", "[lsan]") {
  for (const std::string compiler : kCompilers) {
    INFO(compiler);
    const Outcome outcome = run_with("self_loop.asan-" + compiler, "detect_leaks=1");
    INFO(outcome.err);
    CHECK(count_of(outcome.err, "gordian: 1 cycle keeps") == 1);
    CHECK(count_of(outcome.err, "LeakSanitizer: detected memory leaks") == 1);
    CHECK(outcome.status != 0);
  }
}

TEST_CASE("where AddressSanitizer ends a program for an error nothing is checked") {
  for (const std::string compiler : kCompilers) {
    INFO(compiler);
    const Outcome outcome = run_with("use_after_free.asan-" + compiler, "");
    INFO(outcome.err);
    CHECK(outcome.status == 1);
    CHECK(contains(outcome.err, "heap-use-after-free"));
    CHECK_FALSE(contains(outcome.err, "gordian:"));
  }
}

TEST_CASE("where UndefinedBehaviorSanitizer ends a program for an error nothing is checked") {
  for (const std::string compiler : kCompilers) {
    for (const std::string where : {"main", "destructor", "never"}) {
      INFO(compiler << " " << where);
      Command command;
      command.arguments = {program_path("fatal_undefined.asan-undefined-" + compiler), where};
      command.environment = {{"ASAN_OPTIONS", "detect_leaks=0"}};
      const Outcome outcome = run(command);
      const bool ended = where != "never";
      INFO(outcome.err);
      CHECK(outcome.status == (ended ? 1 : 23));
      CHECK(contains(outcome.err, "runtime error: signed integer overflow") == ended);
      CHECK(contains(outcome.err, "gordian:") != ended);
    }
  }
}

TEST_CASE("what locals in fake frames own is owned, and what a frame that is gone held is not") {
  for (const std::string compiler : {"asan-g++", "asan-clang++", "asan-always-clang++"}) {
    for (const std::string fake : {"0", "1"}) {
      INFO(compiler << " detect_stack_use_after_return=" << fake);
      const std::string options = "detect_leaks=0:detect_stack_use_after_return=" + fake;
      const Outcome owned = run_with("fake_frames." + compiler, options);
      CHECK(owned.status == 0);
      CHECK(owned.err.empty());
      const Outcome left = run_with("fake_frames_left." + compiler, options);
      CHECK(left.status == 23);
      CHECK(contains(left.err, "gordian: 1 cycle keeps 2 objects"));
    }
  }
}

TEST_CASE("what threads owned that fork() left behind is owned beside AddressSanitizer, too") {
  const Outcome outcome = run_with("owned_by_thread_of_parent.asan-g++", "detect_leaks=0");
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "child 0\n");
  CHECK(outcome.err.empty());
}

TEST_CASE("a sanitizer that does not tell of every block is refused by name") {
  for (const std::string compiler : kCompilers) {
    check_refused("ring.thread-" + compiler, "ThreadSanitizer (-fsanitize=thread)");
    check_refused("chain.thread-" + compiler, "ThreadSanitizer (-fsanitize=thread)");
    check_refused("ring.leak-" + compiler, "LeakSanitizer (-fsanitize=leak)");
    check_refused("chain.leak-" + compiler, "LeakSanitizer (-fsanitize=leak)");
  }
  check_refused("ring.thread-static-g++", "ThreadSanitizer (-fsanitize=thread)");
  check_refused("ring.memory-clang++", "MemorySanitizer (-fsanitize=memory)");
  check_refused("chain.memory-clang++", "MemorySanitizer (-fsanitize=memory)");
}

TEST_CASE("gordian run checks a program that AddressSanitizer is a part of") {
  const std::string bare = program_path("chain.bare-address-clang++");
  CHECK(run_tool({"run", "--", bare}).status == 0);
  CHECK(run_tool({"run", "--", bare}).err.empty());
  const Outcome found = run_tool({"run", "--", program_path("ring.bare-address-clang++")});
  INFO(found.err);
  CHECK(found.status == 23);
  CHECK(contains(found.err, "gordian: 1 cycle keeps 3 objects"));
}

TEST_CASE("gordian run checks a program that UndefinedBehaviorSanitizer was compiled into") {
  for (const std::string compiler : kCompilers) {
    INFO(compiler);
    CHECK(run_tool({"run", "--", program_path("chain.bare-undefined-" + compiler)}).status == 0);
    CHECK(run_tool({"run", "--", program_path("ring.bare-undefined-" + compiler)}).status == 23);
  }
}
