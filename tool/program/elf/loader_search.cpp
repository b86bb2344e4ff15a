// loader_search.cpp - see loader_search.h.
#include "program/elf/loader_search.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "program/elf/machine.h"

namespace gordian {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostModules = 10000;  // a file that a stranger made may need any number of names

std::string multiarch() {
  return "lib/" + std::string(own_machine().name) + "-linux-gnu";
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// What the loader makes of a directory, or of a library's name, in a file that lies in `origin`. What $LIB
// stands for is the distribution's choice.
std::vector<std::string> expanded(std::string text, const std::string& origin) {
  for (const char* form : {"$ORIGIN", "${ORIGIN}"}) replace_all(text, form, origin);
  for (const char* form : {"$PLATFORM", "${PLATFORM}"}) {
    replace_all(text, form, std::string(own_machine().name));
  }
  replace_all(text, "${LIB}", "$LIB");
  if (text.find("$LIB") == std::string::npos) return {text};
  std::vector<std::string> choices;
  for (const std::string& lib : {multiarch(), std::string("lib64"), std::string("lib")}) {
    choices.push_back(text);
    replace_all(choices.back(), "$LIB", lib);
  }
  return choices;
}

// The directories of an RPATH, of a RUNPATH or of LD_LIBRARY_PATH.
std::vector<std::string> split_path(const std::string& path, const std::string& origin) {
  std::vector<std::string> directories;
  for (std::size_t at = 0; !path.empty() && at <= path.size();) {
    const std::size_t end = std::min(path.find_first_of(":;", at), path.size());
    const std::string directory = path.substr(at, end - at);
    at = end + 1;
    const auto choices = expanded(directory.empty() ? "." : directory, origin);
    directories.insert(directories.end(), choices.begin(), choices.end());
  }
  return directories;
}

class Search {
 public:
  Search(const std::string& program, const LoaderPlaces& places) : places_(places) {
    modules_.push_back({program, program, read_executable(program), 0});
    for (std::size_t i = 0; i < modules_.size(); ++i) {
      const std::vector<std::string> needed = modules_[i].file.needed;
      for (const std::string& name : needed) {
        if (modules_.size() < kMostModules && !is_loaded(name, i)) load(name, i);
      }
    }
  }
  std::vector<LoadedModule> take() { return std::move(modules_); }

 private:
  // A name with $ORIGIN in it is another one in another directory.
  bool is_loaded(const std::string& name, std::size_t by) const {
    const bool relative = name.find('$') != std::string::npos;
    return std::any_of(modules_.begin(), modules_.end(), [&](const LoadedModule& module) {
      if (module.name == name) return !relative || origin_of(module.needed_by) == origin_of(by);
      return !module.file.soname.empty() && module.file.soname == name;
    });
  }

  // One for another machine or word size is passed over, as the loader does.
  static std::optional<Executable> library_at(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return std::nullopt;
    try {
      Executable file = read_executable(path);
      if (file.kind == Executable::Kind::ours) return file;
    } catch (const Error&) {  // not readable for us
    }
    return std::nullopt;
  }

  void load(const std::string& name, std::size_t by) {
    LoadedModule module{name, "", {}, by};
    for (const std::string& path : candidates(name, by)) {
      if (auto file = library_at(path)) {
        module.path = path;
        module.file = std::move(*file);
        break;
      }
    }
    std::error_code error;
    const bool known =
        !module.path.empty() && std::any_of(modules_.begin(), modules_.end(), [&](const LoadedModule& other) {
          return !other.path.empty() && fs::equivalent(other.path, module.path, error);
        });
    if (!known) modules_.push_back(std::move(module));
  }

  std::string origin_of(std::size_t index) const {
    std::error_code error;
    const fs::path whole = fs::absolute(modules_[index].path, error);
    return whole.parent_path().string();
  }

  void add(std::vector<std::string>& paths, const std::vector<std::string>& directories,
           const std::string& name) const {
    for (const auto& directory : directories) {
      paths.push_back(directory);
      paths.back().append("/").append(name);
    }
  }

  std::vector<std::string> candidates(const std::string& name, std::size_t by) const {
    if (name.find('/') != std::string::npos) return expanded(name, origin_of(by));
    std::vector<std::string> paths;
    const Executable& file = modules_[by].file;
    // An RPATH holds for what a library needs in turn, a RUNPATH does not.
    for (std::size_t i = by; file.runpath.empty(); i = modules_[i].needed_by) {
      const Executable& asker = modules_[i].file;
      if (asker.runpath.empty()) add(paths, split_path(asker.rpath, origin_of(i)), name);
      if (i == 0) break;
    }
    add(paths, split_path(places_.library_path, origin_of(0)), name);
    add(paths, split_path(file.runpath, origin_of(by)), name);
    const auto& cached = places_.cache.find(name);
    paths.insert(paths.end(), cached.begin(), cached.end());
    add(paths, places_.directories, name);
    return paths;
  }

  const LoaderPlaces& places_;
  std::vector<LoadedModule> modules_;
};

}  // namespace

LoaderPlaces LoaderPlaces::of_this_machine() {
  LoaderPlaces places;
  if (const char* path = std::getenv("LD_LIBRARY_PATH")) places.library_path = path;
  std::ifstream in("/etc/ld.so.cache", std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  places.cache = LoaderCache(bytes.str());
  for (const std::string& lib : {multiarch(), std::string("lib64"), std::string("lib")}) {
    places.directories.push_back("/" + lib);
    places.directories.push_back("/usr/" + lib);
  }
  return places;
}

std::vector<LoadedModule> modules_of(const std::string& program, const LoaderPlaces& places) {
  return Search(program, places).take();
}

}  // namespace gordian
