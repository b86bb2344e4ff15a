#!/usr/bin/env python3
"""ci_steps.py - what the examples in samples/ci run and keep, for a test that does the same.

    ci_steps.py SAMPLES_CI OUTPUT_DIR

writes NAME.sh, the steps that build and test the project, and NAME.artefacts, the paths that are kept, a line each. Steps
that install gordian are only checked by the shell: they build it again.
"""
import pathlib
import subprocess
import sys

import yaml

samples, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
output.mkdir()


def check_shell(script):
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def write(name, scripts, artefacts):
    assert scripts and artefacts, name
    (output / f"{name}.sh").write_text("\n".join(scripts) + "\n")
    (output / f"{name}.artefacts").write_text("\n".join(artefacts) + "\n")


github = yaml.safe_load((samples / "github-actions.yml").read_text())
steps = github["jobs"]["gordian"]["steps"]
assert all(("run" in step) != ("uses" in step) for step in steps)
for step in steps:
    check_shell(step.get("run", ""))
kept = []
for step in steps:
    inputs = step.get("with", {})
    kept += (inputs.get("path", "") + "\n" + inputs.get("sarif_file", "")).split()
    assert not inputs or step["if"] == "always()", "a failed test must not hide its report"
write("github-actions", [s["run"] for s in steps if "run" in s and s["name"] != "Install gordian"], kept)

gitlab = yaml.safe_load((samples / "gitlab-ci.yml").read_text())["gordian"]
check_shell("\n".join(gitlab["before_script"]))
artefacts = gitlab["artifacts"]
assert artefacts["when"] == "always", "a failed test must not hide its report"
write("gitlab-ci", gitlab["script"], artefacts["paths"] + artefacts["reports"]["junit"])
