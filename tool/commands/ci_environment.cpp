// ci_environment.cpp - the documented variables of GitHub and GitLab.
#include "commands/ci_environment.h"

#include <cstdlib>
#include <system_error>

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

std::filesystem::path current_directory() {
  std::error_code ignored;
  return std::filesystem::current_path(ignored);
}

Look look_here(const CiEnvironment& ci) {
  Look look;
  look.directory = current_directory();
  look.checkout = ci.checkout.empty() ? look.directory : ci.checkout;
  return look;
}

}  // namespace gordian
