#!/usr/bin/env bash
# layers.sh - no include crosses a layer.
#
#   layers.sh SOURCE_DIR
#
# tool/ and tool/program/: a folder may include itself and the folders before it in the lists below.
# runtime/ and tool/ share runtime/snapshot_format.h and the table runtime/options.inc, and
# nothing else. The runtime works without what allocates, locks or formats behind its back: no container, stdio or iostream.
# start.cpp alone has stdio.h: it flushes the program's stdout before the report.
set -euo pipefail
cd -- "$1"
layers=(base snapshot program graph analysis report_file acceptance report compare doctor commands reference)
status=0

# Prints file:line: include for each include in $1 that matches the extended expression $2.
includes() { grep -rnE "^[[:space:]]*#[[:space:]]*include[[:space:]]*$2" "$1" --include='*.h' --include='*.hpp' --include='*.cpp' --include='*.inc'; }
forbid() {
  local found
  if found=$(includes "$1" "$2"); then
    printf 'layers: %s\n%s\n' "$3" "$found"
    status=1
  fi
}

# The folders of $1 (included as "$2FOLDER/...") are exactly the layers $3..., and none includes a later one.
check_layers() {
  local root=$1 prefix=$2 folder name i j
  local -a order=("${@:3}")
  for ((i = 0; i < ${#order[@]}; ++i)); do
    [ -d "$root/${order[i]}" ] || { echo "layers: $root/${order[i]} is gone: correct the list"; exit 1; }
    for ((j = i + 1; j < ${#order[@]}; ++j)); do
      forbid "$root/${order[i]}" "\"$prefix${order[j]}/" "$root/${order[i]} must not include ${order[j]}/, which is further down"
    done
  done
  for folder in "$root"/*/; do
    name=$(basename "$folder")
    [[ " ${order[*]} " == *" $name "* ]] || { echo "layers: $root/$name has no place in the list of layers"; status=1; }
  done
}
check_layers tool "" "${layers[@]}"
check_layers tool/program program/ names elf dwarf types frames

forbid runtime '"(tool|base/error|snapshot/|program/|graph/|analysis/|report_file/|acceptance/|report/|compare/|doctor/|commands/|reference/)' "runtime/ must not include anything of tool/"
if found=$(includes tool '"(\.\./)*runtime/' | grep -vE '"runtime/(snapshot_format\.h|options\.inc)"'); then
  printf 'layers: of runtime/, tool/ may include snapshot_format.h and options.inc only\n%s\n' "$found"
  status=1
fi
library='vector|map|set|unordered_map|unordered_set|deque|list|string|sstream|iostream|ostream|istream|fstream|ios'
library+='|cstdio|mutex|thread|functional|regex|filesystem|locale'
forbid runtime "<($library)>" "runtime/ uses no STL container, stdio, iostream or lock of the library"
if found=$(includes runtime '<stdio\.h>' | grep -v '^runtime/start/start\.cpp:'); then
  printf 'layers: of runtime/, start/start.cpp alone may include stdio.h\n%s\n' "$found"
  status=1
fi
exit "$status"
