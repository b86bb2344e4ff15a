#!/usr/bin/env bash
# source_commit.sh - which commit --version says: git's, with "-changed" where files differ from it; in an archive what
# `git archive` wrote into it; else none, and never that of a project around this one.
#
#   source_commit.sh SOURCE_DIR
set -euo pipefail
source=$1
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a.invalid
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@a.invalid
unset GIT_DIR GIT_WORK_TREE

# expect WANTED FOLDER: what is said of the sources there.
expect() {
  cmake "-DSOURCE_DIR=$2" "-DOUTPUT=$work/header" -P "$2/cmake/source_commit.cmake"
  grep -qxF "inline constexpr const char* kSourceCommit = \"$1\";" "$work/header" ||
    { echo "source_commit: of $2 it says: $(tail -n 1 "$work/header"), not $1" >&2; exit 1; }
}
lay_out() {
  mkdir -p "$1/cmake"
  cp -- "$source/.gitattributes" "$1/"
  cp -- "$source/cmake/source_commit.cmake" "$1/cmake/"
  printf '%s\n' "$2" >"$1/cmake/archived_commit.txt"
}

unexpanded="\$Format:%H\$"
lay_out "$work/plain" "$unexpanded"
expect "" "$work/plain"
lay_out "$work/archive" 0123456789abcdef0123456789abcdef01234567
expect 0123456789ab "$work/archive"

if command -v git >/dev/null; then
  lay_out "$work/clone" "$unexpanded"
  git -C "$work/clone" init -q
  git -C "$work/clone" add -A
  git -C "$work/clone" commit -qm one
  commit=$(git -C "$work/clone" rev-parse --short=12 HEAD)
  expect "$commit" "$work/clone"
  before=$(stat -c %y "$work/header")
  expect "$commit" "$work/clone"
  [ "$before" = "$(stat -c %y "$work/header")" ] || { echo "source_commit: the header is touched for nothing" >&2; exit 1; }
  mkdir "$work/unpacked"
  git -C "$work/clone" archive HEAD | tar -x -C "$work/unpacked"
  expect "$commit" "$work/unpacked"
  echo "# changed" >>"$work/clone/.gitattributes"
  expect "$commit-changed" "$work/clone"
  lay_out "$work/clone/third_party/gordian" "$unexpanded"
  expect "" "$work/clone/third_party/gordian"
else
  echo "no git here"
fi
