#!/usr/bin/env bash
# links.sh - every relative link in README.md, CONTRIBUTING.md, DECISIONS.md, bench/README.md and the pages of docs/ leads to a
# file that is there and, where it names one, to a heading of it; and docs/README.md, the index, has a link to every page of docs/.
#
#   links.sh SOURCE_DIR
set -euo pipefail
cd -- "$1"
status=0
checked=0
complain() { printf 'links: %s\n' "$*"; status=1; }

# A page's text without its fenced blocks, in which brackets are code.
prose_of() { awk '/^ *```/ { fenced = !fenced; next } !fenced' "$1"; }

# The anchors of a page's headings as GitHub makes them: lower case, no punctuation, a hyphen for each space, and a number
# behind what is there already.
anchors_of() {
  prose_of "$1" | sed -nE 's/^#+ +//p' | sed -E 's/\[([^]]*)\]\([^)]*\)/\1/g; s/[[:punct:]]/\x01&/g; s/\x01([-_])/\1/g; s/\x01.//g' |
    tr '[:upper:] ' '[:lower:]-' | awk '{ print seen[$0]++ ? $0 "-" (seen[$0] - 1) : $0 }'
}

# What a page's links lead to. A title behind the target is left out.
targets_of() { prose_of "$1" | sed -E 's/`[^`]*`//g' | grep -oE '\]\([^)]+\)' | sed -E 's/^\]\(//; s/\)$//; s/ .*//' || true; }

pages=(README.md CONTRIBUTING.md DECISIONS.md bench/README.md docs/*.md)
for page in "${pages[@]}"; do
  while read -r target; do
    [[ -n $target && ! $target =~ ^[a-z]+: ]] || continue
    file=${target%%#*}
    checked=$((checked + 1))
    if [ -z "$file" ]; then file=$page; else file=$(dirname -- "$page")/$file; fi
    if [ ! -e "$file" ]; then
      complain "$page has a link to $target, which is not there"
    elif [[ $target == *#* && $file == *.md ]]; then
      anchors_of "$file" | grep -qxF -- "${target#*#}" || complain "$page has a link to $target, but no heading there is called so"
    fi
  done < <(targets_of "$page")
done
[ "$checked" -ge 50 ] || complain "only $checked links were seen: are they written in another way?"

for page in docs/*.md; do
  name=${page##*/}
  [ "$name" = README.md ] || targets_of docs/README.md | grep -qxF -- "$name" || complain "docs/README.md has no link to $name"
done
exit "$status"
