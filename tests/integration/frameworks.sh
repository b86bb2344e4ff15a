#!/usr/bin/env bash
# frameworks.sh - the test cases of somebody else's project, which uses the installed gordian, are checked one by one: of
# ten in each framework exactly the three that leak fail, in any order, alone or with others, each with its own cycle.
#
#   frameworks.sh BUILD_DIR PROJECT_DIR CXX_COMPILER
set -euo pipefail
build=$1 project=$2 cxx=$3
unset GORDIAN_OPTIONS GITHUB_ACTIONS

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "frameworks: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/prefix" >"$work/install.log" || { cat "$work/install.log"; exit 1; }
cmake -S "$project" -B "$work/build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER="$cxx" >"$work/configure.log" || { cat "$work/configure.log"; exit 1; }
cmake --build "$work/build" --parallel 2

catch2_leaks='leaks a family
leaks a ring
leaks a session in one of its sections'
gtest_leaks='Family.Leaks
Shared.LeaksARingOfItsOwn
Two/Sessions.LeakTheSecond/1'
doctest_leaks='leaks a family
leaks a ring
leaks a session in one of its subcases'
boost_leaks='leaks_a_family
sessions/_1
shared/leaks_a_ring'

# That the words in $1 are those of exactly the cases $2.
expect() { [ "$1" = "$2" ] || { echo "$3"; fail "these failed:
$1
but these leak:
$2"; }; }

echo "== each case in a process of its own, two at a time"
status=0
ctest --test-dir "$work/build" -j2 >"$work/ctest.log" 2>&1 || status=$?
[ "$status" -ne 0 ] || fail "ctest passed"
failed=$(sed -n 's/^\t *[0-9]* - \(.*\) (Failed)$/\1/p' "$work/ctest.log" | sort)
expect "$failed" "$( {
  sed 's/^/catch2./' <<<"$catch2_leaks"
  sed 's/^/gtest./; s:/1$:/true:' <<<"$gtest_leaks"
  sed 's/^/doctest./' <<<"$doctest_leaks"
  sed 's/^/boost./; s:/_1$::' <<<"$boost_leaks"
} | sort)" "$(cat "$work/ctest.log")"

# The members that a report names are those of the case's own cycle, and of no other.
check_members() {
  local text=$1 case=$2 own=$3 member
  for member in Child::parent Session::self Node::next; do
    if [ "$member" = "$own" ]; then
      grep -q "$member" <<<"$text" || { echo "$text"; fail "$case does not name $own"; }
    elif grep -q "$member" <<<"$text"; then
      echo "$text"
      fail "$case is blamed for $member"
    fi
  done
}

# At exit all three are told together.
check_all_told() {
  local member
  for member in Child::parent Session::self Node::next; do
    grep -q "$member" "$1" || { cat "$1"; fail "$member is not told at exit"; }
  done
}

echo "== what is to be dead, and is not, fails its case, and the message says who holds it"
check_kept() {
  local text
  text=$("$@") || fail "$1 fails where all is freed: $text"
  text=$(KEEP_FAMILY=1 "$@" 2>&1) && fail "$1 passes where the cache keeps a family"
  grep -q "to be freed by now, and is alive" <<<"$text" || { echo "$text"; fail "$1 does not say what is wrong"; }
  grep -q "held by cache()::.*\[0\]" <<<"$text" || { echo "$text"; fail "$1 does not say who holds it"; }
}
check_kept "$work/build/catch2_tests" "a family is freed"
check_kept "$work/build/gtest_tests" --gtest_filter=Family.IsFreed
check_kept "$work/build/doctest_tests" "-tc=a family is freed"
check_kept "$work/build/boost_tests" --run_test=a_family_is_freed

echo "== all of Catch2's in one process, in five orders"
for seed in 0 1 2 3 4; do
  order=(--order rand --rng-seed "$seed")
  [ "$seed" -ne 0 ] || order=()
  "$work/build/catch2_tests" "${order[@]}" -r xml >"$work/catch2.xml" 2>"$work/catch2.err" && fail "Catch2's tests passed"
  failed=$(python3 - "$work/catch2.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
for case in tree.parse(sys.argv[1]).iter("TestCase"):
    if case.find("OverallResult").get("success") != "true":
        print(case.get("name"))
PYTHON
)
  expect "$(sort <<<"$failed")" "$catch2_leaks" "$(cat "$work/catch2.xml")"
  check_all_told "$work/catch2.err"
