"""What reading in a process apart takes of a run, as ratios to importing openpyxl in one go.

    python benchmarks/apart.py

Processor time with all children, the least of several turns taken by all: another program that
takes the machine takes it from all of them. The child of a run is fed one small file and ends;
then a process reads one by a child, and without: the difference is what the child costs a run.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

import xlsxwriter

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.waiting import taken  # noqa: E402 - the repository's root comes first
from facts.files.apart import program  # noqa: E402
from facts.files.wire import dumped, send  # noqa: E402

TURNS: Final = 15
BASE: Final = "import openpyxl"
ROWS: Final = (("决策编号", "决策事项"), ("决1", "修桥"))
_READING: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from engine.model.facts import Input
from facts.files.apart import Apart
from facts.files.reader import HERE
def read(reader):
    with open(sys.argv[2], "rb") as file:
        reader.grids(file.read(), ".xlsx", Input("台账.xlsx"))
"""
_HERE: Final = "read(HERE)"
_APART: Final = "with Apart() as child: read(child)"


def book() -> bytes:
    """A workbook of one row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet("决策")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def csv() -> bytes:
    """The same as csv."""
    return "\n".join(map(",".join, ROWS)).encode()


def request(place: Path, what: str, suffix: str, data: bytes) -> Path:
    """A file that holds what a child is asked."""
    asked = place / f"asked{suffix}"
    with asked.open("wb") as stream:
        send(stream, dumped([what, suffix, "台账"]), data)
    return asked


def main() -> None:
    """Print every ratio."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        ledger = place / "台账.xlsx"
        ledger.write_bytes(book())
        nothing = Path(os.devnull)
        reading = [sys.executable, "-c"]
        file = [str(ROOT), str(ledger)]
        asked = {
            "子进程，只有文本": request(place, "text", ".txt", "青岚县".encode()),
            "子进程，只有 csv": request(place, "grids", ".csv", csv()),
            "子进程，有 xlsx": request(place, "grids", ".xlsx", book()),
        }
        runs: dict[str, tuple[list[str], Path]] = {
            BASE: ([sys.executable, "-c", BASE], nothing),
            **{name: (program(), path) for name, path in asked.items()},
            "一个进程读 xlsx，不用子进程": ([*reading, _READING + _HERE, *file], nothing),
            "一个进程读 xlsx，用子进程": ([*reading, _READING + _APART, *file], nothing),
        }
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(TURNS):
            for run, (command, path) in runs.items():
                seconds[run].append(taken(command, path).seconds)
    best = {run: min(times) for run, times in seconds.items()}
    print("| | 处理器时间 | 倍数 |\n|---|---|---|")
    for run, one in best.items():
        print(f"| {run} | {one * 1000:.0f} 毫秒 | {one / best[BASE]:.2f} |")
    more = best["一个进程读 xlsx，用子进程"] - best["一个进程读 xlsx，不用子进程"]
    print(f"\n用子进程多用 {more * 1000:.0f} 毫秒，{more / best[BASE]:.2f} 倍")


if __name__ == "__main__":
    main()
