#!/usr/bin/env python3
"""Holds the places of the corpus's mistakes against a table that was judged by hand.

    error_positions.py FOLDER            fails when a place differs from the table, or a case is in only one of the two
    error_positions.py FOLDER --write    writes the places anew and keeps the remarks; a new row gets none, and fails

Each row of `error-positions.tsv`: case, file, line, column, the text under the caret (as a JSON string), a remark by
the person who judged it. A case with several mistakes has a row for each. A mistake without a place has `-` there, and
the remark says why there is none.
"""
import csv
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / ".ci" / "error-positions.tsv"
PROGRAM = ROOT / "target" / "release" / "tidegate"
HEADER = ["case", "file", "line", "column", "text", "remark"]
MOST_WITHOUT_PLACE = 10


def cases(folder):
    path = folder / "kustomize" / "run.py"
    spec = importlib.util.spec_from_file_location("corpus", path)
    corpus = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpus)
    return [case for case in corpus.load(str(folder / "kustomize" / "cases")) if case.expect == "error"]


def places(case, program):
    """Returns file, line, column and text for each mistake of a case."""
    root = os.path.realpath(tempfile.mkdtemp(prefix="positions-"))
    try:
        folder = os.path.relpath(case.unpack(root), root)
        command = [str(program), "render", "--format", "json", folder, *case.flags]
        done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=60)
        mistakes = [json.loads(line) for line in done.stderr.splitlines()]
        rows = []
        for mistake in mistakes:
            if mistake["severity"] != "error":
                continue
            if not mistake["labels"]:
                rows.append(["-", "-", "-", '""'])
                continue
            label = mistake["labels"][0]
            line = pathlib.Path(root, label["file"]).read_text().split("\n")[label["line"] - 1]
            end = label["end_column"] - 1 if label["end_line"] == label["line"] else len(line)
            text = line[label["column"] - 1 : end]
            place = [label["file"], str(label["line"]), str(label["column"])]
            rows.append([*place, json.dumps(text, ensure_ascii=False)])
        return rows
    finally:
        shutil.rmtree(root, ignore_errors=True)


def read():
    if not TABLE.exists():
        return []
    with TABLE.open(newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None))
    return rows[1:]


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = pathlib.Path(words[0]).resolve()
    program = pathlib.Path(words[1]).resolve() if len(words) > 1 else PROGRAM
    found = []
    for case in cases(folder):
        name = f"{case.suite}/{case.name}"
        rows = places(case, program)
        found += [[name, *row] for row in rows] or [[name, "-", "-", "-", '""']]
    listed = read()
    if "--write" in sys.argv:
        remarks = {(row[0], row[4]): row[5] for row in listed}
        lines = [HEADER, *([*row, remarks.get((row[0], row[4]), "")] for row in found)]
        TABLE.write_text("".join("\t".join(line) + "\n" for line in lines))
        listed = read()
    known = [row[:5] for row in listed]
    worse = [("gone or different", row) for row in known if row not in found]
    worse += [("new or different", row) for row in found if row not in known]
    worse += [("not judged", row) for row in listed if len(row) < 6 or not row[5]]
    nowhere = sorted({row[0] for row in found if row[1] == "-"})
    if len(nowhere) > MOST_WITHOUT_PLACE:
        worse.append(("without a place", nowhere))
    names = {row[0] for row in found}
    print(f"places of mistakes: {len(found)} in {len(names)} cases, {len(nowhere)} cases without; {len(worse)} differ")
    for what, row in worse:
        print(f"  {what}: {' '.join(row)}")
    sys.exit(1 if worse or not found else 0)


if __name__ == "__main__":
    main()
