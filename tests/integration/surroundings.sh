#!/usr/bin/env bash
# surroundings.sh - under debuggers, tracers, Valgrind, in containers and within limits a leak is found and its twin is
# silent; or one line says what is in the way, and no leak is claimed.
#
#   surroundings.sh GORDIAN PROGRAMS_DIR WITHOUT_CALLS
#
# PROGRAMS_DIR has the end-to-end programs, WITHOUT_CALLS is built from surroundings/without_calls.c. What this machine
# does not have or allow is left out, and said.
set -euo pipefail
gordian=$1 programs=$2 without_calls=$3
unset GORDIAN_OPTIONS GITHUB_ACTIONS
status=0
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# LEAKING:CLEAN, the second two with a thread that owns something.
pairs=("$programs/ring.g++-O1:$programs/chain.g++-O1"
       "$programs/fake_frames_left.g++-O1:$programs/fake_frames.g++-O1")

wrong() {
  echo "surroundings: $*"
  sed 's/^/  | /' "$work/err" | head -20
  status=1
}
has() { command -v "$1" >/dev/null || { echo "left out: no $1"; return 1; }; }

# expect STATUS WORDS COMMAND... - its status, and words on its standard error; no words: nothing of gordian's there.
expect() {
  local wanted=$1 words=$2 got=0
  shift 2
  "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
  [ "$got" -eq "$wanted" ] || wrong "$*: status $got, expected $wanted"
  if [ -n "$words" ]; then
    grep -qF -- "$words" "$work/err" || wrong "$*: does not say: $words"
  else
    ! grep -q 'gordian: ' "$work/err" || wrong "$*: is not silent"
  fi
}

# works COMMAND... - with each program behind it, the leak is found and the twin is silent.
works() {
  local pair
  for pair in "${pairs[@]}"; do
    expect 23 'gordian: 1 cycle keeps' "$@" "${pair%%:*}"
    expect 0 '' "$@" "${pair#*:}"
  done
}
# says STATUS WORDS COMMAND... - with each program behind it.
says() {
  local pair
  for pair in "${pairs[@]}"; do
    expect "$1" "$2" "${@:3}" "${pair%%:*}"
    expect "$1" "$2" "${@:3}" "${pair#*:}"
  done
}

echo "== debuggers and tracers"
if has gdb; then
  works gdb -batch -nx -return-child-result -ex run --args
  works gdb -batch -nx -return-child-result -ex 'break main' -ex run -ex next -ex continue --args
  expect 23 'gordian: 1 cycle keeps' gdb -batch -nx -return-child-result -ex run --args \
    "$gordian" run -- "$programs/ring.bare"
fi
if has strace; then
  works strace -f -o /dev/null
  expect 23 'gordian: 1 cycle keeps' strace -f -o /dev/null "$gordian" run -- "$programs/ring.bare"
  expect 0 '' strace -f -o /dev/null "$gordian" run -- "$programs/chain.bare"
fi

echo "== Valgrind: gordian stands aside where it has a malloc of its own, and works where it only counts"
if has valgrind; then
  aside='gordian: Valgrind has replaced malloc, so gordian stands aside. Nothing was checked'
  for tool in memcheck helgrind; do
    expect 0 "$aside" valgrind -q --error-exitcode=9 --tool=$tool "$programs/ring.g++-O1"
    expect 0 "$aside" valgrind -q --error-exitcode=9 --tool=$tool "$programs/chain.g++-O1"
    [ "$(wc -l <"$work/err")" -eq 1 ] || wrong "$tool says more than gordian's line"
  done
  expect 7 "$aside" valgrind -q "$programs/own_status.g++-O1"
  expect 23 'gordian: 1 cycle keeps' valgrind -q --tool=callgrind --callgrind-out-file=/dev/null "$programs/ring.g++-O1"
fi

echo "== namespaces"
if ! unshare --user --map-root-user true 2>/dev/null; then
  echo "left out: this machine allows no user namespaces"
else
  works unshare --user --map-root-user
  works unshare --user --map-root-user --mount --pid --fork --mount-proc
  works unshare --user --map-root-user --mount sh -c 'mount -o remount,bind,ro / && exec env TMPDIR=/nonexistent "$1"' -
  says 24 '/proc/self cannot be read. Nothing was checked' \
    unshare --user --map-root-user --mount sh -c 'mount -t tmpfs none /proc && exec "$1"' -
fi

echo "== system call filters"
if ! "$without_calls" ptrace -- /bin/true 2>/dev/null; then
  echo "left out: this machine allows no seccomp filter"
else
  works "$without_calls" ptrace process_vm_readv process_vm_writev perf_event_open kcmp --
  works "$without_calls" ptrace perf_event_open unshare clone3=38 --  # as Docker: an old libc must not see the last
  works "$without_calls" prctl --
  works "$without_calls" tgkill --  # no thread can be paused
  works "$without_calls" getdents64 --  # nor listed
  expect 24 'cannot start a process' "$without_calls" clone --  "$programs/ring.g++-O1"
  expect 0 '' "$without_calls" clone -- "$programs/chain.g++-O1"
fi

echo "== limits"
works bash -c 'ulimit -v 1000000 && exec "$1"' -
works bash -c 'ulimit -n 8 && exec "$1"' -
expect 24 'there is no memory left to check with' bash -c 'ulimit -v 150000 && exec "$1"' - "$programs/ring.g++-O1"
exit "$status"
