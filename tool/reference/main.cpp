// main.cpp - gordian_reference: writes what people and shells read of gordian's options. The build runs it;
// nobody installs it.
//
//   gordian_reference PROSE_DIR OUTPUT_DIR VERSION YYYY-MM-DD
//
// OUTPUT_DIR gets options.md, man/man1/*.1 and so on, gordian.bash and _gordian. Where SOURCE_DATE_EPOCH is
// set, pages bear that day in place of the one given.
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/error.h"
#include "reference/completion.h"
#include "reference/described_command.h"
#include "reference/manual.h"
#include "reference/options_page.h"

namespace {

using gordian::Error;

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw Error(path.string() + " cannot be written");
}

// Of "2026-11-28": "November 28, 2026".
std::string as_mdoc(const std::string& day) {
  std::tm date{};
  if (const char* const epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
    const std::time_t seconds = std::strtoll(epoch, nullptr, 10);
    ::gmtime_r(&seconds, &date);
  } else if (::strptime(day.c_str(), "%Y-%m-%d", &date) == nullptr) {
    throw Error(day + " is no day");
  }
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%B ", &date);  // in the locale "C"
  return text.data() + std::to_string(date.tm_mday) + ", " + std::to_string(date.tm_year + 1900);
}

void write_all(const std::filesystem::path& output, const gordian::ManualSource& source) {
  const auto commands = gordian::described_commands();
  write(output / "options.md", gordian::options_page(commands));
  write(output / "gordian.bash", gordian::bash_completion(commands));
  write(output / "_gordian", gordian::zsh_completion(commands));
  for (const auto& page : gordian::manual_pages(commands, source)) {
    const std::string section = std::to_string(page.section);
    write(output / "man" / ("man" + section) / (page.name + "." + section), page.text);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: gordian_reference PROSE_DIR OUTPUT_DIR VERSION YYYY-MM-DD\n";
    return 2;
  }
  try {
    write_all(argv[2], {argv[1], as_mdoc(argv[4]), argv[3]});
  } catch (const Error& error) {
    std::cerr << "gordian_reference: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
