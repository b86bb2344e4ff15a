// frame_resolver_test.cpp - return addresses as functions, files and lines.
#include <unistd.h>

#include <filesystem>

#include "catch.h"
#include "loaded_fixture.h"
#include "program/frames/plumbing.h"
#include "program/frames/source_lines.h"

using namespace gordian;

namespace {

const std::string kFrames = std::string(FIXTURE_SOURCES) + "/frames.cpp";

}  // namespace

TEST_CASE("a return address is the line of its call", "[frames]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const auto frames = fixture.program().frames().frames_at(fixture.frame("ordinary"));
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].function == "zoo::ordinary(int, const char*)");
    REQUIRE(frames[0].file == kFrames);
    REQUIRE(frames[0].line == marked_line("frames.cpp", "ordinary"));
    CHECK(frames[0].module == fixture_path(build));
    CHECK(frames[0].offset == fixture.frame("ordinary") - 1 - fixture.module().bias);
    CHECK_FALSE(frames[0].inlined);
    CHECK(source_line(*frames[0].file, *frames[0].line) ==
          "const void* address = fixture_here();  // MARK ordinary");
  }
}

TEST_CASE("inlined calls are frames of their own", "[frames]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const auto frames = fixture.program().frames().frames_at(fixture.frame("inlined"));
    REQUIRE(frames.size() == 3);
    CHECK(frames[0].function == "zoo::Walker::deepest()");
    CHECK(frames[0].line == marked_line("frames.cpp", "deepest"));
    CHECK(frames[0].inlined);
    CHECK(frames[1].function == "zoo::middle()");
    CHECK(frames[1].line == marked_line("frames.cpp", "middle"));
    CHECK(frames[1].inlined);
    CHECK(frames[2].function == "zoo::Walker::walk() const");
    CHECK(frames[2].line == marked_line("frames.cpp", "walk"));
    CHECK_FALSE(frames[2].inlined);
    for (const Frame& frame : frames) {
      CHECK(frame.file == kFrames);
      CHECK_FALSE(is_plumbing(frame));
    }
  }
}

TEST_CASE("a template function is named without its return type", "[frames]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const auto frames = fixture.program().frames().frames_at(fixture.frame("templated"));
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].function == "zoo::templated<char>(char*)");
  }
}

TEST_CASE("a lambda called by the library is the user's frame", "[frames]") {
  for (const std::string& build : fixture_builds()) {
    INFO(build);
    LoadedFixture fixture(fixture_path(build));
    const auto frames = fixture.program().frames().frames_at(fixture.frame("lambda"));
    REQUIRE_FALSE(frames.empty());
    REQUIRE(frames[0].function);
    INFO(*frames[0].function);
    CHECK(frames[0].line == marked_line("frames.cpp", "lambda"));
    CHECK(frames[0].function->starts_with("in_lambda()::"));
    CHECK_FALSE(is_plumbing(frames[0]));
    for (const Frame& frame : frames) {
      const std::string function = frame.function.value_or("");
      CHECK(is_plumbing(frame) == function.starts_with("std::"));
    }
  }
}

TEST_CASE("without debug info the symbols remain, and a note", "[frames]") {
  LoadedFixture fixture(fixture_path("g++-stripped"));
  const auto frames = fixture.program().frames().frames_at(fixture.frame("ordinary"));
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].function == "zoo::ordinary(int, const char*)");
  CHECK(frames[0].file == std::nullopt);
  CHECK(frames[0].line == std::nullopt);
  REQUIRE(fixture.program().notes().size() == 1);
  fixture.program().frames().frames_at(fixture.frame("ordinary"));
  fixture.program().frames().frames_at(fixture.frame("templated"));
  CHECK(fixture.program().notes().size() == 1);
}

TEST_CASE("an address in no module is a frame with nothing but its offset", "[frames]") {
  LoadedFixture fixture(fixture_path("g++-O0"));
  for (const std::uint64_t pc : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
    const auto frames = fixture.program().frames().frames_at(pc);
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].function == std::nullopt);
    CHECK(frames[0].module.empty());
  }
  CHECK(fixture.program().notes().empty());
}

TEST_CASE("a run-time library's debug info is left alone: symbols, no line and no note", "[frames]") {
  const auto link = std::filesystem::temp_directory_path() / ("libm.so.6." + std::to_string(::getpid()));
  std::filesystem::create_symlink(fixture_path("g++-O0"), link);
  LoadedFixture fixture(fixture_path("g++-O0"));
  fixture.module().path = link;
  const auto frames = fixture.program().frames().frames_at(fixture.frame("ordinary"));
  std::filesystem::remove(link);
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].function == "zoo::ordinary(int, const char*)");
  CHECK(frames[0].file == std::nullopt);
  CHECK(fixture.program().notes().empty());
}

TEST_CASE("start-up frames of libc bring no note", "[frames]") {
  LoadedFixture fixture(fixture_path("g++-O0"));
  for (const Module& module : fixture.snapshot().modules) {
    if (module.path.find("libc.so") != std::string::npos) {
      fixture.program().frames().frames_at(module.low + 0x27000);
    }
  }
  CHECK(fixture.program().notes().empty());
}
