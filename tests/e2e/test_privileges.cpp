// test_privileges.cpp - a program with more rights than its user does nothing that its user asks of gordian,
// one that gives rights up is checked, and no tool is run that somebody else may have put there.
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <fstream>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

using std::filesystem::path;

void write_program(const path& place, const std::string& text, unsigned mode = 0755) {
  std::ofstream(place) << "#!/bin/sh\n" << text << "\n";
  REQUIRE(::chmod(place.c_str(), mode) == 0);
}

// A directory that every user may enter, with a program in it that is called like the tool, and tells that it
// was run.
class Trap {
 public:
  Trap() {
    std::filesystem::create_directory(at("bin"));
    for (const char* name : {"", "bin"}) REQUIRE(::chmod(at(name).c_str(), 0755) == 0);
    REQUIRE(::mkdir(at("open").c_str(), 0755) == 0);
    REQUIRE(::chmod(at("open").c_str(), 01777) == 0);  // where the trapped program could write
    write_program(at("bin/gordian"), "id -u > " + at("open/ran").string() + "\nexit 1");
  }
  path at(const std::string& name) const { return scratch_ / name; }

  // All that a user can ask for by the environment.
  std::map<std::string, std::string> environment() const {
    std::string options = "tool=" + at("bin/gordian").string() + ":verbosity=2:help=1:check_every=1";
    for (const char* format : {"json", "text", "html", "snapshot"})
      options += std::string(":") + format + "=" + at("open").string() + "/" + format;
    return {{"GORDIAN_OPTIONS", options},
            {"GORDIAN_RUN", options},
            {"GORDIAN_FOLLOW", "*"},
            {"PATH", at("bin").string() + ":/usr/bin:/bin"}};
  }
  bool is_empty() const { return std::filesystem::is_empty(at("open")); }

 private:
  ScratchDirectory scratch_;
};

std::vector<std::string> as_nobody(const std::vector<std::string>& words) {
  std::vector<std::string> all = {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                                  "--"};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

Outcome run_in(const Trap& trap, const std::vector<std::string>& words) {
  Command command;
  command.arguments = words;
  command.environment = trap.environment();
  return run(command);
}

bool is_root_here() {
  if (is_emulated() || ::geteuid() != 0) {
    WARN("skipped: only root, on the machine itself, can give a program more rights than its user has");
    return false;
  }
  return true;
}

path copy_of_ring(const Trap& trap, const std::string& program = "privileged_ring") {
  const path copy = trap.at(program);
  std::filesystem::copy_file(program_path(program), copy);
  REQUIRE(::chmod(copy.c_str(), 0755) == 0);
  return copy;
}

// Adds CAP_NET_BIND_SERVICE, as setcap(8) does.
bool set_capability(const path& file) {
  vfs_cap_data data{};
  data.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE;
  data.data[0].permitted = 1u << CAP_NET_BIND_SERVICE;
  return ::setxattr(file.c_str(), "security.capability", &data, sizeof data, 0) == 0;
}

// Runs it as nobody, and with nothing that it could say or do be asked for in vain.
void check_silent(const Trap& trap, const path& program) {
  const Outcome outcome = run_in(trap, as_nobody({program.string()}));
  INFO(outcome.err);
  if (contains(outcome.out, "secure 0") || contains(outcome.err, "setpriv")) {
    WARN(
        "skipped: this system gives nobody more rights by a file (nosuid), or nobody may not read the build");
    return;
  }
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "secure 1, checked 0\n");
  CHECK(outcome.err.empty());
  CHECK(trap.is_empty());
}

}  // namespace

TEST_CASE("a program without more rights does what the environment asks") {
  const Trap trap;
  const Outcome outcome = run_in(trap, {copy_of_ring(trap).string()});
  INFO(outcome.err);
  CHECK(outcome.status == 23);
  CHECK(outcome.out == "secure 0, checked 1\n");
  CHECK(std::filesystem::exists(trap.at("open/ran")));
  CHECK(std::filesystem::exists(trap.at("open/snapshot")));
}

TEST_CASE("a set-user-ID or set-group-ID program runs no tool, writes no file and says nothing") {
  if (!is_root_here()) return;
  for (const unsigned bit : {04000u, 02000u}) {
    const Trap trap;
    const path program = copy_of_ring(trap);
    REQUIRE(::chmod(program.c_str(), 0755 | bit) == 0);
    check_silent(trap, program);
  }
}

TEST_CASE("a program with file capabilities runs no tool, writes no file and says nothing") {
  if (!is_root_here()) return;
  const Trap trap;
  const path program = copy_of_ring(trap);
  if (!set_capability(program)) {
    WARN("skipped: no file can be given capabilities here");
    return;
  }
  check_silent(trap, program);
}

