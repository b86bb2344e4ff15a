// version.cpp - see version.h.
#include "commands/version.h"

#include <elfutils/libdwfl.h>

#include "commands/source_commit.h"  // made by cmake/source_commit.cmake
#include "runtime/snapshot_format.h"

namespace gordian {
namespace {

std::string line(const char* name, const std::string& value) {
  return value.empty() ? "" : std::string("\n") + name + ": " + value;
}

}  // namespace

std::string version_text() {
  return "gordian " GORDIAN_VERSION + line("commit", kSourceCommit) +
         line("snapshot format", std::to_string(snapshot::kSnapshotVersion)) +
         line("runtime", GORDIAN_RUNTIME_NAME) + line("machine", GORDIAN_MACHINE) +
         line("compiler", GORDIAN_COMPILER) + line("build type", GORDIAN_BUILD_TYPE) +
         line("sanitizers", GORDIAN_SANITIZERS) + line("libdw", ::dwfl_version(nullptr));
}

}  // namespace gordian
