#!/bin/sh
# at_usual_places.sh - runs a program with its memory where it is without randomness: at_usual_places.sh PROGRAM [ARGS]
#
# ThreadSanitizer has places of its own, and ends where a kernel puts memory elsewhere (vm.mmap_rnd_bits of 32). A container
# may forbid to ask for that: then the program runs as it is.
if setarch -R true 2>/dev/null; then
  exec setarch -R "$@"
fi
exec "$@"
