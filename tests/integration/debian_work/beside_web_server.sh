#!/bin/sh
# beside_web_server.sh - runs a program while the files in www are served at a port of 127.0.0.1:
# beside_web_server.sh PORT PROGRAM [ARGS]
port=$1
shift
python3 -m http.server --bind 127.0.0.1 --directory www "$port" >/dev/null 2>&1 &
server=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do
  kill -0 "$server" || exit 125
  sleep 0.1
done
kill -0 "$server" || exit 125  # else somebody else answers at that port
"$@"
status=$?
kill "$server"
exit "$status"
