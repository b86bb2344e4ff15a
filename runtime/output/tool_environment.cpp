// tool_environment.cpp - see tool_environment.h.
#include "output/tool_environment.h"

#include <string.h>
#include <unistd.h>

extern "C" char** environ;

namespace gordian::rt {
namespace {

// What would load the runtime into the tool as well, or is meant for the runtime.
bool is_none_of_the_tools(const char* entry) noexcept {
  static constexpr const char* kNames[] = {"LD_PRELOAD=", "GORDIAN_OPTIONS=", "GORDIAN_RUN=", "GORDIAN_FOLLOW="};
  for (const char* name : kNames) {
    if (strncmp(entry, name, strlen(name)) == 0) return true;
  }
  return false;
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
