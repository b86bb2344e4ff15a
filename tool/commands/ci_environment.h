// ci_environment.h - what a CI system says of itself in the environment of its jobs, and what reports make of
// it.
#pragma once

#include <filesystem>
#include <string>

#include "report/formats.h"

namespace gordian {

struct CiEnvironment {
  bool github = false;             // a step of a GitHub workflow: its log is read for annotations
  std::string github_summary;      // the file that the step's summary is appended to; "" when there is none
  std::filesystem::path checkout;  // the root of the sources: GitHub's or GitLab's; "" when neither says
};

// As the environment is now.
CiEnvironment ci_environment();

// The working directory; "" where it was removed under us: then paths are shown as they are.
std::filesystem::path current_directory();

// Paths as they are shown to who works here: the checkout is where `ci` says, else the working directory.
Look look_here(const CiEnvironment& ci);

}  // namespace gordian