TEST_CASE("gordian run says of a program with more rights that it is not started") {
  if (!is_root_here()) return;
  const Trap trap;
  const path program = copy_of_ring(trap, "privileged_ring.bare");
  const auto check_refused = [&](const std::string& why) {
    const Outcome outcome = run_tool({"run", "--", program.string()});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == "gordian: " + program.string() + why +
                             ", so the loader keeps gordian out of it; run a plain copy\n");
  };
  REQUIRE(::chmod(program.c_str(), 04755) == 0);
  check_refused(" is set-user-ID or set-group-ID");
  REQUIRE(::chmod(program.c_str(), 0755) == 0);
  if (set_capability(program)) check_refused(" has file capabilities");
}

TEST_CASE("what a followed program starts with more rights runs as without gordian") {
  if (!is_root_here()) return;
  const Trap trap;
  const path program = copy_of_ring(trap, "privileged_ring.bare");
  const std::string snapshot = "--snapshot=" + trap.at("open").string() + "/%p";
  Command command;
  command.arguments = as_nobody(
      {GORDIAN_TOOL, "run", "--follow", snapshot, "--", "/bin/sh", "-c", program.string() + "; exit $?"});
  const Outcome plain = run(command);
  if (contains(plain.err, "setpriv")) {
    WARN("skipped: nobody may not read the build");
    return;
  }
  CHECK(plain.status == 23);
  CHECK(contains(plain.err, "Obj::self"));
  CHECK_FALSE(trap.is_empty());
  for (const auto& kept : std::filesystem::directory_iterator(trap.at("open"))) std::filesystem::remove(kept);
  REQUIRE(::chmod(program.c_str(), 04755) == 0);
  const Outcome outcome = run(command);
  INFO(outcome.err);
  if (contains(outcome.out, "secure 0")) {
    WARN("skipped: this system gives nobody more rights by a file (nosuid)");
    return;
  }
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.out, "secure 1"));
  CHECK(outcome.err.empty());
}

TEST_CASE("a program that gives rights up after its start is checked with those it has left") {
  std::vector<std::vector<std::string>> rights = {{}, {"gain"}, {"dump"}, {"gain", "dump"}};
  if (::geteuid() == 0 && !is_emulated())
    rights.insert(rights.end(), {{"user"}, {"user", "gain"}, {"user", "dump"}});
  for (const auto& words : rights) {
    for (const bool linked : {true, false}) {
      Command command;
      if (!linked) command.arguments = {GORDIAN_TOOL, "run", "--"};
      command.arguments.push_back(program_path(linked ? "privileged_ring" : "privileged_ring.bare"));
      command.arguments.insert(command.arguments.end(), words.begin(), words.end());
      const Outcome outcome = run(command);
      INFO((linked ? "linked" : "gordian run")
           << " " << Catch::StringMaker<decltype(words)>::convert(words) << ": " << outcome.err);
      if (contains(outcome.err, "Permission denied")) {
        WARN("skipped: nobody may not run the tool in the build");
        continue;
      }
      CHECK(outcome.status == 23);
      CHECK(contains(outcome.out, "secure 0"));
      CHECK(contains(outcome.err, "Obj::self"));
    }
  }
}

TEST_CASE("a tool that everybody may write or replace is not run from PATH, and the next one is") {
  const Trap trap;
  std::filesystem::create_directories(trap.at("far/from/any"));
  std::filesystem::copy_file(GORDIAN_RUNTIME, trap.at("far/from/any/libgordian.so.0"));
  std::filesystem::create_directory(trap.at("good"));
  std::filesystem::create_symlink(GORDIAN_TOOL, trap.at("good/gordian"));
  const std::string bin = trap.at("bin").string();
  const auto run_with = [&](const std::string& search_path) {
    Command command;
    command.arguments = {program_path("ring")};
    command.environment = {{"LD_LIBRARY_PATH", trap.at("far/from/any").string()}, {"PATH", search_path}};
    return run(command);
  };
  CHECK(run_with(bin + ":/usr/bin").status == 23);  // the trap's own ends with 1
  REQUIRE(std::filesystem::remove(trap.at("open/ran")));
  const auto check_distrusted = [&] {
    const Outcome refused = run_with("/nonexistent::" + bin);
    CHECK(refused.status == 24);
    CHECK(refused.out == "alive alive alive\n");
    CHECK(refused.err.rfind("gordian: did not run " + bin + "/gordian, which everybody may write or replace;",
                            0) == 0);
    CHECK(contains(run_with(bin + ":" + trap.at("good").string()).err, "Obj::a"));
    CHECK(trap.is_empty());
  };
  REQUIRE(::chmod(bin.c_str(), 01777) == 0);  // as /tmp is
  check_distrusted();
  REQUIRE(::chmod(bin.c_str(), 0755) == 0);
  REQUIRE(::chmod((bin + "/gordian").c_str(), 0777) == 0);
  check_distrusted();
}
