// options_test.cpp - start/options.h
#include <unistd.h>

#include <memory>
#include <string>

#include "catch.h"
#include "start/options.h"

using gordian::rt::Options;

namespace {

std::unique_ptr<Options> parse(const char* text) {
  auto options = std::make_unique<Options>();
  gordian::rt::parse_options(text, "GORDIAN_OPTIONS", *options);
  return options;
}

std::string fault(const char* text) {
  return parse(text)->fault;
}

}  // namespace

TEST_CASE("no options, or empty ones, leave the defaults") {
  for (const char* text : {static_cast<const char*>(nullptr), "", ":", "::: "}) {
    const auto o = parse(text);
    CHECK(o->exitcode == 23);
    CHECK(o->error_exitcode == 24);
    CHECK(o->depth == 32);
    CHECK(o->check_at_exit);
    CHECK(std::string(o->fail_on) == "cycles");
    CHECK(std::string(o->fault).empty());
  }
}

TEST_CASE("every kind of option is read") {
  const auto o = parse("exitcode=7:fail_on=orphans:check_at_exit=0:json=/tmp/%p.json:depth=256");
  CHECK(std::string(o->fault).empty());
  CHECK(o->exitcode == 7);
  CHECK(std::string(o->fail_on) == "orphans");
  CHECK_FALSE(o->check_at_exit);
  CHECK(std::string(o->json) == "/tmp/%p.json");
  CHECK(o->depth == 256);
}

TEST_CASE("a quoted value may hold a colon") {
  CHECK(std::string(parse("json='/tmp/a:b':exitcode=5")->json) == "/tmp/a:b");
  CHECK(parse("json=\"/tmp/a:b\":exitcode=5")->exitcode == 5);
}

TEST_CASE("a relative path means the directory of the start") {
  char here[4096];
  REQUIRE(getcwd(here, sizeof here) != nullptr);
  CHECK(std::string(parse("json=out/r.json")->json) == std::string(here) + "/out/r.json");
}

TEST_CASE("the later of two lists wins") {
  auto options = std::make_unique<Options>();
  gordian::rt::parse_options("exitcode=5:depth=8", "gordian_default_options()", *options);
  gordian::rt::parse_options("exitcode=6", "GORDIAN_OPTIONS", *options);
  CHECK(options->exitcode == 6);
  CHECK(options->depth == 8);
}

TEST_CASE("each fault is told with the word that is wrong") {
  CHECK(fault("exitcod=5") == "GORDIAN_OPTIONS: unknown option 'exitcod'; GORDIAN_OPTIONS=help=1 lists them");
  CHECK(fault("exitcode") == "GORDIAN_OPTIONS: 'exitcode' has no value; write key=value:key=value");
  CHECK(fault("exitcode=") == "GORDIAN_OPTIONS: 'exitcode=' is no whole number from 0 to 255");
  CHECK(fault("exitcode=256") == "GORDIAN_OPTIONS: 'exitcode=256' is no whole number from 0 to 255");
  CHECK(fault("exitcode=-1") == "GORDIAN_OPTIONS: 'exitcode=-1' is no whole number from 0 to 255");
  CHECK(fault("depth=0x10") == "GORDIAN_OPTIONS: 'depth=0x10' is no whole number from 1 to 256");
  CHECK(fault("help=yes") == "GORDIAN_OPTIONS: 'help=yes' is neither 0 nor 1");
  CHECK(fault("fail_on=leaks") == "GORDIAN_OPTIONS: 'fail_on=leaks' is none of cycles|orphans|none");
  CHECK(fault("json=") == "GORDIAN_OPTIONS: 'json=' is no path, or too long");
  CHECK(fault("json='x") == "GORDIAN_OPTIONS: the quote after 'json=' is never closed");
  CHECK(fault(("json=/" + std::string(5000, 'x')).c_str()).find("too long") != std::string::npos);
}

TEST_CASE("of several faults the first is told, and what is right is read all the same") {
  const auto o = parse("exitcod=5:depth=8:jsno=x:check_on=USR1");
  CHECK(std::string(o->fault) ==
        "GORDIAN_OPTIONS: unknown option 'exitcod'; GORDIAN_OPTIONS=help=1 lists them");
  CHECK(o->depth == 8);
  CHECK(std::string(o->check_on) == "USR1");
}

TEST_CASE("that a program is to be asked is known, whatever is wrong with how") {
  for (const char* text : {"check_on=USR1", "check_on=USER1", "x=1:check_every=60", "json='x:check_on=USR1"})
    CHECK(parse(text)->is_to_be_asked);
  CHECK_FALSE(parse("exitcode=5")->is_to_be_asked);
  CHECK_FALSE(parse("")->is_to_be_asked);
}

TEST_CASE("a fault longer than its room is cut, not written past it") {
  CHECK(fault((std::string(2000, 'k') + "=1").c_str()).size() < sizeof(Options::fault));
}
