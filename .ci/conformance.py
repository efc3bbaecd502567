#!/usr/bin/env python3
"""Runs the corpora and compares what passes with the committed lists, which may only grow.

    conformance.py FOLDER            fails when a listed case fails or is gone
    conformance.py FOLDER --write    adds what passes now to the lists
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = ROOT / ".ci" / "passing"
RENDER = f"{ROOT}/target/release/tidegate render {{dir}}"


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    return done.stdout + done.stderr


def kustomize(folder, cases):
    runner = [sys.executable, str(folder / "kustomize" / "run.py"), "--cases", str(folder / "kustomize" / cases)]
    names = {line.split()[0] for line in run([*runner, "--list"]).splitlines() if " expect=" in line}
    output = run([*runner, "--cmd", RENDER, "--jobs", "2"])
    failing = set()
    if "failing cases:" in output:
        for line in output.split("failing cases:", 1)[1].splitlines():
            if re.match(r"^  \S+$", line):
                failing.add(line.strip())
    return names - failing, names


def realworld(folder):
    with tempfile.TemporaryDirectory() as scratch:
        report = pathlib.Path(scratch) / "report.json"
        run([sys.executable, str(folder / "realworld" / "run.py"), "--cmd", RENDER, "--jobs", "2", "--report", str(report)])
        rows = json.loads(report.read_text())
    rows = rows["builds"] if isinstance(rows, dict) and "builds" in rows else rows
    name = lambda row: f"{row['repo']}:{row['dir']}"
    return {name(row) for row in rows if row["passed"]}, {name(row) for row in rows}


def vectors(folder):
    names = set()
    for file in sorted((folder / "vectors").glob("*.json")):
        names |= {case["id"] for case in json.loads(file.read_text())["cases"]}
    output = run([str(ROOT / "target/release/xtask"), "conformance", "vectors", str(folder / "vectors")])
    failing = set(re.findall(r"^    (\S+): ", output, re.M))
    return names - failing, names


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    write = "--write" in sys.argv[2:]
    worse = False
    suites = {
        "kustomize": lambda: kustomize(folder, "cases"),
        "newer-than-oracle": lambda: kustomize(folder, "newer-than-oracle"),
        "realworld": lambda: realworld(folder),
        "vectors": lambda: vectors(folder),
    }
    for suite, collect in suites.items():
        passing, names = collect()
        path = LISTS / f"{suite}.txt"
        listed = set(path.read_text().split("\n")) - {""} if path.exists() else set()
        lost = sorted(listed - passing)
        new = sorted(passing - listed)
        print(f"{suite}: {len(passing)} of {len(names)} pass; listed {len(listed)}, new {len(new)}, lost {len(lost)}")
        for name in lost:
            print(f"  lost: {name}{'' if name in names else ' (no such case)'}")
        worse |= bool(lost) or not names
        if write:
            path.write_text("".join(f"{name}\n" for name in sorted(listed | passing)))
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