done
check_members "$("$work/build/catch2_tests" "leaks a family" 2>/dev/null || true)" "leaks a family" Child::parent
check_members "$("$work/build/catch2_tests" "leaks a session*" || true)" "leaks a session" Session::self
check_members "$("$work/build/catch2_tests" "leaks a ring" || true)" "leaks a ring" Node::next

echo "== all of GoogleTest's in one process, in five orders, and again"
for seed in 0 1 2 3 4; do
  order=(--gtest_shuffle "--gtest_random_seed=$((seed + 1))")
  [ "$seed" -ne 0 ] || order=(--gtest_repeat=2)
  "$work/build/gtest_tests" "${order[@]}" >"$work/gtest.log" 2>"$work/gtest.err" && fail "GoogleTest's tests passed"
  failed=$(sed -n 's/^\[  FAILED  \] \([^ ,]*\).*ms)$/\1/p' "$work/gtest.log" | sort -u)
  expect "$failed" "$gtest_leaks" "$(cat "$work/gtest.log")"
  check_all_told "$work/gtest.err"
done
for own in Family.Leaks:Child::parent Shared.LeaksARingOfItsOwn:Node::next Two/Sessions.LeakTheSecond/1:Session::self; do
  check_members "$("$work/build/gtest_tests" "--gtest_filter=${own%%:*}" || true)" "${own%%:*}" "${own#*:}"
done

echo "== all of doctest's in one process, in five orders"
for seed in 0 1 2 3 4; do
  order=(--order-by=rand "--rand-seed=$seed")
  [ "$seed" -ne 0 ] || order=()
  "$work/build/doctest_tests" "${order[@]}" -r=xml >"$work/doctest.xml" 2>"$work/doctest.err" && fail "doctest's tests passed"
  failed=$(python3 - "$work/doctest.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
for case in tree.parse(sys.argv[1]).iter("TestCase"):
    result = case.find("OverallResultsAsserts")
    if result is not None and result.get("test_case_success") != "true":
        print(case.get("name"))
PYTHON
)
  expect "$(sort <<<"$failed")" "$doctest_leaks" "$(cat "$work/doctest.xml")"
  # Nor is the case blamed that fails as it should.
  [ "$(grep -c "keeps itself alive" "$work/doctest.xml")" -eq 3 ] || { cat "$work/doctest.xml"; fail "not three reports"; }
  check_all_told "$work/doctest.err"
done
check_members "$("$work/build/doctest_tests" "-tc=leaks a family" || true)" "leaks a family" Child::parent
check_members "$("$work/build/doctest_tests" "-tc=leaks a session*" || true)" "leaks a session" Session::self
check_members "$("$work/build/doctest_tests" "-tc=leaks a ring" || true)" "leaks a ring" Node::next

echo "== all of Boost.Test's in one process, in five orders"
for seed in 0 2 3 4 5; do
  "$work/build/boost_tests" "--random=$seed" --report_level=detailed --report_format=XML "--report_sink=$work/boost.xml" \
    >"$work/boost.log" 2>"$work/boost.err" && fail "Boost.Test's tests passed"
  failed=$(python3 - "$work/boost.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as tree
def walk(unit, path):
    for child in unit:
        if child.tag == "TestCase" and child.get("result") != "passed":
            print("/".join([*path, child.get("name")]))
        walk(child, [*path, child.get("name")])
walk(tree.parse(sys.argv[1]).getroot()[0], [])
PYTHON
)
  expect "$(sort <<<"$failed")" "$boost_leaks" "$(cat "$work/boost.log" "$work/boost.xml")"
  check_all_told "$work/boost.err"
done
for own in leaks_a_family:Child::parent shared/leaks_a_ring:Node::next sessions:Session::self; do
  check_members "$("$work/build/boost_tests" "--run_test=${own%%:*}" || true)" "${own%%:*}" "${own#*:}"
done
