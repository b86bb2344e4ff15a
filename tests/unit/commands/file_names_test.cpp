// file_names_test.cpp - words, lists, and lists that are none.
#include "commands/file_names.h"

#include <fstream>

#include "base/error.h"
#include "catch.h"
#include "commands/scratch_directory.h"

using namespace gordian;
using namespace gordian::test;

namespace {

using Names = std::vector<std::string>;

Names names_of(const std::vector<std::string>& words) {
  Names names;
  for_each_file(words, [&](const std::string& name) { names.push_back(name); });
  return names;
}

}  // namespace

TEST_CASE("words are names, in their order") {
  CHECK(names_of({}).empty());
  CHECK(names_of({"b", "a", "./@c"}) == Names{"b", "a", "./@c"});
}

TEST_CASE("a list stands for its lines") {
  const ScratchDirectory directory;
  const auto list = directory.file("list");
  const auto names_in = [&](const std::string& text) {
    std::ofstream(list, std::ios::binary) << text;
    return names_of({"first", "@" + list, "last"});
  };
  CHECK(names_in("") == Names{"first", "last"});
  CHECK(names_in("a\nb c\n@d\n") == Names{"first", "a", "b c", "@d", "last"});
  CHECK(names_in("\na\n\n\nb") == Names{"first", "a", "b", "last"});
  CHECK(names_in(std::string("a\0b\nc\0\0d\0", 9)) == Names{"first", "a", "b", "c", "d", "last"});
}

TEST_CASE("a list that cannot be read is named") {
  const ScratchDirectory directory;
  CHECK_THROWS_WITH(names_of({"@" + directory.file("none")}),
                    directory.file("none") + ": the list cannot be opened: No such file or directory");
  CHECK_THROWS_WITH(names_of({"@" + directory.file("")}),
                    directory.file("") + ": the list cannot be read: Is a directory");
}

TEST_CASE("a report in a list's place is noticed") {
  const ScratchDirectory directory;
  std::ofstream(directory.file("r.json")) << "{\n}\n";
  CHECK_THROWS_WITH(names_of({"@" + directory.file("r.json")}), ContainsSubstring("is JSON and no list"));
}
