// golden.cpp - compares or rewrites a golden file.
#include "golden.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "catch.h"

namespace gordian::test {

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(GORDIAN_GOLDEN_DIR) + "/" + name;
  if (std::getenv("GORDIAN_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  INFO(path << " (GORDIAN_UPDATE_GOLDEN=1 rewrites it)");
  REQUIRE(file.good());
  std::istringstream written(text);
  std::string expected;
  std::string found;
  for (int line = 1; std::getline(file, expected); ++line) {
    const bool present = static_cast<bool>(std::getline(written, found));
    INFO("line " << line);
    REQUIRE(present);
    REQUIRE(found == expected);
  }
  std::string rest;
  std::getline(written, rest, '\0');
  CHECK(rest.empty());
}

}  // namespace gordian::test
