// command_line_test.cpp - help, versions, and arguments that make no sense.
#include "commands/command_line.h"

#include <spdlog/spdlog.h>

#include <iostream>
#include <sstream>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "catch.h"

using namespace gordian;

namespace {

struct Run {
  int status;
  std::string out;
};

// No message while it lives.
struct Silence {
  Silence() { spdlog::set_level(spdlog::level::off); }
  ~Silence() { spdlog::set_level(spdlog::level::info); }
};

Run run(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "gordian");
  std::ostringstream out;
  auto* const before = std::cout.rdbuf(out.rdbuf());
  Run result{-1, ""};
  try {
    result.status = run_command_line(static_cast<int>(arguments.size()), arguments.data());
  } catch (...) {
    std::cout.rdbuf(before);
    throw;
  }
  std::cout.rdbuf(before);
  result.out = out.str();
  return result;
}

}  // namespace

TEST_CASE("--help lists the commands and what the exit status says") {
  const Run help = run({"--help"});
  CHECK(help.status == 0);
  CHECK_THAT(help.out, ContainsSubstring("only reference cycles keep alive") && ContainsSubstring("report") &&
                           ContainsSubstring("Exit status: 0 nothing that fails"));
}

TEST_CASE("report --help describes every option") {
  const Run help = run({"report", "--help"});
  CHECK(help.status == 0);
  for (const char* option :
       {"SNAPSHOT", "--text PATH", "--json PATH", "--sarif PATH", "--junit PATH", "--markdown PATH",
        "--github PATH", "--html PATH", "--fail-on", "--quiet-when-clean", "--verbosity", "NO_COLOR",
        "GITHUB_STEP_SUMMARY", "Exit status"}) {
    CHECK_THAT(help.out, ContainsSubstring(option));
  }
}

TEST_CASE("diff --help describes every option") {
  const Run help = run({"diff", "--help"});
  CHECK(help.status == 0);
  for (const char* option : {"OLD", "NEW", "--text PATH", "--json PATH", "--fail-on", "--families",
                             "standard input", "Exit status"}) {
    CHECK_THAT(help.out, ContainsSubstring(option));
  }
}

TEST_CASE("merge --help describes every option") {
  const Run help = run({"merge", "--help"});
  CHECK(help.status == 0);
  for (const char* option : {"FILES", "@LIST", "standard input", "--text PATH", "-o,--json PATH", "--fail-on",
                             "--families", "Exit status"}) {
    CHECK_THAT(help.out, ContainsSubstring(option));
  }
}

