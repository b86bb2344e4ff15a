// ci_environment.cpp - the documented variables of GitHub and GitLab.
#include "commands/ci_environment.h"

#include <cstdlib>

namespace gordian {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

CiEnvironment ci_environment() {
  CiEnvironment ci;
  ci.github = variable("GITHUB_ACTIONS") == "true";
  if (ci.github) {
    ci.github_summary = variable("GITHUB_STEP_SUMMARY");
    ci.checkout = variable("GITHUB_WORKSPACE");
  } else if (variable("GITLAB_CI") == "true") {
    ci.checkout = variable("CI_PROJECT_DIR");
  }
  return ci;
}

}  // namespace gordian
