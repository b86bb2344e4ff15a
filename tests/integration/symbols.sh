#!/usr/bin/env bash
# symbols.sh - what libgordian.so shows the world, and what it needs of it.
#
#   symbols.sh LIBRARY EXPORTED.txt UNDEFINED.txt
#
# The library sits in somebody else's process. What it exports takes names from that
# program, so the list is exact. What it leaves undefined says whom it calls, so it must
# be in the list; the list may hold more, because compilers differ in what they inline.
set -euo pipefail
library=$1 exported=$2 undefined=$3
status=0

entries() { grep -vE '^(#|$)' "$1" | sort -u; }
# The name alone: no version after an @.
names() { nm -D "$1" "$library" | awk '{ sub(/@.*/, "", $NF); print $NF }' | sort -u; }

if ! diff <(entries "$exported") <(names --defined-only); then
  echo "symbols: the exported symbols are not those of $exported (< listed, > found)"
  status=1
fi
more=$(comm -13 <(entries "$undefined") <(names --undefined-only))
if [ -n "$more" ]; then
  printf 'symbols: needed, but not in %s:\n%s\n' "$undefined" "$more"
  status=1
fi
soname=$(readelf -d "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
if [ "$soname" != "$(sed -n 's/^# SONAME //p' "$exported")" ]; then
  echo "symbols: the SONAME is $soname, and not that of $exported"
  status=1
fi
if readelf -V "$library" | grep -q 'Version definition section'; then
  echo "symbols: symbols have versions; libc's own names would no longer be taken (DECISIONS.md)"
  status=1
fi
needed=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
for name in $needed; do
  case $name in
    libc.so.6 | ld-linux-*.so.*) ;;
    *) echo "symbols: the runtime must not need $name"; status=1 ;;
  esac
done
exit "$status"
