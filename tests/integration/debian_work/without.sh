#!/bin/sh
# without.sh - runs a program and removes what is never the same in what it leaves: without.sh FILES PROGRAM [ARGS]
#
# FILES are words for sh: patterns of file names.
files=$1
shift
"$@"
status=$?
eval "rm -rf -- $files"
exit "$status"
