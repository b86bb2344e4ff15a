// program_file_test.cpp - commands/program_file.h. Real builds of every refused kind are in
// tests/e2e/test_run.cpp; here are those that no compiler at hand makes, cut out of a system program.
#include "commands/program_file.h"

#include <sys/stat.h>
#include <sys/xattr.h>

#include "catch.h"
#include "commands/scratch_directory.h"
#include "program/elf/machine.h"

using namespace gordian;
using gordian::test::ScratchDirectory;

namespace {

const std::string kLoader(own_machine().loader);

void write_program(const std::string& path, const std::string& bytes, mode_t mode = 0755) {
  std::ofstream(path, std::ios::binary) << bytes;
  ::chmod(path.c_str(), mode);
}

std::string why_not(const std::string& bytes, mode_t mode = 0755) {
  ScratchDirectory scratch;
  write_program(scratch.file("program"), bytes, mode);
  return why_not_watched(scratch.file("program"));
}

std::string program() {
  return gordian::test::contents("/bin/true");
}

std::string with_loader(const std::string& loader) {
  std::string bytes = program();
  const std::size_t at = bytes.find(kLoader);
  REQUIRE(at != std::string::npos);
  REQUIRE(loader.size() <= kLoader.size());
  return bytes.replace(at, kLoader.size(), loader + std::string(kLoader.size() - loader.size(), '\0'));
}

std::vector<std::string> call(const std::string& first_line) {
  ScratchDirectory scratch;
  write_program(scratch.file("script"), first_line + "\nrest of it\n");
  auto words = as_interpreter_call(scratch.file("script"), {"script", "--flag", "x"});
  for (auto& word : words) {
    if (word == scratch.file("script")) word = "SCRIPT";
  }
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a program of the system is watched") {
  CHECK(why_not(program()).empty());
}

TEST_CASE("another machine and 32 bits are told") {
  const std::string sentence = " is not for " + std::string(own_machine().name);
  std::string other = program();
  other[18] = EM_S390;
  CHECK_THAT(why_not(other), ContainsSubstring(sentence));
  // The header of a 32-bit program, with no segments.
  std::string small(
      "\x7f"
      "ELF\1\1\1",
      7);
  small.resize(52);
  small[16] = 2;   // ET_EXEC
  small[18] = 3;   // EM_386
  small[20] = 1;   // version
  small[40] = 52;  // size of this header
  CHECK_THAT(why_not(small), ContainsSubstring(sentence));
}

TEST_CASE("another C library is told by its loader") {
  CHECK_THAT(why_not(with_loader("/lib/ld-musl-any.so.1")), ContainsSubstring("/lib/ld-musl-any.so.1"));
  CHECK(why_not(with_loader("/gnu" + kLoader.substr(kLoader.rfind('/')))).empty());
}

TEST_CASE("what is no program at all is told, at whatever byte it ends") {
  CHECK_THAT(why_not(""), ContainsSubstring("neither a whole ELF program nor a script"));
  CHECK_THAT(why_not("echo hello\n"), ContainsSubstring("gordian run -- /bin/sh /"));
  CHECK_THAT(why_not(program().substr(0, 100)), ContainsSubstring("neither a whole ELF program"));
  for (std::size_t size = 0; size < 4096; size += 7) CHECK_NOTHROW(why_not(program().substr(0, size)));
}

TEST_CASE("a damaged program is judged without harm") {
  const std::string whole = program();
  for (std::size_t i = 0; i < 400; ++i) {
    std::string bytes = whole;
    const std::size_t at =
        i < 200 ? i : whole.size() - 1 - (i - 200) * 7 % whole.size();  // headers; section table
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    CHECK_NOTHROW(why_not(bytes));
  }
}

TEST_CASE("set-user-ID, set-group-ID and capabilities are told") {
  CHECK_THAT(why_not(program(), 04755), ContainsSubstring("set-user-ID"));
  CHECK_THAT(why_not(program(), 02755), ContainsSubstring("set-group-ID"));
  ScratchDirectory scratch;
  write_program(scratch.file("program"), program());
  constexpr char kNetRaw[] =
      "\1\0\0\2\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0";  // vfs_cap_data, revision 2; 20 bytes
  if (::setxattr(scratch.file("program").c_str(), "security.capability", kNetRaw, sizeof kNetRaw, 0) != 0) {
    WARN("no right to set file capabilities here: they were not tested");
    return;
  }
  CHECK_THAT(why_not_watched(scratch.file("program")), ContainsSubstring("file capabilities"));
}

TEST_CASE("a script's call is what the kernel would make of its first line") {
  CHECK(call("#!/bin/sh") == Words{"/bin/sh", "SCRIPT", "--flag", "x"});
  CHECK(call("#! /bin/sh -e -u ") == Words{"/bin/sh", "-e -u", "SCRIPT", "--flag", "x"});
  CHECK(call("#!/bin/sh\t-e") == Words{"/bin/sh", "-e", "SCRIPT", "--flag", "x"});
  CHECK(call("#!").empty());
  CHECK(call("/bin/sh").empty());
}

TEST_CASE("what env would start is named in its place") {
  CHECK(call("#!/usr/bin/env python3") == Words{"python3", "SCRIPT", "--flag", "x"});
  CHECK(call("#!/usr/bin/env -S python3 -u") == Words{"python3", "-u", "SCRIPT", "--flag", "x"});
}

TEST_CASE("a name without a slash is looked for in PATH, in its order") {
  ScratchDirectory one;
  ScratchDirectory two;
  write_program(one.file("a-tool"), "", 0644);
  CHECK(find_program("a-tool", one.file("") + ":/nonexistent").status == kNotExecutable);
  CHECK(find_program("a-tool", "/nonexistent").status == kNotFound);
  CHECK(find_program("a-tool", "").status == kNotFound);
  write_program(two.file("a-tool"), "");
  CHECK(find_program("a-tool", one.file("x") + ":" + two.file(".")).path == two.file("./a-tool"));
  CHECK(find_program("a-tool", one.file(".") + ":" + two.file(".")).path == two.file("./a-tool"));
  CHECK(find_program("./a-tool", two.file(".")).status == kNotFound);
}

TEST_CASE("a directory is no program") {
  CHECK(find_program("/tmp", "").status == kNotExecutable);
  CHECK(find_program("tmp", "/").status == kNotExecutable);
}

TEST_CASE("words are quoted for a shell where they must be") {
  CHECK(shell_words({"a", "--b=c/d.e", "", "f g", "it's", "$x", "*"}) ==
        "a --b=c/d.e '' 'f g' 'it'\\''s' '$x' '*'");
}
