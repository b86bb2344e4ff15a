// debug_module_test.cpp - classes are found by name in the units that a search names, as in all of them.
#include "program/dwarf/debug_module.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include "catch.h"
#include "loaded_fixture.h"
#include "program/dwarf/byte_search.h"
#include "program/dwarf/unit.h"

using namespace gordian;

namespace {

// The debug info of a file, until the end of a test.
class OpenedDwarf {
 public:
  explicit OpenedDwarf(const std::string& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    REQUIRE(fd_ >= 0);
    dwarf_ = dwarf_begin(fd_, DWARF_C_READ);
    REQUIRE(dwarf_ != nullptr);
  }
  OpenedDwarf(const OpenedDwarf&) = delete;
  OpenedDwarf& operator=(const OpenedDwarf&) = delete;
  ~OpenedDwarf() {
    dwarf_end(dwarf_);
    close(fd_);
  }
  Dwarf* get() const { return dwarf_; }

 private:
  int fd_;
  Dwarf* dwarf_ = nullptr;
};

void add_names(Dwarf_Die scope, std::set<std::string>& names) {
  dwarf::each_child(scope, [&](Dwarf_Die child) {
    const std::string name = dwarf::name_of(child);
    if (dwarf::is_class(child) && !name.empty()) {
      names.emplace(base_of_name(name));
    }
    if (dwarf_haschildren(&child) > 0) {
      add_names(child, names);
    }
    return true;
  });
}

// Of all classes and declarations of classes, wherever they lie; and some that no class has.
std::set<std::string> class_names(Dwarf* dwarf) {
  std::set<std::string> names{"", "Keepe", "eeper", "no_such_class"};
  Dwarf_CU* unit = nullptr;
  std::uint8_t kind = 0;
  Dwarf_Die root;
  Dwarf_Die split;
  while (dwarf_get_units(dwarf, unit, &unit, nullptr, &kind, &root, &split) == 0) {
    add_names(split.addr != nullptr ? split : root, names);
  }
  return names;
}

// What a class is, but for where it lies: equal ones are found once, and which of them does not matter.
std::multiset<std::pair<std::string, std::uint64_t>> found(DebugModule& module, const std::string& base) {
  std::multiset<std::pair<std::string, std::uint64_t>> classes;
  for (const Dwarf_Die& die : module.classes_named(base, base + "<>")) {
    classes.emplace(dwarf::name_of(die), dwarf::size_of(die));
  }
  return classes;
}

std::vector<std::size_t> places(std::string_view needle, std::string_view hay) {
  std::vector<std::size_t> all;
  for_each_place(needle, hay, [&](std::size_t at) { all.push_back(at); });
  return all;
}

std::vector<std::size_t> places_one_by_one(std::string_view needle, std::string_view hay) {
  std::vector<std::size_t> all;
  for (std::size_t at = 0; !needle.empty() && at + needle.size() <= hay.size(); ++at) {
    if (hay.substr(at, needle.size()) == needle) {
      all.push_back(at);
    }
  }
  return all;
}

}  // namespace

TEST_CASE("classes searched for one by one are those that reading all units finds", "[dwarf]") {
  for (const std::string& build : fixture_builds()) {
    if (build == "g++-separate") continue;  // it is that of g++-O2
    INFO(build);
    const OpenedDwarf dwarf(fixture_path(build));
    const std::set<std::string> names = class_names(dwarf.get());
    REQUIRE(names.size() > 30);
    DebugModule all(dwarf.get(), 0);
    for (const std::string& name : names) {
      all.classes_named(name, name);  // more than are searched for
    }
    std::size_t number = 0;
    std::size_t hits = 0;
    for (const std::string& name : names) {
      // Each search starts anew, which takes its time: the library's names are many.
      if (name.starts_with('_') && ++number % 8 != 0) {
        continue;
      }
      INFO(name);
      DebugModule fresh(dwarf.get(), 0);
      const auto classes = found(fresh, name);
      REQUIRE(classes == found(all, name));
      hits += classes.empty() ? 0u : 1u;
    }
    CHECK(hits > 10);
  }
}

TEST_CASE("a search leaves out units that do not know the name", "[dwarf]") {
  for (const std::string build : {"g++-O0", "clang++-O0"}) {
    if (!std::filesystem::exists(fixture_path(build))) continue;
    INFO(build);
    const OpenedDwarf dwarf(fixture_path(build));
    std::vector<Dwarf_Die> roots;
    Dwarf_CU* unit = nullptr;
    std::uint8_t kind = 0;
    Dwarf_Die root;
    Dwarf_Die split;
    while (dwarf_get_units(dwarf.get(), unit, &unit, nullptr, &kind, &root, &split) == 0) {
      roots.push_back(root);
    }
    REQUIRE(roots.size() == 4);
    const UnitSearch search(dwarf.get(), roots, std::vector<bool>(roots.size()));
    CHECK(search.units_naming("no_such_class") == std::vector<std::uint32_t>{});
    // types.cpp, twin.cpp, frames.cpp, counted.cpp
    CHECK(search.units_naming("Virtual") == std::vector<std::uint32_t>{0});
    const std::vector<std::uint32_t> many = search.units_naming("shared_ptr").value();
    CHECK(std::count(many.begin(), many.end(), 0u) == 1);
    CHECK(std::count(many.begin(), many.end(), 1u) == 1);
    CHECK(search.units_naming("Opaque") == std::vector<std::uint32_t>{0, 1});
    CHECK(search.units_naming("Walker") == std::vector<std::uint32_t>{2});
    CHECK(search.units_naming("Goat") == std::vector<std::uint32_t>{3});
    CHECK_FALSE(search.units_naming("").has_value());
    const UnitSearch unsure(dwarf.get(), roots, std::vector<bool>{true, false, false, true});
    CHECK(unsure.units_naming("no_such_class") == std::vector<std::uint32_t>{0, 3});
  }
}

TEST_CASE("a list of ranges that all units and functions name is not read for each of them", "[dwarf]") {
  const std::string path = FIXTURE_FOLDER "/shared_ranges.so";
  if (!std::filesystem::exists(path)) return;
  const auto most_kilobytes = [] {
    rusage usage = {};
    REQUIRE(getrusage(RUSAGE_SELF, &usage) == 0);
    return usage.ru_maxrss;
  };
  const OpenedDwarf dwarf(path);
  const long before = most_kilobytes();
  DebugModule module(dwarf.get(), 0);
  const DebugModule::UnitRoot* const unit = module.unit_over(0x105);
  REQUIRE(unit != nullptr);
  Dwarf_CU* first = nullptr;
  std::uint8_t kind = 0;
  Dwarf_Die root;
  REQUIRE(dwarf_get_units(dwarf.get(), nullptr, &first, nullptr, &kind, &root, nullptr) == 0);
  CHECK(Unit(root).function_over(0x105).has_value());
  CHECK(most_kilobytes() - before < 64 * 1024);
}

TEST_CASE("bytes are found at every place, at any distance from the ends", "[dwarf]") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string hay(random() % 150, 'a');
    for (char& c : hay) c = static_cast<char>('a' + random() % 2);
    std::string needle(random() % 6, 'a');
    for (char& c : needle) c = static_cast<char>('a' + random() % 2);
    INFO(needle << " in " << hay);
    REQUIRE(places(needle, hay) == places_one_by_one(needle, hay));
  }
  CHECK(places("\xff", "\xff.\xff") == std::vector<std::size_t>{0, 2});
}
