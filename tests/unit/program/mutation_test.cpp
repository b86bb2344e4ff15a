// mutation_test.cpp - damaged files: debug info is bytes that we did not write.
#include <elf.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "catch.h"
#include "loaded_fixture.h"

using namespace gordian;

namespace {

constexpr int kDamages = 25;  // of each build; the same ones in every run

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

struct Range {
  std::uint64_t offset;
  std::uint64_t size;
};

// What libdw and we read: debug sections, symbols and the section table itself.
std::vector<Range> sections_to_damage(const std::string& file) {
  Elf64_Ehdr header;
  std::memcpy(&header, file.data(), sizeof header);
  std::vector<Elf64_Shdr> sections(header.e_shnum);
  std::memcpy(sections.data(), file.data() + header.e_shoff, sizeof(Elf64_Shdr) * sections.size());
  std::vector<Range> found{{header.e_shoff, sizeof(Elf64_Shdr) * sections.size()}};
  for (const Elf64_Shdr& section : sections) {
    const std::string name = file.data() + sections[header.e_shstrndx].sh_offset + section.sh_name;
    if ((name.starts_with(".debug_") || name == ".symtab") && section.sh_size != 0) {
      found.push_back({section.sh_offset, section.sh_size});
    }
    if (name == ".debug_info" || name == ".debug_abbrev") {
      found.insert(found.end(), 4, found.back());
    }
  }
  return found;
}

void damage(std::string& file, const std::vector<Range>& where, std::mt19937_64& random) {
  const int count = random() % 4 == 0 ? 200 : 1 + static_cast<int>(random() % 20);
  for (int i = 0; i < count; ++i) {
    const Range& range = where[random() % where.size()];
    file[range.offset + random() % range.size] = static_cast<char>(random() % 3 == 0 ? 0xff : random());
  }
  if (random() % 10 == 0) {
    file.resize(random() % file.size());
  }
}

// Asks everything; what is answered does not matter.
void ask(const Snapshot& snapshot, std::uint64_t pc) {
  const Families families;
  Program program(snapshot, families);
  TypeModel& types = program.types();
  for (std::uint32_t vtable = 0; vtable < snapshot.vtables.size(); ++vtable) {
    const ControlType control = types.control_type(vtable);
    for (const TypeId type : {control.control, control.managed, types.dynamic_type(vtable)}) {
      types.name(type);
      types.having_part(type, 0, 2 * types.size(type));
      for (std::uint64_t offset = 0; offset < std::min<std::uint64_t>(types.size(type), 1024); offset += 8) {
        types.word_at(types.word_at(type, offset).element, 8);
      }
    }
  }
  for (const Module& module : snapshot.modules) {
    for (std::uint64_t at = module.high - std::min<std::uint64_t>(module.high - module.low, 4096); at < module.high; at += 64)
      types.variable_at(at);
  }
  types.variable_at(0x7ffc0008);  // in the call below
  CHECK_FALSE(program.frames().frames_at(pc).empty());
}

}  // namespace

TEST_CASE("damaged debug info costs answers, never the process", "[damage]") {
  const auto copy =
      std::filesystem::temp_directory_path() / ("gordian-damaged-" + std::to_string(::getpid()));
  for (const char* build : {"g++-O0", "clang++-O2"}) {
    if (!std::filesystem::exists(fixture_path(build))) {
      continue;
    }
    LoadedFixture fixture(fixture_path(build));
    for (const char* name : {"made", "lambda", "array", "local"}) {
      fixture.control(name);
    }
    fixture.object("derived");
    Snapshot snapshot = fixture.snapshot();
    std::erase_if(snapshot.modules, [&](const Module& module) { return module.path != fixture_path(build); });
    REQUIRE(snapshot.modules.size() == 1);
    snapshot.modules[0].path = copy.string();
    snapshot.modules[0].build_id.clear();
    snapshot.calls.push_back({0x7ffc0000, fixture.frame("inlined")});
    snapshot.calls.push_back({0x7ffc0100, 0});
    const std::string whole = read_file(fixture_path(build));
    const std::vector<Range> sections = sections_to_damage(whole);
    for (int seed = 0; seed < kDamages; ++seed) {
      INFO(build << ", damage " << seed);
      std::mt19937_64 random(static_cast<std::uint64_t>(seed));
      std::string file = whole;
      damage(file, sections, random);
      std::ofstream(copy, std::ios::binary) << file;
      ask(snapshot, fixture.frame("inlined"));
    }
  }
  std::filesystem::remove(copy);
}