TEST_CASE("run --help describes every option of the runtime but its help") {
  const Run help = run({"run", "--help"});
  CHECK(help.status == 0);
#define GORDIAN_NUMBER(name, standard, low, high, text) CHECK_THAT(help.out, ContainsSubstring(text));
#define GORDIAN_CHOICE(name, standard, choices, text) CHECK_THAT(help.out, ContainsSubstring(text));
#define GORDIAN_PATH(name, text) CHECK_THAT(help.out, ContainsSubstring(text));
#define GORDIAN_FLAG(name, standard, text) \
  if (std::string_view(#name) != "help") CHECK_THAT(help.out, ContainsSubstring(text));
#include "runtime/options.inc"
#undef GORDIAN_NUMBER
#undef GORDIAN_CHOICE
#undef GORDIAN_PATH
#undef GORDIAN_FLAG
  for (const char* word : {"[--] PROGRAM [ARGS]", "--follow", "--error-exitcode", "Exit status", "127"}) {
    CHECK_THAT(help.out, ContainsSubstring(word));
  }
}

TEST_CASE("what stands before PROGRAM is gordian's, and must make sense") {
  CHECK_THROWS_WITH(run({"run"}), ContainsSubstring("PROGRAM is required"));
  CHECK_THROWS_WITH(run({"run", "--"}), ContainsSubstring("PROGRAM is required"));
  CHECK_THROWS_WITH(run({"run", "--abort", "--"}), ContainsSubstring("PROGRAM is required"));
  CHECK_THROWS_WITH(run({"run", "--typo", "x"}), ContainsSubstring("unknown option --typo"));
  CHECK_THROWS_WITH(run({"run", "--json"}), ContainsSubstring("--json"));
  CHECK_THROWS_WITH(run({"run", "--depth", "0", "x"}), ContainsSubstring("'0' is no whole number"));
  CHECK_THROWS_WITH(run({"run", "--exitcode", "5", "--typo"}), ContainsSubstring("unknown option --typo"));
}

TEST_CASE("a word that is a command of gordian's may be a program's name") {
  const Silence silence;
  CHECK(run({"run", "/nonexistent/report"}).status == 127);
  CHECK(run({"run", "--", "report", "--typo"}).status == 127);
  CHECK(run({"run", "--depth", "5", "--", "run", "--", "--typo"}).status == 127);
}

TEST_CASE("--version is a line with the program's name, then what a bug report needs") {
  const Run version = run({"--version"});
  CHECK(version.status == 0);
  CHECK_THAT(version.out, Catch::Matchers::StartsWith("gordian " GORDIAN_VERSION "\n") &&
                              Catch::Matchers::EndsWith("\n") && !ContainsSubstring("\n\n"));
  for (const char* line : {"\nsnapshot format: ", "\nruntime: libgordian.so.0\n",
                           "\nmachine: ", "\ncompiler: ", "\nlibdw: 0."}) {
    CHECK_THAT(version.out, ContainsSubstring(line));
  }
}

TEST_CASE("help that cannot be printed is an error") {
  CHECK_THROWS_AS(
      [] {
        std::cout.setstate(std::ios::badbit);
        struct Restore {
          ~Restore() { std::cout.clear(); }
        } restore;
        run_command_line(2, std::vector<const char*>{"gordian", "--help"}.data());
      }(),
      Error);
}

TEST_CASE("arguments that make no sense are errors that name them") {
  CHECK_THROWS_AS(run({}), Error);
  CHECK_THROWS_WITH(run({"frobnicate"}),
                    ContainsSubstring("frobnicate") && ContainsSubstring("gordian --help"));
  CHECK_THROWS_WITH(run({"report"}), ContainsSubstring("SNAPSHOT is required"));
  CHECK_THROWS_WITH(run({"report", "x", "--colour"}), ContainsSubstring("--colour"));
  CHECK_THROWS_WITH(run({"report", "x", "--fail-on", "leaks"}), ContainsSubstring("leaks not in"));
  CHECK_THROWS_WITH(run({"report", "x", "--verbosity", "much"}), ContainsSubstring("much"));
  CHECK_THROWS_WITH(run({"report", "x", "--json"}), ContainsSubstring("--json"));
}

TEST_CASE("an option whose value is left empty does not take the next word for it") {
  CHECK_THROWS_WITH(run({"run", "--families=", "x"}), "--families= needs a value: --families=PATH");
  CHECK_THROWS_WITH(run({"run", "--abort", "--depth=", "--", "x"}), "--depth= needs a value: --depth=N");
  CHECK_THROWS_WITH(run({"report", "--families=", "x"}), "--families= needs a value: --families=PATH");
  CHECK_THROWS_WITH(run({"report", "x", "--json="}), "--json= needs a value: --json=PATH");
  CHECK_THROWS_WITH(run({"report", "--families", "", "x"}), ContainsSubstring("--families: name a file"));
}

TEST_CASE("what looks like an empty option is left alone where it is a value or the program's") {
  CHECK_THROWS_WITH(run({"report", "--families", "--json=", "/nonexistent"}),
                    !ContainsSubstring("needs a value"));
  CHECK_THROWS_WITH(run({"report", "--typo="}), ContainsSubstring("--typo"));
  const Silence silence;
  CHECK(run({"run", "--", "/nonexistent/a", "--json="}).status == 127);
  CHECK(run({"run", "/nonexistent/a", "--json="}).status == 127);
}
