#!/usr/bin/env bash
# manual.sh - the manual pages are sound mdoc, each refers to pages that are there, gordian.h(3) has what gordian.h has, each
# command has a description of its own, and docs/options.md is what the options are.
#
#   manual.sh SOURCE_DIR REFERENCE_DIR
set -euo pipefail
source=$1 reference=$2
status=0
complain() { printf 'manual: %s\n' "$*"; status=1; }

command -v mandoc >/dev/null || complain "no mandoc: no page was checked"
pages=("$reference"/man/man?/*)
for page in "${pages[@]}"; do
  name=${page##*/}
  # It knows no pages but those that are installed, and no system but its own; a "--" is what people type.
  if { mandoc -T lint -W style "$page" || true; } | grep -vE 'referenced manual not found|operating system explicitly|verbatim "--"'; then
    complain "mandoc has found that in $name"
  fi
  while read -r other section; do
    [ -e "$reference/man/man$section/$other.$section" ] || complain "$name refers to $other($section), which is not there"
  done < <(grep -ohE '\bXr [a-z.-]+ [0-9]' "$page" | cut -d' ' -f2-)
  prose=$source/docs/man/${name%.*}.mdoc
  [ -e "$prose" ] || { complain "describe ${name%.*} in $prose, with an example"; continue; }
  [[ $name == *.1 ]] || continue
  for section in DESCRIPTION EXAMPLES; do
    grep -qx ".Sh $section" "$prose" || complain "$prose has no section $section"
  done
done
for prose in "$source"/docs/man/*.mdoc; do
  name=${prose##*/}
  [[ " ${pages[*]} " == *"/${name%.mdoc}."* ]] || complain "$prose is of no page"
done

header=$source/runtime/include/gordian/gordian.h
declared=$(sed -nE 's/^(GORDIAN_ADDRESS_ONLY )?static inline .*\b(gordian_[a-z_]+)\(.*/\2/p
                    s/^const char\* (gordian_[a-z_]+)\(.*/\1/p' "$header" | sort -u)
described=$(sed -nE 's/^\.F[no] (gordian_[a-z_]+).*/\1/p' "$source/docs/man/gordian.h.mdoc" | sort -u)
[ -n "$declared" ] || complain "found no function in $header"
diff <(echo "$declared") <(echo "$described") || complain "docs/man/gordian.h.mdoc does not have the functions of gordian.h (<)"
for function in $declared; do
  [ "$(grep -cE "^\.(Fn|It Fn .*|Fn .*)\b$function\b|^\.It Fn .*\b$function\b" "$source/docs/man/gordian.h.mdoc")" -ge 2 ] ||
    complain "docs/man/gordian.h.mdoc declares $function, but does not say what it does"
done

diff -u "$source/docs/options.md" "$reference/options.md" ||
  complain "docs/options.md is not what the options are; cmake --build BUILD_DIR --target update-options-page"
exit "$status"
