#!/usr/bin/env bash
# build_systems.sh - projects of other people, which use the installed gordian, have their tests checked by CTest, Meson and
# make: what leaks fails, its twin passes, and what all have left is one report. Their CI systems do what samples/ci says.
#
#   build_systems.sh BUILD_DIR SOURCE_DIR CXX_COMPILER
set -euo pipefail
build=$1 source=$2
export CXX=$3
unset GORDIAN_OPTIONS GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITLAB_CI

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "build_systems: $*" >&2; exit 1; }

# Linked programs may find gordian in any place. `gordian run` takes one without a space.
cmake --install "$build" --prefix "$work/prefix" >"$work/install.log" || { cat "$work/install.log"; exit 1; }
cp -r -- "$work/prefix" "$work/a prefix"

# Runs a command that must end with the status $1; its output is in $work/output.
expect_status() {
  local wanted=$1 status=0
  shift
  "$@" >"$work/output" 2>&1 || status=$?
  if [ "$wanted" = failure ] && [ "$status" -ne 0 ]; then return; fi
  [ "$status" = "$wanted" ] || { cat "$work/output"; fail "$* ended with $status, not $wanted"; }
}

# The suites of the JUnit XML $1, a line each: "passed leaks_test"; a document that is not well-formed fails.
suites() {
  python3 - "$1" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
for suite in tree.parse(sys.argv[1]).getroot().iter("testsuite"):
    print("passed" if suite.get("failures") == "0" else "failed", suite.get("name").removeprefix("gordian "))
PYTHON
}

