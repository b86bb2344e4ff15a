// plumbing_test.cpp - which frames a report shows.
#include "program/frames/plumbing.h"

#include <vector>

#include "catch.h"
#include "program/elf/system_library.h"

using namespace gordian;

namespace {

Frame frame(const char* function, const char* file = nullptr, const char* module = "/home/me/tests") {
  Frame result;
  if (function != nullptr) {
    result.function = function;
  }
  if (file != nullptr) {
    result.file = file;
  }
  result.module = module;
  return result;
}

}  // namespace

TEST_CASE("library, allocator, runtime and start-up frames are plumbing", "[plumbing]") {
  for (const char* function :
       {"std::make_shared<Tree>()",
        "void std::for_each<int*, main::{lambda(int)#1}>(int*, int*, main::{lambda(int)#1})",
        "std::allocate_shared<Tree, std::allocator<void>>(std::allocator<void> const&)",
        "__gnu_cxx::new_allocator<Tree>::allocate(unsigned long, void const*)",
        "operator new(unsigned long)",
        "operator new[](unsigned long, std::align_val_t)",
        "operator delete(void*)",
        "malloc",
        "calloc",
        "posix_memalign",
        "__libc_start_main",
        "__libc_start_main_impl",
        "__libc_start_call_main",
        "_start",
        "clone",
        "clone3",
        "start_thread",
        "boost::detail::sp_counted_base::release()",
        "gordian::counted<std::atomic<int>, true>::announce()",
        "gordian::handle<Tree>::handle(Tree*)",
        "gordian_handles_swapped",
        "gordian_handles_swapped(void const*, void const*)",
        "__interceptor_malloc",
        "gordian::rt::on_malloc(unsigned long)",
        "_GLOBAL__sub_I_main",
        "std::function<void ()>::operator()() const",
        "std::_Function_handler<void (), main::{lambda()#1}>::_M_invoke"}) {
    INFO(function);
    CHECK(is_plumbing(frame(function)));
  }
  CHECK(is_plumbing(frame("anything()", nullptr, "/usr/lib/libgordian.so.0")));
  CHECK(is_plumbing(frame(nullptr, "/usr/include/c++/12/bits/stl_algo.h")));
  CHECK(is_plumbing(frame("__invoke_impl", "/usr/include/c++/12/bits/invoke.h")));
  CHECK(is_plumbing(frame(nullptr, nullptr, "/lib/x86_64-linux-gnu/libc.so.6")));
}

TEST_CASE("a test framework's frames are plumbing, the tests are not", "[plumbing]") {
  for (const char* function :
       {"Catch::TestInvokerAsFunction::invoke() const", "Catch::RunContext::runTest(Catch::TestCase const&)",
        "void testing::internal::HandleExceptionsInMethodIfSupported<testing::Test, void>(testing::Test*)",
        "testing::Test::Run()", "testing::TestInfo::Run()", "testing::UnitTest::Run()",
        "doctest::Context::run()", "gordian::DoctestCycleListener::run()",
        "boost::unit_test::framework::run(unsigned long, bool)", "gordian::BoostCycleFixture::setup()",
        "gordian::NoCyclesExpected<Family_Leaks_Test::TestBody()::{lambda(char "
        "const*)#1}>::call<int>(int&)"}) {
    INFO(function);
    CHECK(is_plumbing(frame(function)));
  }
  for (const char* function :
       {"Family_Leaks_Test::TestBody()", "C_A_T_C_H_T_E_S_T_2()", "CATCH2_INTERNAL_TEST_0()",
        "testing::make_tree()", "testing::TestBench::Run()", "DOCTEST_ANON_FUNC_16()", "leaks::test_method()",
        "gordian_like::counted<int>::counted()"}) {
    INFO(function);
    CHECK_FALSE(is_plumbing(frame(function)));
  }
  CHECK(is_plumbing(frame(nullptr, nullptr, "/usr/lib/libboost_unit_test_framework.so.1.74.0")));
  CHECK_FALSE(is_plumbing(frame(nullptr, nullptr, "/usr/lib/libboost_filesystem.so.1.74.0")));
}

TEST_CASE("the program's own frames are no plumbing", "[plumbing]") {
  for (const char* function :
       {"main", "make_graph()", "main::{lambda(int)#1}::operator()(int) const",
        "(anonymous namespace)::make()", "ns::make<std::vector<int>>(std::vector<int>)", "stdx::make()",
        "Tree::operator new(unsigned long)", "my_malloc", "clone()", "free(Tree*)", "std_like()",
        "std::shared_ptr<Tree> make_tree<Tree>(int)", "gordian_like::make()", "exit_now()",
        "__static_initialization_and_destruction_0(int, int)"}) {
    INFO(function);
    CHECK_FALSE(is_plumbing(frame(function)));
  }
  CHECK_FALSE(is_plumbing(frame(nullptr)));
  CHECK_FALSE(is_plumbing(frame(nullptr, "/home/me/a.cpp")));
  CHECK_FALSE(is_plumbing(frame("Tree::add()", "/usr/include/c++/12/bits/stl_algo.h")));
}

TEST_CASE("run-time libraries are known by their whole names", "[plumbing]") {
  for (const char* path :
       {"/lib/x86_64-linux-gnu/libc.so.6", "/lib/libc-2.31.so", "/usr/lib/libstdc++.so.6.0.30", "libdl.so.2",
        "librt-2.31.so", "/lib64/ld-linux-x86-64.so.2", "/lib/ld-2.31.so", "libgcc_s.so.1",
        "libgcc_s-12-20230614.so.1", "libm.so.6", "[vdso]", "libgordian.so.0"}) {
    INFO(path);
    CHECK(is_system_library(path));
  }
  for (const char* path :
       {"libdlib.so", "librtaudio.so.6", "librtmidi.so", "libmine.so", "libcrypto.so.3", "libc",
        "/home/libc.so/libours.so", "libpthreadpool.so", "ld-2000.so", "libmpfr.so.6"}) {
    INFO(path);
    CHECK_FALSE(is_system_library(path));
  }
}
