// diagnose_test.cpp - doctor/diagnose.h.
#include "doctor/diagnose.h"

#include "catch.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;

namespace {

bool says(const Diagnosis& diagnosis, const std::string& part) {
  return words_of(diagnosis).find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a healthy program needs nothing, linked or not") {
  for (const auto& modules : {plain_process(), linked_process()}) {
    const Diagnosis diagnosis = diagnose(modules, {});
    INFO(words_of(diagnosis));
    CHECK(diagnosis.is_program);
    CHECK(diagnosis.checked);
    CHECK_FALSE(diagnosis.run_only);
    CHECK(diagnosis.limits.empty());
  }
  CHECK(says(diagnose(linked_process(), {}), "checked whenever it ends"));
  CHECK(says(diagnose(plain_process(), {}), "linked: no: gordian run checks it"));
}

TEST_CASE("what gordian run refuses is not checked, linked or not") {
  for (const auto& modules : {plain_process(), linked_process()}) {
    const Diagnosis diagnosis = diagnose(modules, {"it is linked statically", ""});
    CHECK_FALSE(diagnosis.checked);
    CHECK(says(diagnosis, "refuses it: it is linked statically"));
    CHECK_FALSE(says(diagnosis, "whenever"));
  }
}

TEST_CASE("whose malloc comes first decides whether a linked program is checked") {
  auto modules = linked_process();
  ModuleFacts allocator = own_library("libown.so");
  allocator.file.exported = {"malloc", "free"};
  modules.insert(modules.begin() + 1, allocator);
  const Diagnosis before = diagnose(modules, {});
  CHECK(before.run_only);
  CHECK(says(before, "libown.so comes before libgordian.so.0"));
  std::swap(modules[1], modules[2]);
  const Diagnosis behind = diagnose(modules, {});
  CHECK_FALSE(behind.run_only);
  CHECK(behind.limits.empty());
}

TEST_CASE("a program that is linked beside AddressSanitizer is checked, beside another sanitizer not") {
  for (const auto& [library, checked] : {std::pair("libasan.so.8", true), std::pair("libtsan.so.2", false)}) {
    auto modules = linked_process();
    modules.front().file.needed.push_back(library);
    ModuleFacts sanitizer = own_library(library);
    sanitizer.file.exported = {"malloc", "free"};
    modules.insert(modules.begin() + 1, sanitizer);
    CHECK(diagnose(modules, {"it was built with a sanitizer", ""}).checked == checked);
  }
}

TEST_CASE("a library that needs the runtime for a program that does not brings it behind libc") {
  auto modules = plain_process();
  modules.push_back(runtime());
  CHECK(says(diagnose(modules, {}), "libc.so.6 comes before libgordian.so.0"));
}

TEST_CASE("the shim without the runtime is told, and neither of them alone is not") {
  auto modules = plain_process();
  modules.front().file.imported.insert("gordian_shim_started");
  CHECK(says(diagnose(modules, {}), "not linked with gordian's runtime"));
  CHECK_FALSE(says(diagnose(plain_process(), {}), "not linked with"));
  CHECK_FALSE(says(diagnose(linked_process(), {}), "not linked with"));
}

TEST_CASE("linked without the shim is a note, but not with libc++, which it does not know") {
  std::vector<ModuleFacts> modules = {healthy_program(), runtime(), libstdcxx(), libc()};
  CHECK(says(diagnose(modules, {}), "note: Nothing was compiled with the shim"));
  modules[2].name = "libc++.so.1";
  CHECK_FALSE(says(diagnose(modules, {}), "Nothing was compiled with the shim"));
  CHECK(says(diagnose(modules, {}), "which the shim does not know"));
  CHECK_FALSE(says(diagnose(linked_process(), {}), "Nothing was compiled with the shim"));
}

TEST_CASE("a library that is not found keeps the program from starting") {
  auto modules = linked_process();
  modules.push_back({});
  modules.back().name = "libgone.so";
  modules.back().needed_by = "./program";
  const Diagnosis diagnosis = diagnose(modules, {});
  CHECK_FALSE(diagnosis.checked);
  CHECK(says(diagnosis, "libgone.so, which ./program needs, is not found"));
  CHECK_FALSE(says(diagnosis, "gordian run: works"));
}

TEST_CASE("another gordian's library is told, and its own is not") {
  CHECK(says(diagnose(linked_process(), {"", "/bin/true"}), "linked with another gordian"));
  auto modules = linked_process();
  modules[1].path = "/bin/true";
  CHECK_FALSE(says(diagnose(modules, {"", "/bin/true"}), "another gordian"));
  CHECK_FALSE(says(diagnose(modules, {"", ""}), "another gordian"));
}

TEST_CASE("ways out are told of the user's modules only") {
  auto modules = plain_process();
  modules[2].file.imported = {"_exit", "execve", "dlopen"};
  ModuleFacts of_system = own_library("libsystem.so");
  of_system.of_system = true;
  of_system.file.imported = {"_exit", "execve", "dlopen"};
  modules.push_back(of_system);
  CHECK_FALSE(says(diagnose(modules, {}), " may "));
  ModuleFacts own = own_library("libown.so");
  own.file.imported = {"_exit", "_Exit", "execve", "dlopen"};
  modules.push_back(own);
  const Diagnosis diagnosis = diagnose(modules, {});
  CHECK(says(diagnosis, "libown.so may end by _Exit, _exit"));
  CHECK(says(diagnosis, "libown.so may start programs by execve"));
  CHECK(says(diagnosis, "libown.so may open libraries by dlopen"));
  CHECK(diagnosis.limits.empty());
}

TEST_CASE("an operator new of the program's own is told, and the C++ library's is not") {
  auto modules = plain_process();
  CHECK_FALSE(says(diagnose(modules, {}), "operator new"));
  modules.front().file.exported.insert("_Znwm");
  CHECK(says(diagnose(modules, {}), "./program defines operator new itself"));
  modules.front().symbols.cxx_runtime_inside = true;
  CHECK_FALSE(says(diagnose(modules, {}), "operator new"));
}

TEST_CASE("that no known smart pointer is there is told where debug info would have it") {
  auto modules = plain_process();
  CHECK(says(diagnose(modules, {}), "in the debug info: std::shared_ptr"));
  modules.front().debug.pointers.clear();
  CHECK(says(diagnose(modules, {}), "No smart pointer that gordian knows"));
  modules.front().debug.level = DebugFacts::Level::lines;
  CHECK_FALSE(says(diagnose(modules, {}), "mart pointer that"));
}

TEST_CASE("a library of the system without debug info is a note, where it has C++") {
  auto modules = plain_process();
  ModuleFacts of_system = own_library("libsystem.so");
  of_system.of_system = true;
  of_system.debug = {};
  modules.push_back(of_system);
  const Diagnosis diagnosis = diagnose(modules, {});
  CHECK(diagnosis.limits.empty());
  CHECK(says(diagnosis, "note: Libraries of the system without debug info: libsystem.so"));
  modules.back().file.needed = {"libc.so.6"};
  CHECK_FALSE(says(diagnose(modules, {}), "libsystem.so"));
}

TEST_CASE("of a library alone no verdict is given") {
  std::vector<ModuleFacts> modules = {own_library("./libown.so"), libstdcxx(), libc()};
  const Diagnosis diagnosis = diagnose(modules, {"it is linked statically", ""});
  CHECK_FALSE(diagnosis.is_program);
  CHECK_FALSE(says(diagnosis, "gordian run"));
  CHECK(diagnosis.limits.empty());
}
