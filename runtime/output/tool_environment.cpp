// tool_environment.cpp - see tool_environment.h.
#include "output/tool_environment.h"

#include <string.h>
#include <unistd.h>

#include "base/starts_with.h"

extern "C" char** environ;

namespace gordian::rt {
namespace {

// What is meant for the runtime, or for the program's loader: LD_PRELOAD would load the runtime into the tool as well,
// LD_TRACE_LOADED_OBJECTS list its libraries instead of running it. Where libraries are found is the tool's, too.
bool is_none_of_the_tools(const char* entry) noexcept {
  static constexpr const char* kNames[] = {"GORDIAN_OPTIONS=", "GORDIAN_RUN=", "GORDIAN_FOLLOW="};
  for (const char* name : kNames) {
    if (starts_with(entry, name)) return true;
  }
  return starts_with(entry, "LD_") && !starts_with(entry, "LD_LIBRARY_PATH=");
}

}  // namespace

bool copy_environment(PageArray<char>& out) noexcept {
  out.clear();
  for (char** e = environ; e != nullptr && *e != nullptr; ++e) {
    if (is_none_of_the_tools(*e)) continue;
    const std::size_t size = strlen(*e) + 1;
    const std::size_t at = out.size();
    if (!out.resize(at + size)) return false;
    memcpy(&out[at], *e, size);
  }
  return true;
}

const char* find_in_environment(const PageArray<char>& environment, const char* name) noexcept {
  const std::size_t length = strlen(name);
  const char* found = nullptr;
  for (std::size_t at = 0; at < environment.size(); at += strlen(&environment[at]) + 1) {
    if (strncmp(&environment[at], name, length) == 0) found = &environment[at + length];
  }
  return found;
}

}  // namespace gordian::rt
