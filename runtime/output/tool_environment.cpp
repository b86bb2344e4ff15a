// tool_environment.cpp - see tool_environment.h.
#include "output/tool_environment.h"

#include <string.h>
#include <unistd.h>

#include "base/starts_with.h"

extern "C" char** environ;

namespace gordian::rt {
namespace {

constexpr char kLibraryPath[] = "LD_LIBRARY_PATH=";
constinit const char* g_library_path = nullptr;  // the entry at the start

// What is meant for the runtime, or for a loader: LD_PRELOAD would load the runtime into the tool as well,
// LD_TRACE_LOADED_OBJECTS list its libraries instead of running it, and by LD_LIBRARY_PATH it would get those of what the
// program starts.
bool is_none_of_the_tools(const char* entry) noexcept {
  static constexpr const char* kNames[] = {"GORDIAN_OPTIONS=", "GORDIAN_RUN=", "GORDIAN_FOLLOW="};
  for (const char* name : kNames) {
    if (starts_with(entry, name)) return true;
  }
  return starts_with(entry, "LD_");
}

bool append(PageArray<char>& out, const char* entry) noexcept {
  const std::size_t size = strlen(entry) + 1;
  const std::size_t at = out.size();
  if (!out.resize(at + size)) return false;
  memcpy(&out[at], entry, size);
  return true;
}

}  // namespace

void note_library_path(char** environment) noexcept {
  for (char** e = environment; e != nullptr && *e != nullptr; ++e) {
    if (!starts_with(*e, kLibraryPath)) continue;
    const std::size_t size = strlen(*e) + 1;
    auto* const copy = static_cast<char*>(map_pages(size));
    if (copy == nullptr) return;
    memcpy(copy, *e, size);
    g_library_path = copy;
    return;
  }
}

bool copy_environment(PageArray<char>& out) noexcept {
  out.clear();
  const char* library_path = nullptr;
  for (char** e = environ; e != nullptr && *e != nullptr; ++e) {
    if (starts_with(*e, kLibraryPath)) library_path = g_library_path;
    if (!is_none_of_the_tools(*e) && !append(out, *e)) return false;
  }
  return library_path == nullptr || append(out, library_path);
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
