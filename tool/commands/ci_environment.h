// ci_environment.h - what a CI system says of itself in the environment of its jobs.
#pragma once

#include <filesystem>
#include <string>

namespace gordian {

struct CiEnvironment {
  bool github = false;             // a step of a GitHub workflow: its log is read for annotations
  std::string github_summary;      // the file that the step's summary is appended to; "" when there is none
  std::filesystem::path checkout;  // the root of the sources: GitHub's or GitLab's; "" when neither says
};

// As the environment is now.
CiEnvironment ci_environment();

}  // namespace gordian
