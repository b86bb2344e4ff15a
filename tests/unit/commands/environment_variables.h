// environment_variables.h - variables of CI systems as a test wants them, whatever job runs the tests.
#pragma once

#include <stdlib.h>

#include <map>
#include <optional>
#include <string>

namespace gordian::test {

// From construction to destruction the environment has `variables`, and none that CI systems set beside them.
class CiVariables {
 public:
  explicit CiVariables(const std::map<std::string, std::string>& variables = {}) {
    for (const char* name :
         {"GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "GITLAB_CI", "CI_PROJECT_DIR"}) {
      const char* const value = ::getenv(name);
      before_[name] = value != nullptr ? std::optional<std::string>(value) : std::nullopt;
      const auto wanted = variables.find(name);
      set(name, wanted != variables.end() ? std::optional(wanted->second) : std::nullopt);
    }
  }
  ~CiVariables() {
    for (const auto& [name, value] : before_) set(name, value);
  }
  CiVariables(const CiVariables&) = delete;
  CiVariables& operator=(const CiVariables&) = delete;

 private:
  static void set(const std::string& name, const std::optional<std::string>& value) {
    if (value) {
      ::setenv(name.c_str(), value->c_str(), 1);
    } else {
      ::unsetenv(name.c_str());
    }
  }

  std::map<std::string, std::optional<std::string>> before_;
};

}  // namespace gordian::test
