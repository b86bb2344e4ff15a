#!/bin/sh
# serve.sh - runs a server, a client of it, and ends the server with SIGTERM (or END_WITH): serve.sh READY CLIENT SERVER [ARGS]
#
# READY and CLIENT are words for sh; the client starts once READY succeeds. What the server ends
# with is the status; 125 where the client fails.
ready=$1 client=$2
shift 2
"$@" &
server=$!
until sh -c "$ready" >/dev/null 2>&1; do
  kill -0 "$server" || exit 125
  sleep 0.1
done
sh -c "$client" || { kill -KILL "$server"; exit 125; }
kill -"${END_WITH:-TERM}" "$server"
wait "$server"
