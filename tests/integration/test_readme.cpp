// test_readme.cpp - README.md shows what really happens.
//
// A fenced block that follows a line "<!-- shown -->" is a session in a directory that
// holds the samples' programs: its lines "$ command" are run by a shell, and all that
// comes out must be what stands there, but for addresses, pids and the directory of the sources.
#include <fstream>
#include <regex>
#include <sstream>

#include "catch.h"
#include "process.h"

using namespace gordian::e2e;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The blocks marked as shown, without their fences.
std::vector<std::string> shown_blocks(const std::string& readme) {
  std::vector<std::string> blocks;
  enum { outside, marked, inside } where = outside;
  for (const auto& line : lines_of(readme)) {
    const bool fence = line.rfind("```", 0) == 0;
    if (where == inside && !fence) {
      blocks.back() += line + '\n';
    } else if (where == inside) {
      where = outside;
    } else if (where == marked && fence) {
      blocks.emplace_back();
      where = inside;
    } else if (line == "<!-- shown -->") {
      where = marked;
    }
  }
  return blocks;
}

std::string quoted(const std::string& text) {
  return "'" + std::regex_replace(text, std::regex("'"), "'\\''") + "'";
}

// What a terminal would hold after the commands of `block`.
std::string session(const std::string& block) {
  std::string script =
      "cd " + quoted(GORDIAN_SAMPLES_BIN) + " && PATH=" + quoted(GORDIAN_BIN) + ":$PATH\nstatus=0\n";
  for (const auto& line : lines_of(block)) {
    if (line.rfind("$ ", 0) != 0) continue;
    script += "printf '%s\\n' " + quoted(line) + "\n";
    script += "(exit $status); eval " + quoted(line.substr(2)) + "; status=$?\n";
  }
  Command command;
  command.arguments = {"/bin/sh", "-c", script};
  command.merge_output = true;
  return run(command).out;
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at; (at = text.find(part)) != std::string::npos;) text.erase(at, part.size());
  return text;
}

std::string normalised(std::string text) {
  text = without(std::move(text), GORDIAN_SAMPLES_SOURCE "/");
  text = std::regex_replace(text, std::regex("0x[0-9a-f]+"), "0xADDRESS");
  return std::regex_replace(text, std::regex("pid [0-9]+"), "pid PID");
}

// First columns of the options table: the names in backquotes.
std::vector<std::string> documented_options(const std::string& readme) {
  std::vector<std::string> names;
  const std::regex row(R"(^\| `(\w+)=)");
  for (const auto& line : lines_of(readme)) {
    std::smatch match;
    if (std::regex_search(line, match, row)) names.push_back(match[1]);
  }
  return names;
}

std::vector<std::string> existing_options() {
  std::vector<std::string> names;
  const std::regex row(R"(^GORDIAN_(?:NUMBER|CHOICE|PATH|INPUT|FLAG)\((\w+),)");
  for (const auto& line : lines_of(file_text(GORDIAN_OPTIONS_INC))) {
    std::smatch match;
    if (std::regex_search(line, match, row)) names.push_back(match[1]);
  }
  return names;
}

}  // namespace

TEST_CASE("each session that README shows gives what it shows") {
  const auto blocks = shown_blocks(file_text(GORDIAN_README));
  REQUIRE_FALSE(blocks.empty());
  for (const auto& block : blocks) CHECK(normalised(session(block)) == normalised(block));
}

TEST_CASE("README's table of options is the runtime's, in its order") {
  CHECK(documented_options(file_text(GORDIAN_README)) == existing_options());
}
