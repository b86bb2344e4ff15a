#!/bin/sh
# gordian.sh - what bazel test --run_under=//:gordian runs each test by: the report goes where Bazel keeps what tests write,
# bazel-testlogs/TEST/test.outputs/outputs.zip.
GORDIAN_OPTIONS="json=$TEST_UNDECLARED_OUTPUTS_DIR/gordian.%p.json${GORDIAN_OPTIONS:+:$GORDIAN_OPTIONS}"
export GORDIAN_OPTIONS
exec /opt/gordian/bin/gordian run -- "$@"
