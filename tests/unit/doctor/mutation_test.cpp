// mutation_test.cpp - the doctor on damaged files: they are bytes that we did not write.
#include <elf.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <random>
#include <sstream>

#include "catch.h"
#include "doctor/doctor_text.h"
#include "made_up_modules.h"

using namespace gordian;
using namespace gordian::test;

namespace {

constexpr int kDamages = 40;  // of each build; the same ones in every run

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

// In the headers, the table of sections, the debug info, or anywhere.
void damage(std::string& bytes, std::mt19937_64& random) {
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof header);
  const std::size_t table = static_cast<std::size_t>(header.e_shnum) * sizeof(Elf64_Shdr);
  for (std::size_t i = 1 + random() % 20; i > 0; --i) {
    std::size_t at = random() % bytes.size();
    if (random() % 3 == 0) at = random() % 1024;
    if (random() % 3 == 0) at = header.e_shoff + random() % table;
    bytes[at] = static_cast<char>(random() % 3 == 0 ? 0xff : random());
  }
  if (random() % 10 == 0) bytes.resize(random() % bytes.size());
}

}  // namespace

TEST_CASE("damaged files are diagnosed without harm") {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("gordian-doctor-" + std::to_string(::getpid()))).string();
  const LoaderPlaces places = LoaderPlaces::of_this_machine();
  int diagnosed = 0;
  for (const char* build : {"g++-O0", "g++-dwarf4", "g++-compressed", "clang++-O2"}) {
    if (fixture(build).empty()) continue;
    const std::string whole = bytes_of(fixture(build));
    for (int i = 0; i < kDamages; ++i) {
      std::mt19937_64 random(static_cast<std::uint64_t>(i));
      std::string bytes = whole;
      damage(bytes, random);
      std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
      INFO(build << ", damage " << i);
      const auto modules = examine(path, places, Families());
      CHECK_FALSE(doctor_text(modules, diagnose(modules, {}), Paint()).empty());
      ++diagnosed;
    }
  }
  std::filesystem::remove(path);
  if (!fixture("g++-O0").empty()) CHECK(diagnosed >= kDamages);
}
