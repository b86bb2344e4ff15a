// module_limits_test.cpp - doctor/module_limits.h.
#include "doctor/module_limits.h"

#include "catch.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;
using Catch::Matchers::StartsWith;

namespace {

constexpr ProcessFacts kPlain{false, false, false, true};
constexpr ProcessFacts kLinked{true, true, false, true};

std::string said(const ModuleFacts& module, const ProcessFacts& process = kPlain) {
  Diagnosis diagnosis;
  add_module_limits(module, process, diagnosis);
  return words_of(diagnosis);
}

}  // namespace

TEST_CASE("of a healthy module nothing is said") {
  CHECK(said(healthy_program(), kPlain).empty());
  CHECK(said(healthy_program(), kLinked).empty());
}

TEST_CASE("no debug info is told with a remedy that fits") {
  ModuleFacts module = healthy_program();
  module.debug = {};
  CHECK_THAT(said(module),
             ContainsSubstring("has no debug info") && ContainsSubstring("compile and link it with -g"));
  CHECK_THAT(said(module, kPlain), ContainsSubstring("weak_ptr in a global"));
  CHECK_THAT(said(module, kLinked), !ContainsSubstring("weak_ptr in a global"));
  module.debug.missing_file = "program.debug";
  CHECK_THAT(said(module), ContainsSubstring("put its file program.debug beside it"));
  module.of_system = true;
  CHECK_THAT(said(module), ContainsSubstring("PKG-dbgsym"));
}

TEST_CASE("a module of C needs no debug info") {
  ModuleFacts module = healthy_program();
  module.debug = {};
  module.file.needed = {"libc.so.6"};
  CHECK(said(module).empty());
}

TEST_CASE("source files with lines only are counted and named") {
  ModuleFacts module = healthy_program();
  module.debug.lines_only = {"b.cpp"};
  CHECK_THAT(said(module),
             ContainsSubstring("1 of 2 source files was compiled with lines only (-g1): b.cpp."));
  module.debug.lines_only = {"a.cpp", "b.cpp"};
  CHECK_THAT(said(module), ContainsSubstring("2 of 2 source files were compiled"));
}

TEST_CASE("source files that symbols name and debug info does not are told") {
  ModuleFacts module = healthy_program();
  module.debug.units = {"/src/a.cpp", "../b.cpp"};
  CHECK(said(module).empty());
  module.symbols.files.emplace_back("c.cpp");
  CHECK_THAT(said(module), ContainsSubstring("1 of 3 source files was compiled without debug info: c.cpp"));
  SECTION("but not the C++ library's") {
    module.symbols.cxx_runtime_inside = true;
    CHECK(said(module).empty());
  }
  SECTION("nor where the units of some are in files that are gone") {
    module.debug.without_dwo = {"c.dwo"};
    CHECK_THAT(said(module),
               ContainsSubstring("1 .dwo file cannot be read") && !ContainsSubstring("without debug info"));
  }
}

TEST_CASE("a file without the shim matters in a linked program with libstdc++ where others have it") {
  ModuleFacts module = healthy_program();
  module.debug.with_shim = {"a.cpp"};
  module.debug.shared_without_shim = {"b.cpp"};
  CHECK_THAT(
      said(module, kLinked),
      ContainsSubstring("1 of 2 source files that use shared_ptr was compiled without the shim: b.cpp"));
  CHECK(said(module, kPlain).empty());
  CHECK(said(module, {true, false, false, true}).empty());
  CHECK(said(module, {true, true, true, true}).empty());
}

TEST_CASE("without debug info it is not claimed that a file needs the shim") {
  ModuleFacts module = healthy_program();
  module.debug = {};
  module.file.needed = {"libc.so.6"};
  module.symbols.files_with_shim = {"a.cpp"};
  CHECK_THAT(said(module, kLinked),
             ContainsSubstring("note: in ./program, 1 of 2 source files was compiled with the shim"));
  module.symbols.files_with_shim = {"a.cpp", "b.cpp"};
  CHECK(said(module, kLinked).empty());
}

TEST_CASE("control blocks without RTTI are told, unless the shim announces each") {
  ModuleFacts module = healthy_program();
  module.symbols.tables_without_rtti = 1;
  CHECK(said(module).empty());
  module.symbols.controls_without_rtti = 1;
  CHECK_THAT(said(module), ContainsSubstring("without RTTI"));
  CHECK_THAT(said(module, kLinked), ContainsSubstring("without RTTI"));
  module.debug.with_shim = {"a.cpp", "b.cpp"};
  CHECK(said(module, kLinked).empty());
  CHECK_THAT(said(module, kPlain), ContainsSubstring("without RTTI"));
  module.debug.shared_without_shim = {"c.cpp"};
  CHECK_THAT(said(module, kLinked), ContainsSubstring("without RTTI"));
}

TEST_CASE("functions without unwind tables are a note when they are few, a limit when many") {
  ModuleFacts module = healthy_program();
  module.symbols.without_unwinding = {"f", "g", "h", "i", "j"};
  CHECK_THAT(said(module),
             StartsWith("note: A stack ends at 5 functions") && ContainsSubstring("f, g, h, i and 1 more"));
  module.symbols.without_unwinding.emplace_back("k");
  CHECK_THAT(said(module), ContainsSubstring("6 of 100 functions have no unwind table"));
  module.file.unwind_tables = false;
  CHECK_THAT(said(module), ContainsSubstring("has no unwind tables"));
  CHECK(said(module, {false, false, false, false}).empty());
}

TEST_CASE("a module that cannot be read is told, and nothing else is claimed of it") {
  ModuleFacts module = healthy_program();
  module.unreadable = "it is broken";
  module.debug = {};
  CHECK_THAT(said(module), StartsWith("it is broken") && !ContainsSubstring("debug info"));
}

TEST_CASE("names of foreign files are harmless to a terminal") {
  CHECK(some_of({"a\x1b[31m.cpp"}) == "a\\x1b[31m.cpp");
  CHECK(some_of({}).empty());
}
