// preload.h - what makes the dynamic loader bring the runtime into a program.
//
// The counterpart in the program, which takes it out again, is runtime/start/preload.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gordian {

// libgordian.so beside this very tool, as it lies in the build tree and in an installed one.
// Throws Error when it is not there, or where LD_PRELOAD cannot name it.
std::string find_runtime();

// Why the loader would find no room for `runtime` in the program `path`, under this process's limits of memory: it says
// so in words of its own and starts the program without. "" where there is room.
// Throws Error when one of the files cannot be read.
std::string why_no_room(const std::string& runtime, const std::string& path);

// The sanitizer that comes before all libraries in every program that is started from here
// (LD_PRELOAD, /etc/ld.so.preload); "" without one.
std::string preloaded_sanitizer();

struct Preload {
  std::string runtime;                // find_runtime()
  std::string options;                // key=value:key=value
  std::optional<std::string> follow;  // the glob, with --follow
};

// `environment`, entries NAME=value, with the preload in it. An earlier one of ours, of a
// `gordian run --follow` that we run under, is replaced.
std::vector<std::string> preloaded_environment(std::vector<std::string> environment, const Preload& preload);

}  // namespace gordian
