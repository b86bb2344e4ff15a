// unloading_test.cpp - scan/unloading.h and process/unloaded_modules.h, on a library that is really unloaded.
//
// The hooks are not in this program: what they would track is put into the tables by hand.
#include <dlfcn.h>
#include <sys/mman.h>

#include <new>
#include <string>
#include <vector>

#include "catch.h"
#include "emulated.h"
#include "process/unloaded_modules.h"
#include "scan/heap.h"
#include "scan/unloading.h"
#include "capture/capture.h"
#include "tables/live.h"

using namespace gordian::rt;
using namespace gordian::test;

namespace {

constexpr std::size_t kPage = 4096;

// An object of a library, known to the tables as a block of that size, while the library is there.
struct Library {
  Library() : handle(dlopen(GORDIAN_UNLOADED_LIBRARY, RTLD_NOW)) {
    REQUIRE(handle != nullptr);
    object = static_cast<std::uint64_t*>(reinterpret_cast<void* (*)()>(dlsym(handle, "make_object"))());
    ModuleMap modules;
    REQUIRE(modules.read());
    for (const Module& m : modules.modules()) {
      if (m.low <= vtable() && vtable() < m.high) module = m;
    }
  }
  ~Library() {
    remove_block(reinterpret_cast<Address>(object));
    ::operator delete(object);  // its destructor went with the library
  }

  Address vtable() const { return *object; }
  void track(StackId stack) const { add_block(reinterpret_cast<Address>(object), 16, stack); }

  // Whatever else takes its place before we do.
  template <class Meanwhile>
  void unload(Meanwhile&& meanwhile) {
    Unloading unloading;
    REQUIRE(unloading.note_what_may_go());
    const Address table = vtable();
    REQUIRE(dlclose(handle) == 0);
    meanwhile();
    unloading.keep_what_went();
    CHECK(vtable() == table);
  }
  void unload() {
    unload([] {});
  }

  void* handle;
  std::uint64_t* object;
  Module module{};
};

bool is_free(Address low) {
  void* wanted = reinterpret_cast<void*>(low);
  void* got = mmap(wanted, kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (got != MAP_FAILED) munmap(got, kPage);
  return got == wanted;
}

const Module* row_at(const PageArray<Module>& rows, Address at) {
  for (const Module& m : rows) {
    if (m.low <= at && at < m.high) return &m;
  }
  return nullptr;
}

StackId g_stack = StackId::none;
void take_stack() {
  g_stack = capture_stack(32);
}

}  // namespace

TEST_CASE("a class of an unloaded library is known by what was noted, and its place is nobody's") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  note_modules_that_stay();
  Library library;
  library.track(StackId::none);
  library.unload();
  CHECK_FALSE(is_free(library.module.low & ~(kPage - 1)));

  ModuleMap modules;
  REQUIRE(modules.read());
  CHECK(modules.unloaded(library.vtable()));
  CHECK_FALSE(modules.readable(library.vtable(), 8));
  CHECK(modules.of_program(library.vtable()));
  const Module* row = row_at(modules.modules(), library.vtable());
  REQUIRE(row != nullptr);
  CHECK(row->unloaded);
  CHECK(row->bias == library.module.bias);
  CHECK(row->tls_id == 0);
  CHECK(std::string(modules.name(*row)) == GORDIAN_UNLOADED_LIBRARY);

  Classes classes{modules};
  const std::uint32_t found = classes.find(library.vtable());
  REQUIRE(found != kNoIndex);
  CHECK(std::string(classes[found].name) == "N12_GLOBAL__N_14MadeE");
  CHECK(classes[found].functions[2] != 0);
  CHECK(classes.find(library.vtable() + 8) == kNoIndex);
  CHECK(classes.find_table(library.vtable() + 8) == kNoIndex);
}

TEST_CASE("a library of which nothing is left gives its place back") {
  Library library;
  library.unload();
  CHECK(is_free(library.module.low & ~(kPage - 1)));
  ModuleMap modules;
  REQUIRE(modules.read());
  CHECK(row_at(modules.modules(), library.vtable()) == nullptr);
  CHECK(modules.moved_modules().empty());
}

