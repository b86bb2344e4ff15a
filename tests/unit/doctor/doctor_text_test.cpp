// doctor_text_test.cpp - doctor/doctor_text.h.
#include "doctor/doctor_text.h"

#include "catch.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;
using Catch::Matchers::StartsWith;

namespace {

std::string text_of(const std::vector<ModuleFacts>& modules, const Circumstances& circumstances = {}) {
  return doctor_text(modules, diagnose(modules, circumstances), Paint());
}

}  // namespace

TEST_CASE("a diagnosis is a verdict, a summary, a table, what limits and what to know") {
  auto modules = linked_process();
  modules.front().debug.with_shim = {"a.cpp"};
  modules.front().debug.shared_without_shim = {"b.cpp"};
  modules.push_back(own_library("libcore.so"));
  modules.back().debug.separate_file = "/home/user/libcore.debug";
  CHECK(text_of(modules) == R"(gordian: ./program can be checked; 1 thing limits what is found

  linked       with /usr/lib/libgordian.so.0: checked whenever it ends
  gordian run  works
  C++ library  libstdc++.so.6

  module      debug info      RTTI  shim          unwind tables
  ./program   full            yes   1 of 2 files  yes
  libcore.so  full, separate  yes   none          yes
  and nothing is needed in libgordian.so.0, libstdc++.so.6, libc.so.6

  1. in ./program, 1 of 2 source files that use shared_ptr was compiled without the shim: b.cpp. Of objects made there, no allocation stack is recorded.
     to do: compile them with -include gordian/shim.hpp (CMake: link gordian::runtime to their target), or run with GORDIAN_OPTIONS=block_stacks=1

  note: Smart pointers that gordian knows, in the debug info: std::shared_ptr.
)");
}

TEST_CASE("the first line is the verdict") {
  const auto first = [](const std::string& text) { return text.substr(0, text.find('\n')); };
  CHECK(first(text_of(plain_process())) == "gordian: ./program can be checked");
  CHECK(first(text_of(plain_process(), {"it is a wall", ""})) == "gordian: ./program cannot be checked");
  CHECK_THAT(first(text_of({own_library("libown.so"), libc()})),
             StartsWith("gordian: libown.so is a library"));
}

TEST_CASE("what cannot be told is not claimed in the table") {
  auto modules = plain_process();
  ModuleFacts& program = modules.front();
  program.debug = {};
  program.symbols = {};
  CHECK_THAT(text_of(modules), ContainsSubstring("./program  none        not known  none  yes"));
  program.file.imported.insert("_ZTVN10__cxxabiv120__si_class_type_infoE");
  program.file.imported.insert("gordian_shim_started");
  CHECK_THAT(text_of(modules), ContainsSubstring("./program  none        yes   in some files  yes"));
  program.symbols.virtual_tables = 2;
  program.symbols.tables_without_rtti = 2;
  CHECK_THAT(text_of(modules), ContainsSubstring("./program  none        no    in some files  yes"));
}

TEST_CASE("C libraries of the system are folded into one line, the user's are not") {
  auto modules = plain_process();
  ModuleFacts of_c = own_library("libz.so.1");
  of_c.file.needed = {"libc.so.6"};
  modules.push_back(of_c);
  CHECK_THAT(text_of(modules), ContainsSubstring("\n  libz.so.1  full"));
  modules.back().of_system = true;
  CHECK_THAT(text_of(modules),
             ContainsSubstring("nothing is needed in libstdc++.so.6, libc.so.6, libz.so.1"));
}

TEST_CASE("a foreign name does not break the table or the terminal") {
  auto modules = plain_process();
  modules.push_back(own_library("lib\x1b]0;evil\a\n.so"));
  CHECK_THAT(text_of(modules), ContainsSubstring("lib\\x1b]0;evil") && !ContainsSubstring("\x1b"));
}

TEST_CASE("on a terminal lines are as wide as that is") {
  const auto modules = linked_process();
  Terminal terminal;
  terminal.width = 60;
  const std::string text = doctor_text(modules, diagnose(modules, {}), Paint(terminal));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    CHECK(end - at <= 60);
    at = end + 1;
  }
}
