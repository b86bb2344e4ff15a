// preload.cpp - see preload.h.
#include "commands/preload.h"

#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/error.h"
#include "program/elf/allocators.h"

namespace gordian {
namespace {

constexpr std::string_view kRun = "GORDIAN_RUN=";
constexpr std::string_view kFollow = "GORDIAN_FOLLOW=";
constexpr std::string_view kPreload = "LD_PRELOAD=";

// The loader splits LD_PRELOAD at spaces and colons and expands $ORIGIN and the like.
constexpr const char* kNotInLdPreload = " \t\n:$";

using Environment = std::vector<std::string>;

Environment::iterator find(Environment& environment, std::string_view name) {
  return std::find_if(environment.begin(), environment.end(),
                      [&](const std::string& entry) { return entry.rfind(name, 0) == 0; });
}

void remove(Environment& environment, std::string_view name) {
  if (const auto entry = find(environment, name); entry != environment.end()) environment.erase(entry);
}

bool is_limited() {
  for (const auto resource : {RLIMIT_AS, RLIMIT_DATA}) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) return true;
  }
  return false;
}

// Whether this process could map so much more now. What it has mapped itself, libraries for debug
// info among that, stands for what a program has by then besides its file: the loader, a stack.
bool can_map(std::uint64_t size, int protection) {
  if (size == 0) return true;
  void* const place = ::mmap(nullptr, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED) return false;
  ::munmap(place, size);
  return true;
}

// As the runtime does it in a program that is not followed.
void remove_outer_run(Environment& environment, const std::string& runtime) {
  if (find(environment, kRun) == environment.end()) return;
  remove(environment, kRun);
  remove(environment, kFollow);
  const auto preload = find(environment, kPreload);
  if (preload == environment.end()) return;
  const std::string ours = std::string(kPreload) + runtime;
  if (*preload == ours) {
    environment.erase(preload);
  } else if (preload->rfind(ours + ":", 0) == 0) {
    preload->erase(kPreload.size(), runtime.size() + 1);
  }
}

}  // namespace

std::string find_runtime() {
  std::error_code error;
  const auto tool = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) throw Error("/proc/self/exe cannot be read: " + error.message() + "; is /proc mounted?");
  // Where CMake installs it, where a package of Debian's has it, and where the build tree has it.
  for (const char* directory : {GORDIAN_LIBDIR_FROM_BINDIR, "../" GORDIAN_PACKAGE_LIBDIR, "../lib"}) {
    const auto path = (tool.parent_path() / directory / GORDIAN_RUNTIME_NAME).lexically_normal();
    if (!std::filesystem::exists(path, error)) continue;
    if (path.string().find_first_of(kNotInLdPreload) != std::string::npos) {
      throw Error(path.string() + ": LD_PRELOAD takes no path with a space, a colon or a $ in it; " +
                  "install gordian in another directory");
    }
    return path.string();
  }
  throw Error(
      (tool.parent_path() / GORDIAN_LIBDIR_FROM_BINDIR / GORDIAN_RUNTIME_NAME).lexically_normal().string() +
      " is not there; install gordian's library together with its tool");
}

std::string why_no_room(const std::string& runtime, const std::string& path) {
  if (!is_limited()) return "";
  const std::uint64_t span = read_executable(runtime).span;
  // What nobody may read or write is address space (ulimit -v), but no data (ulimit -d), of which the runtime has most.
  if (can_map(span, PROT_READ | PROT_WRITE) && can_map(span + read_executable(path).span, PROT_NONE)) return "";
  return "the limit of memory (ulimit -v or -d) leaves " + path + " no room for gordian's library, which takes " +
         std::to_string(span / 1000000) + " MB; raise it";
}

std::string preloaded_sanitizer() {
  // What was preloaded into this process will be into the program.
  for (const Sanitizer& sanitizer : kSanitizers) {
    Dl_info place{};
    void* const found = ::dlsym(RTLD_NEXT, sanitizer.function);
    if (found != nullptr && ::dladdr(found, &place) != 0 && place.dli_fname != nullptr)
      return place.dli_fname;
  }
  return "";
}

Environment preloaded_environment(Environment environment, const Preload& preload) {
  remove_outer_run(environment, preload.runtime);
  // Found again by the runtime as the first name in the list. One that was set and empty stays
  // known by the colon.
  if (const auto before = find(environment, kPreload); before != environment.end()) {
    before->insert(kPreload.size(), preload.runtime + ":");
  } else {
    environment.push_back(std::string(kPreload) + preload.runtime);
  }
  environment.push_back(std::string(kRun) + "named:" + preload.options);
  if (preload.follow) environment.push_back(std::string(kFollow) + *preload.follow);
  return environment;
}

}  // namespace gordian
