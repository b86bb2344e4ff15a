// loader_search_test.cpp - program/elf/loader_search.h, on ELF files that hold a dynamic section and nothing
// else.
#include "program/elf/loader_search.h"

#include <elf.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "catch.h"
#include "program/elf/machine.h"

using namespace gordian;
namespace fs = std::filesystem;

namespace {

struct Library {
  std::vector<std::string> needed{};
  std::string soname{};
  std::string rpath{};
  std::string runpath{};
  Elf64_Half machine = own_machine().elf;
};

template <class Struct>
void put(std::string& bytes, std::size_t at, const Struct& value) {
  bytes.resize(std::max(bytes.size(), at + sizeof value));
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

// ELF header, dynamic section, its strings, and a table of three sections.
std::string elf_of(const Library& library) {
  std::string strings(1, '\0');
  std::vector<Elf64_Dyn> entries;
  const auto add = [&](Elf64_Sxword tag, const std::string& text) {
    Elf64_Dyn entry{};
    entry.d_tag = tag;
    entry.d_un.d_val = strings.size();
    entries.push_back(entry);
    strings += text + '\0';
  };
  for (const auto& name : library.needed) add(DT_NEEDED, name);
  if (!library.soname.empty()) add(DT_SONAME, library.soname);
  if (!library.rpath.empty()) add(DT_RPATH, library.rpath);
  if (!library.runpath.empty()) add(DT_RUNPATH, library.runpath);
  entries.push_back({});
  const std::size_t dynamic_at = sizeof(Elf64_Ehdr);
  const std::size_t strings_at = dynamic_at + entries.size() * sizeof(Elf64_Dyn);
  const std::size_t sections_at = strings_at + (strings.size() + 7) / 8 * 8;
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_DYN;
  header.e_machine = library.machine;
  header.e_version = EV_CURRENT;
  header.e_shoff = sections_at;
  header.e_ehsize = sizeof header;
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = 3;
  header.e_shstrndx = 2;
  Elf64_Shdr dynamic{};
  dynamic.sh_type = SHT_DYNAMIC;
  dynamic.sh_offset = dynamic_at;
  dynamic.sh_size = entries.size() * sizeof(Elf64_Dyn);
  dynamic.sh_link = 2;
  dynamic.sh_entsize = sizeof(Elf64_Dyn);
  dynamic.sh_addralign = 8;
  Elf64_Shdr table{};
  table.sh_type = SHT_STRTAB;
  table.sh_offset = strings_at;
  table.sh_size = strings.size();
  table.sh_addralign = 1;
  std::string bytes;
  put(bytes, 0, header);
  for (std::size_t i = 0; i < entries.size(); ++i) put(bytes, dynamic_at + i * sizeof(Elf64_Dyn), entries[i]);
  bytes.replace(strings_at, std::string::npos, strings);
  put(bytes, sections_at + sizeof dynamic, dynamic);
  put(bytes, sections_at + 2 * sizeof dynamic, table);
  return bytes;
}

class Tree {
 public:
  Tree() {
    std::string name = (fs::temp_directory_path() / "gordian-test-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  std::string path(const std::string& name) const { return (root_ / name).string(); }
  void add(const std::string& name, const Library& library) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << elf_of(library);
  }
  // The modules' paths in the tree; "-" for one that was not found.
  std::vector<std::string> modules(const LoaderPlaces& places = {}) const {
    std::vector<std::string> names;
    for (const auto& module : modules_of(path("program"), places)) {
      names.push_back(module.path.empty() ? "-" : fs::path(module.path).lexically_relative(root_).string());
    }
    return names;
  }

 private:
  fs::path root_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("libraries come by breadth, each once, also where they need each other") {
  Tree tree;
  tree.add("program", {{"liba.so", "libb.so"}, "", "", "$ORIGIN"});
  tree.add("liba.so", {{"libc.so"}, "", "", "${ORIGIN}"});
  tree.add("libb.so", {{"liba.so", "libc.so"}, "", "", "$ORIGIN/."});
  tree.add("libc.so", {{"libb.so"}, "", "", ""});
  CHECK(tree.modules() == Names{"program", "liba.so", "libb.so", "libc.so"});
}

TEST_CASE("one that is not found is told once, with who needs it") {
  Tree tree;
  tree.add("program", {{"liba.so", "libgone.so"}, "", "", "$ORIGIN"});
  tree.add("liba.so", {{"libgone.so"}, "", "", ""});
  CHECK(tree.modules() == Names{"program", "liba.so", "-"});
  const auto modules = modules_of(tree.path("program"), {});
  CHECK(modules[2].name == "libgone.so");
  CHECK(modules[2].needed_by == 0);
}

TEST_CASE("an RPATH holds for what libraries need in turn, a RUNPATH does not") {
  Tree tree;
  tree.add("lib/liba.so", {{"libb.so"}, "", "", ""});
  tree.add("lib/libb.so", {});
  tree.add("program", {{"liba.so"}, "", "$ORIGIN/lib", ""});
  CHECK(tree.modules() == Names{"program", "lib/liba.so", "lib/libb.so"});
  tree.add("program", {{"liba.so"}, "", "", "$ORIGIN/lib"});
  CHECK(tree.modules() == Names{"program", "lib/liba.so", "-"});
  tree.add("lib/liba.so", {{"libb.so"}, "", "", "$ORIGIN"});
  CHECK(tree.modules() == Names{"program", "lib/liba.so", "lib/libb.so"});
}

TEST_CASE("RPATH, LD_LIBRARY_PATH, RUNPATH, cache and default directories come in this order") {
  Tree tree;
  LoaderPlaces places;
  places.directories = {tree.path("default")};
  tree.add("program", {{"liba.so"}, "", "", "$ORIGIN/runpath"});
  CHECK(tree.modules(places)[1] == "-");
  tree.add("default/liba.so", {});
  CHECK(tree.modules(places)[1] == "default/liba.so");
  tree.add("runpath/liba.so", {});
  CHECK(tree.modules(places)[1] == "runpath/liba.so");
  places.library_path = tree.path("none") + ":" + tree.path("environment");
  CHECK(tree.modules(places)[1] == "runpath/liba.so");
  tree.add("environment/liba.so", {});
  CHECK(tree.modules(places)[1] == "environment/liba.so");
  tree.add("program", {{"liba.so"}, "", "$ORIGIN/runpath", ""});
  CHECK(tree.modules(places)[1] == "runpath/liba.so");
}

TEST_CASE("a library of another machine is passed over") {
  Tree tree;
  tree.add("program", {{"liba.so"}, "", "", "$ORIGIN/one:$ORIGIN/two"});
  tree.add("one/liba.so", {{}, "", "", "", EM_S390});
  tree.add("two/liba.so", {});
  CHECK(tree.modules() == Names{"program", "two/liba.so"});
}

TEST_CASE("a library is known by its own name, and by its place, too") {
  Tree tree;
  tree.add("program", {{"liba.so", "liba.so.1", "libb.so"}, "", "", "$ORIGIN"});
  tree.add("liba.so", {{}, "liba.so.1", "", ""});
  fs::create_symlink(tree.path("liba.so"), tree.path("libb.so"));
  CHECK(tree.modules() == Names{"program", "liba.so"});
}

TEST_CASE("a needed name with a slash is no name to search for, and what it starts from is put in") {
  const std::string machine(own_machine().name);
  Tree tree;
  tree.add("program",
           {{"$ORIGIN/in/liba.so", "${ORIGIN}/$LIB/libb.so", "$ORIGIN/${PLATFORM}/libc.so"}, "", "", ""});
  tree.add("in/liba.so", {});
  tree.add("lib64/libb.so", {});
  tree.add(machine + "/libc.so", {});
  CHECK(tree.modules() == Names{"program", "in/liba.so", "lib64/libb.so", machine + "/libc.so"});
  tree.add("program", {{"$ORIGIN/gone/liba.so"}, "", "", "$ORIGIN/in"});
  CHECK(tree.modules() == Names{"program", "-"});
}

TEST_CASE("a needed name that starts from its own library's place is each library's own") {
  Tree tree;
  tree.add("program", {{"$ORIGIN/liba.so", "$ORIGIN/in/libb.so"}, "", "", ""});
  tree.add("liba.so", {{"$ORIGIN/libgone.so"}, "", "", ""});
  tree.add("in/libb.so", {{"$ORIGIN/liba.so", "$ORIGIN/../liba.so"}, "", "", ""});
  tree.add("in/liba.so", {{"$ORIGIN/libb.so"}, "", "", ""});
  CHECK(tree.modules() == Names{"program", "liba.so", "in/libb.so", "-", "in/liba.so"});
  tree.add("program", {{"$ORIGIN/liba.so", "$ORIGIN/libgone.so"}, "", "", ""});
  CHECK(tree.modules() == Names{"program", "liba.so", "-"});
}

TEST_CASE("a program that needs nothing, or itself, is alone") {
  Tree tree;
  tree.add("program", {});
  CHECK(tree.modules() == Names{"program"});
  tree.add("program", {{tree.path("program")}, "", "", ""});
  CHECK(tree.modules() == Names{"program"});
  CHECK_THROWS_AS(modules_of(tree.path("nothing"), {}), Error);
}

TEST_CASE("a pipe of a library's name is not waited for") {
  Tree tree;
  tree.add("program", {{"liba.so"}, "", "", "$ORIGIN"});
  REQUIRE(::mkfifo(tree.path("liba.so").c_str(), 0600) == 0);
  CHECK(tree.modules() == Names{"program", "-"});
}