TEST_CASE("a library that only stacks know gives its place back, and their frames move") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  Library library;
  const std::uint64_t plain[2] = {};
  reinterpret_cast<void (*)(void (*)())>(dlsym(library.handle, "call_back"))(take_stack);
  const StackId stack = g_stack;
  const StackFrames before = get_stack(stack);
  const std::vector<std::uint64_t> frames(before.frames, before.frames + before.count);
  add_block(reinterpret_cast<Address>(plain), 16, stack);
  library.unload();
  remove_block(reinterpret_cast<Address>(plain));

  CHECK(is_free(library.module.low & ~(kPage - 1)));
  ModuleMap modules;
  REQUIRE(modules.read());
  REQUIRE(modules.moved_modules().size() == 1);
  const Module& row = modules.moved_modules()[0];
  CHECK(std::string(modules.name(row)) == GORDIAN_UNLOADED_LIBRARY);
  CHECK(row.high - row.low == library.module.high - library.module.low);
  unsigned moved = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const bool in_library = frames[i] >= library.module.low && frames[i] < library.module.high;
    moved += in_library ? 1u : 0u;
    const std::uint64_t expected = in_library ? frames[i] - library.module.bias + row.bias : frames[i];
    CHECK(get_stack(stack).frames[i] == expected);
  }
  CHECK(moved == 1);
  CHECK(put_stack({frames.data(), static_cast<std::uint32_t>(frames.size())}) != stack);
}

TEST_CASE("where something took the place at once, a word there is of no class, and it is said") {
  if (is_skipped_as_emulated(kNoVmReadv)) return;
  Library library;
  library.track(StackId::none);
  const Address low = library.module.low & ~(kPage - 1);
  const std::size_t size = library.module.high - low;
  const std::uint64_t forgotten = forgotten_modules();
  library.unload([&] {
    constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
    REQUIRE(mmap(reinterpret_cast<void*>(low), size, PROT_READ, kFlags, -1, 0) ==
            reinterpret_cast<void*>(low));
  });
  CHECK(forgotten_modules() == forgotten + 1);
  munmap(reinterpret_cast<void*>(low), size);

  ModuleMap modules;
  REQUIRE(modules.read());
  CHECK(row_at(modules.modules(), library.vtable()) == nullptr);
  Classes classes{modules};
  CHECK(classes.find(library.vtable()) == kNoIndex);
}

TEST_CASE("a word that may be of two libraries, one after the other, is of neither class") {
  Library second;
  second.track(StackId::none);
  UnloadedModule first{};
  first.low = second.module.low;
  first.high = second.module.high;
  first.path = "first.so";
  first.fate = UnloadedFate::lost;
  REQUIRE(add_unloaded_module(first));

  const auto class_found = [&second] {
    ModuleMap modules;
    REQUIRE(modules.read());
    CHECK(row_at(modules.modules(), second.vtable()) != nullptr);
    Classes classes{modules};
    return classes.find(second.vtable());
  };
  CHECK(class_found() == kNoIndex);
  second.unload();
  CHECK(class_found() == kNoIndex);
}

TEST_CASE("addresses in use are not held, and held ones are told from a guard page") {
  auto* pages = static_cast<char*>(mmap(nullptr, 2 * kPage, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  const auto low = reinterpret_cast<Address>(pages);
  munmap(pages, kPage);
  CHECK_FALSE(hold_addresses(low + 8, low + kPage + 8));
  CHECK(hold_addresses(low + 8, low + kPage - 8));
  CHECK_FALSE(is_free(low));
  CHECK_FALSE(is_held(low));  // not before it has a row
  UnloadedModule row{};
  row.low = low + 8;
  row.high = low + kPage - 8;
  row.path = "";
  REQUIRE(add_unloaded_module(row));
  CHECK(is_held(low));
  CHECK(is_held(low + kPage - 1));
  CHECK_FALSE(is_held(low + kPage));
  munmap(pages, 2 * kPage);
}

TEST_CASE("no two moved modules share an address, nor the one behind it") {
  const Address first = place_for_moved(1);
  const Address second = place_for_moved(3 * kPage);
  const Address third = place_for_moved(1);
  CHECK(first >= gordian::snapshot::kMovedModules);
  CHECK(second > first + kPage);
  CHECK(third > second + 3 * kPage);
}
