// plumbing.cpp - see plumbing.h.
#include "program/frames/plumbing.h"

#include <algorithm>
#include <array>
#include <string>

#include "program/elf/system_library.h"
#include "program/names/names.h"

namespace gordian {
namespace {

constexpr std::array<std::string_view, 28> kNamespaces{
    "std::",
    "__gnu_cxx::",
    "__cxxabiv1::",
    "boost::detail::",
    "boost::movelib",
    "boost::smart_ptr",
    "boost::make_shared",
    "boost::allocate_shared",
    "boost::shared_ptr<",
    "boost::stacktrace::",
    "boost::intrusive_ptr<",
    "gordian::rt::",
    "gordian::shim::",
    "gordian::NoCyclesExpected",
    "gordian::LeaksExpected",
    "gordian::DoctestCycleListener::",
    "gordian::BoostCycle",
    "gordian::counted<",
    "gordian::handle<",
    // Between a test and main(). GoogleTest's own namespace may be somebody else's, too.
    "Catch::",
    "doctest::",
    "boost::unit_test::",
    "testing::internal::",
    "testing::Test::Run",
    "testing::TestInfo::Run",
    "testing::TestSuite::Run",
    "testing::TestCase::Run",
    "testing::UnitTest::Run",
};

// C functions: no parameter list follows. A user's own `clone()` has one.
constexpr std::array<std::string_view, 41> kFunctions{
    "gordian_counted",
    "gordian_runtime_counted",
    "gordian_handle_taken",
    "gordian_strong_taken",
    "gordian_handles_swapped",
    "gordian_strong_swapped",
    "malloc",
    "calloc",
    "realloc",
    "reallocarray",
    "free",
    "memalign",
    "aligned_alloc",
    "posix_memalign",
    "valloc",
    "pvalloc",
    "strdup",
    "strndup",
    "cfree",
    "_start",
    "__libc_start_main",
    "__libc_start_main_impl",
    "__libc_start_call_main",
    "__libc_start_main_alias_1",
    "__libc_start_main_alias_2",
    "clone",
    "clone3",
    "__clone",
    "__clone3",
    "start_thread",
    "exit",
    "__run_exit_handlers",
    "_dl_init",
    "call_init",
    "_dl_start_user",
    "__libc_csu_init",
    "__do_global_ctors_aux",
    "execute_native_thread_routine",
    "_dl_start",
    "_dl_fini",
    "__cxa_finalize",
};

// The C API's have a list in a C++ program, with some compilers.
constexpr std::array<std::string_view, 12> kPrefixes{
    "gordian_counted(", "gordian_handle_taken(", "gordian_handles_swapped(",
    "operator new",     "operator delete",       "__interceptor_",
    "__asan",           "__sanitizer",           "__lsan",
    "__tsan",           "__libc_start_",         "_GLOBAL__sub_I_",
};

bool in_standard_header(std::string_view file) {
  return file.find("/include/c++/") != std::string_view::npos ||
         file.find("/boost/smart_ptr/") != std::string_view::npos;
}

// Distributions strip it, so its frames have no names.
bool is_test_framework(std::string_view module) {
  return module.substr(module.rfind('/') + 1).starts_with("libboost_unit_test_framework");
}

}  // namespace

bool is_plumbing(const Frame& frame) {
  if (is_gordian_library(frame.module) || is_test_framework(frame.module)) {
    return true;
  }
  if (!frame.function) {
    return frame.file ? in_standard_header(*frame.file) : is_system_library(frame.module);
  }
  // The resolver has taken the return type off; a Frame put together by hand may have one.
  const std::string name = tidy_function_name(*frame.function);
  const std::string_view plain = std::string_view(name).substr(0, name.find('('));
  const auto starts = [&](std::string_view prefix) { return name.starts_with(prefix); };
  if (std::any_of(kNamespaces.begin(), kNamespaces.end(), starts) ||
      std::any_of(kPrefixes.begin(), kPrefixes.end(), starts) ||
      std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end()) {
    return true;
  }
  // A library's own static helper has no namespace in its name; a user's function is never in that file.
  return plain.find("::") == std::string_view::npos && !plain.empty() && frame.file &&
         in_standard_header(*frame.file);
}

}  // namespace gordian