expect_suites() {
  local found
  found=$(suites "$1")
  [ "$found" = "$2" ] || { cat "$1"; fail "the suites of $1 are
$found
and not
$2"; }
}

project="$work/a project"
both='passed clean_test
failed leaks_test'

echo "== CMake: samples/project by its presets, in a path with a space"
cp -r -- "$source/samples/project" "$project"
(
  cd -- "$project"
  export CMAKE_PREFIX_PATH="$work/a prefix"
  expect_status 0 cmake --preset gordian
  expect_status 0 cmake --build --preset gordian
  expect_status 8 ctest --preset gordian
  grep -q '75% tests passed, 1 tests failed out of 4' "$work/output" || { cat "$work/output"; fail "not only leaks_test failed"; }
  grep -q 'Session::on_close' "$work/output" || fail "the report is not in the output of the test"
  for report in json junit.xml html sarif md; do
    [ -s "build-gordian/gordian-reports/all.$report" ] || fail "all.$report was not made"
  done
  expect_suites build-gordian/gordian-reports/all.junit.xml "$both"
  grep -q 'file="session.h"' build-gordian/gordian-reports/all.junit.xml || fail "sources are not named from their root"
  grep -q '<failure' build-gordian/ctest.xml || fail "CTest's own JUnit XML knows no failure"

  # What an earlier run has left is no part of this one.
  expect_status 0 ctest --test-dir build-gordian -R clean_test
  expect_suites build-gordian/gordian-reports/all.junit.xml 'passed clean_test'

  # CTest attaches the merged reports to what it sends to a dashboard.
  expect_status failure ctest --test-dir build-gordian -T Test --no-compress-output
  [ "$(grep -c 'name="Attached File"' build-gordian/Testing/*/Test.xml)" -eq 2 ] || fail "no report was attached"

  expect_status 0 cmake -B plain
  expect_status 0 cmake --build plain
  expect_status 0 ctest --test-dir plain
)

echo "== CMake: each way to have a test checked, with several configurations, in a path with a colon"
ways="$work/ways: build"
expect_status 0 cmake -S "$source/tests/integration/build_systems" -B "$ways" -G "Ninja Multi-Config" \
  -DCMAKE_PREFIX_PATH="$work/prefix"
expect_status 0 cmake --build "$ways" --config Debug
# That each test whose name says so failed, and no other.
run_ways() {
  expect_status 8 ctest --test-dir "$ways" -C Debug -L gordian -j2
  local failed passed
  failed=$(sed -n 's/^.*Test *#[0-9]*: \(.*[^ .]\) *\.*\*\*\*Failed .*$/\1/p' "$work/output")
  passed=$(sed -n 's/^.*Test *#[0-9]*: \(.*[^ .]\) *\.* *Passed .*$/\1/p' "$work/output")
  [ "$(grep -c 'fails$' <<<"$failed")" -eq 8 ] || { cat "$work/output"; fail "these failed: $failed"; }
  ! grep -v 'fails$' <<<"$failed" || fail "these failed, and should pass"
  ! grep 'fails$' <<<"$passed" || fail "these passed, and should fail"
  [ "$(grep -c 'clean$' <<<"$passed")" -eq "$1" ] || { cat "$work/output"; fail "these passed: $passed"; }
}
run_ways 8
reports="$ways/gordian-reports"
[ -z "$(find "$reports/tests" -name 'environment-fails.*.json' -empty)" ] || fail "ENVIRONMENT took gordian's options away"
[ "$(find "$reports/tests" -name 'forks-clean.*.json' | wc -l)" -eq 2 ] || fail "a child or its parent has no report"
for report in json html junit.xml sarif md; do
  [ "$(find "$reports/tests" -name "options-fails.*.$report" | wc -l)" -eq 1 ] || fail "FORMATS wrote no $report"
done
[ "$(find "$reports/tests" -name 'cases.*.json' | wc -l)" -eq 4 ] || fail "not each discovered case has a report"
[ "$(find "$reports/tests" -name 'a_name_with?_signs-*.json' | wc -l)" -eq 2 ] || fail "a test's name is no file's"
found=$(suites "$reports/all.junit.xml")
for suite in "failed linked.linked-fails" "passed linked.linked-clean" "failed plain.run-fails" "passed plain.run-clean" \
    "failed plain.follow-fails" "failed gtest_cases.cases" "passed linked.suppressed-clean"; do
  grep -qxF "$suite" <<<"$found" || fail "there is no suite '$suite' among: $found"
done

# A baseline of what there is accepts it; what the caller of CTest says wins over a test's own options.
"$work/prefix/bin/gordian" baseline "$ways/baseline.json" "$reports/all.json" --add >/dev/null
expect_status 0 cmake "$ways"
run_ways 9
GORDIAN_OPTIONS=exitcode=0 expect_status 0 ctest --test-dir "$ways" -C Debug -R 'linked-fails|options-fails'

echo "== Meson: linked, and as they are"
(
  cd -- "$project"
  export PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig" PATH="$work/prefix/bin:$PATH"
  [ -e "$PKG_CONFIG_PATH/gordian.pc" ] || PKG_CONFIG_PATH=$(dirname -- "$(find "$work/prefix" -name gordian.pc)")
  expect_status 0 meson setup -Dgordian=enabled linked
  expect_status 1 meson test -C linked
  grep -q '1/2.*FAIL\|2/2.*FAIL' "$work/output" || fail "no test failed"
  grep -q 'clean_test *OK' "$work/output" || { cat "$work/output"; fail "clean_test did not pass"; }
  expect_status 0 meson compile -C linked gordian-report
  expect_suites linked/gordian-reports.xml "$both"
  expect_status 0 meson setup as-it-is
  expect_status 0 meson test -C as-it-is
  expect_status 1 meson test -C as-it-is --setup gordian
  grep -q 'clean_test *OK' "$work/output" || { cat "$work/output"; fail "clean_test did not pass"; }
  expect_status 0 meson compile -C as-it-is gordian-report
  expect_suites as-it-is/gordian-reports.xml "$both"

  echo "== make"
  expect_status 0 make check
  expect_status 0 make clean
  expect_status 2 make GORDIAN=1 check
  grep -qx 'FAIL leaks_test' "$work/output" || { cat "$work/output"; fail "leaks_test did not fail"; }
  grep -qx 'PASS clean_test' "$work/output" || { cat "$work/output"; fail "clean_test did not pass"; }
  expect_status 0 make report
  expect_suites gordian-reports.xml "$both"
)

echo "== what the CI systems run"
"$source/tests/integration/ci_steps.py" "$source/samples/ci" "$work/ci"
for system in github-actions gitlab-ci; do
  cp -r -- "$source/samples/project" "$work/checkout"
  (
    cd -- "$work/checkout"
    export CMAKE_PREFIX_PATH="$work/prefix"
    if [ "$system" = github-actions ]; then
      export GITHUB_ACTIONS=true GITHUB_WORKSPACE=$PWD GITHUB_STEP_SUMMARY=$work/summary
    else
      export GITLAB_CI=true CI_PROJECT_DIR=$PWD
    fi
    expect_status failure bash -e "$work/ci/$system.sh"
    while read -r artefact; do
      [ -e "$artefact" ] || { cat "$work/output"; fail "$system keeps $artefact, which is not there"; }
    done <"$work/ci/$system.artefacts"
  )
  if [ "$system" = github-actions ]; then
    grep -q '^::error file=session.h,line=' "$work/output" || { cat "$work/output"; fail "there is no annotation"; }
    grep -q '### gordian: 1 cycle' "$work/summary" || fail "the step has no summary"
    grep -q '"uri": "session.h"' "$work/checkout/build-gordian/gordian-reports/all.sarif" || fail "SARIF names no source"
  fi
  expect_suites "$work/checkout/build-gordian/gordian-reports/all.junit.xml" "$both"
  rm -rf -- "$work/checkout"
done
