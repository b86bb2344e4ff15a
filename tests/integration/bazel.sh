#!/usr/bin/env bash
# bazel.sh - samples/project under Debian's Bazel, as it is and linked: what leaks fails, its twin passes, the report is kept.
#
# Bazel wants to fetch its C++ rules and a coverage tool from the network, also where nothing is used of them. Debian has the
# rules (bazel-rules-cc), but for a later Bazel than its own: two names are changed in a copy. The coverage tool is an empty one.
#
#   bazel.sh BUILD_DIR SOURCE_DIR
set -euo pipefail
build=$1 source=$2
unset GORDIAN_OPTIONS GITHUB_ACTIONS

work=$(mktemp -d)
bazel() { (cd -- "$work/project" && command bazel "--output_user_root=$work/bazel" "$@"); }
clean_up() {
  bazel shutdown >/dev/null 2>&1 || true
  chmod -R u+w -- "$work"
  rm -rf -- "$work"
}
trap clean_up EXIT
fail() { echo "bazel: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/prefix" >"$work/install.log" || { cat "$work/install.log"; exit 1; }
cp -r -- "$source/samples/project" "$work/project"
sed -i "s:/opt/gordian:$work/prefix:" "$work/project"/{WORKSPACE,gordian.BUILD,gordian.sh}

rules=/usr/share/bazel/rules
cp -r -- $rules/cc "$work/rules_cc"
find "$work/rules_cc" -name '*.bzl' -exec sed -i \
  -e 's/, "use_cpp_toolchain"//' -e 's:use_cpp_toolchain():["@bazel_tools//tools/cpp\:toolchain_type"]:' {} +
mkdir "$work/coverage"
touch "$work/coverage/WORKSPACE"
echo 'filegroup(name = "coverage_report_generator", visibility = ["//visibility:public"])' >"$work/coverage/BUILD"
cat >>"$work/project/.bazelrc" <<END
common --override_repository=rules_cc=$work/rules_cc --override_repository=rules_java=$rules/java
common --override_repository=rules_proto=$rules/proto --override_repository=remote_coverage_tools=$work/coverage
test --test_output=errors
END

# With the options "${@:2}" the test $1 fails and names the cut, and its twin passes: Bazel ends with 3.
check() {
  local suffix=$1 status=0
  shift
  bazel test "$@" "//:leaks_test$suffix" "//:clean_test$suffix" >"$work/log" 2>&1 || status=$?
  [ "$status" -eq 3 ] || { cat "$work/log"; fail "bazel test $* ended with $status"; }
  grep -q "^//:leaks_test$suffix .*FAILED" "$work/log" || { cat "$work/log"; fail "leaks_test$suffix did not fail"; }
  grep -q "^//:clean_test$suffix .*PASSED" "$work/log" || { cat "$work/log"; fail "clean_test$suffix did not pass"; }
  grep -q 'cut Session::on_close' "$work/log" || { cat "$work/log"; fail "the cut is not named"; }
}

echo "== as they are"
check "" --config=gordian
for test in leaks_test clean_test; do
  mkdir "$work/$test"
  unzip -q "$work/project/bazel-testlogs/$test/test.outputs/outputs.zip" -d "$work/$test" || fail "$test has left no report"
done
"$work/prefix/bin/gordian" merge "$work"/{leaks,clean}_test/gordian.*.json --text - --junit "$work/all.xml"
grep -q 'tests="2" failures="1"' "$work/all.xml" || fail "the merged report is not theirs"

echo "== linked"
check _linked --compilation_mode=dbg
