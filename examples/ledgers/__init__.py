"""Builds the ledgers of examples/qinglan (青岚县, an invented place) from the data in this folder.

Run from the root of the repository after changing a cell, then work the findings out again
(examples/README.md, `qinglan` in rulesets/*/*.expected.yaml):

    python -m examples.ledgers            # writes into examples/qinglan
    python -m examples.ledgers FOLDER     # writes somewhere else

One room for each kind of ledger; what a room plants is said beside it. The report (a text file)
and fazhi.yaml are written by hand and not touched.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from examples.ledgers import cases, training
from examples.ledgers.books import CASE_FILE, TRAINING_FILE, books
from examples.ledgers.workbook import workbook

__all__ = ["build"]


def build(folder: Path, *, readable: bool = False) -> None:
    """Write the workbooks, the csv and the json; with `readable`, without the slips."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheets in books().items():
        (folder / name).write_bytes(workbook(sheets, readable=readable))
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(training.trainings())
    (folder / TRAINING_FILE).write_bytes(lines.getvalue().encode("gb18030"))
    text = json.dumps({"行政处罚案件": cases.cases()}, ensure_ascii=False, indent=1)
    (folder / CASE_FILE).write_text(text + "\n", encoding="utf-8")
