#!/usr/bin/env bash
# completion.sh - what bash and zsh complete after `gordian`: commands, options, choices, files, and another program.
#
#   completion.sh REFERENCE_DIR
#
# bash is asked as it asks: with COMP_WORDS, in which "=" is a word. It is asked with the functions of bash-completion,
# where that is there, and without. zsh is asked at a terminal, by keys.
set -euo pipefail
reference=$1
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/here"
cd -- "$work/here"
touch report-1.json report-2.json 'with space.json' other.txt
mkdir -p bin && printf '#!/bin/sh\n' >bin/zz_my_tests && chmod +x bin/zz_my_tests
status=0

cat >"$work/ask.bash" <<'END'
[ -z "$1" ] || . "$1"
. "$2"
shift 2
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
complete -p gordian | grep -q ' -F _gordian gordian$' || echo "gordian has no completion"
_gordian gordian "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}" 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}" | sort
END

# expect WANTED WORD...: what bash completes after these words, an entry a line.
library=""
expect() {
  local wanted=$1 found
  shift
  found=$(PATH=$work/here/bin:$PATH bash --norc "$work/ask.bash" "$library" "$reference/gordian.bash" "$@" | paste -sd'|')
  [ "$found" = "$wanted" ] && return
  printf 'completion: bash%s, after: %s\n  wanted: %s\n  found:  %s\n' "${library:+ with bash-completion}" "$*" "$wanted" "$found"
  status=1
}

check_bash() {
  expect "merge" gordian m
  expect "" gordian nothing
  expect "report" gordian rep
  expect "--markdown" gordian report --m
  expect "--check-at-exit" gordian run --check-a
  expect "" gordian diff --markdown
  expect "cycles|none|orphans" gordian run --fail-on ""
  expect "cycles|none|orphans" gordian run --fail-on =
  expect "orphans" gordian run --fail-on = or
  expect "cycles|none|orphans|proved" gordian report --fail-on ""
  expect "" gordian run --depth ""
  expect "report-1.json|report-2.json" gordian report --json re
  expect "report-1.json|report-2.json" gordian report --json = re
  expect "other.txt" gordian merge --fail-on none -o o
  expect "with space.json" gordian diff report-1.json w
  expect "report-1.json|report-2.json" gordian diff --fail-on = new re
  expect "" gordian suppress re
  # From PROGRAM on, all is the program's.
  expect "zz_my_tests" gordian run zz_my
  expect "zz_my_tests" gordian run -- zz_my
  expect "zz_my_tests" gordian run --json = a.json --follow --abort zz_my
  expect "zz_my_tests" gordian run --json a.json --follow = '*_test' -- zz_my
  expect "--json" gordian run --js
  expect "" gordian run -- zz_my_tests --js
  expect "bin|other.txt|report-1.json|report-2.json|with space.json" gordian run zz_my_tests --fail-on ""
  expect "report-1.json|report-2.json" gordian run --depth 5 -- zz_my_tests re
}
check_bash
library=/usr/share/bash-completion/bash_completion
if [ -e "$library" ]; then check_bash; fi

# In a terminal of its own, zsh is typed at: words, the tab key, and a key that tells what then stands in the line.
cat >"$work/ask.zsh" <<'END'
zmodload zsh/zpty
zpty asked "TERM=dumb PATH=$3/bin:$PATH zsh -f -i"
zpty -w asked "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; unsetopt beep
tell() { print -r -- \"[\$BUFFER]\" >>$2; BUFFER=; }; zle -N tell; bindkey '^X^T' tell; print ready >>$2"
wait_for() { repeat 600 { [[ $(wc -l <$2) -ge $1 ]] && return; sleep 0.05 }; }
integer told=1
: >$2
wait_for $told $2
while read -r line; do
  zpty -w -n asked "$line"$'\t\x18\x14'
  (( ++told ))
  wait_for $told $2
done
END

expect_zsh() { asked+=("$1"); answers+=("[$2]"); }
asked=() answers=(ready)
expect_zsh "gordian rep" "gordian report "
expect_zsh "gordian report --ma" "gordian report --markdown="
expect_zsh "gordian report --mx" "gordian report --mx"
expect_zsh "gordian run --fail-on=or" "gordian run --fail-on=orphans "
expect_zsh "gordian run --fail-on or" "gordian run --fail-on orphans "
expect_zsh "gordian merge --json ot" "gordian merge --json other.txt "
expect_zsh "gordian diff report-1.json ot" "gordian diff report-1.json other.txt "
expect_zsh "gordian suppress ot" "gordian suppress ot"
expect_zsh "gordian run -- zz_my" "gordian run -- zz_my_tests "
expect_zsh "gordian run --abort zz_my" "gordian run --abort zz_my_tests "
expect_zsh "gordian run -- zz_my_tests --js" "gordian run -- zz_my_tests --js"
expect_zsh "gordian run -- zz_my_tests ot" "gordian run -- zz_my_tests other.txt "
printf '%s\n' "${asked[@]}" | zsh -f "$work/ask.zsh" "$reference" "$work/told" "$work/here" >/dev/null
diff <(printf '%s\n' "${answers[@]}") "$work/told" || { echo "completion: zsh (< wanted, > found)"; status=1; }
exit "$status"
