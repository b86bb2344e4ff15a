// ci_environment_test.cpp - which variables are believed, and when.
#include "commands/ci_environment.h"

#include "catch.h"
#include "commands/environment_variables.h"

using namespace gordian;
using namespace gordian::test;

TEST_CASE("outside CI nothing is known") {
  const CiVariables none;
  const CiEnvironment ci = ci_environment();
  CHECK_FALSE(ci.github);
  CHECK(ci.github_summary.empty());
  CHECK(ci.checkout.empty());
}

TEST_CASE("in a GitHub workflow its variables are believed") {
  const CiVariables github(
      {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", "/tmp/s"}, {"GITHUB_WORKSPACE", "/w"}});
  const CiEnvironment ci = ci_environment();
  CHECK(ci.github);
  CHECK(ci.github_summary == "/tmp/s");
  CHECK(ci.checkout == "/w");
}

TEST_CASE("outside a GitHub workflow its variables mean nothing") {
  const CiVariables left_over(
      {{"GITHUB_ACTIONS", "false"}, {"GITHUB_STEP_SUMMARY", "/tmp/s"}, {"GITHUB_WORKSPACE", "/w"}});
  const CiEnvironment ci = ci_environment();
  CHECK_FALSE(ci.github);
  CHECK(ci.github_summary.empty());
  CHECK(ci.checkout.empty());
}

TEST_CASE("GitLab says where the sources are") {
  {
    const CiVariables gitlab({{"GITLAB_CI", "true"}, {"CI_PROJECT_DIR", "/builds/p"}});
    CHECK(ci_environment().checkout == "/builds/p");
    CHECK_FALSE(ci_environment().github);
  }
  const std::map<std::string, std::string> left_over = {{"CI_PROJECT_DIR", "/builds/p"}};
  const CiVariables other(left_over);
  CHECK(ci_environment().checkout.empty());
}

TEST_CASE(
    "sources are shown from the checkout on, and from the working directory where no CI system says more") {
  CiEnvironment ci;
  CHECK(look_here(ci).directory == std::filesystem::current_path());
  CHECK(look_here(ci).checkout == std::filesystem::current_path());
  ci.checkout = "/builds/p";
  CHECK(look_here(ci).directory == std::filesystem::current_path());
  CHECK(look_here(ci).checkout == "/builds/p");
}
