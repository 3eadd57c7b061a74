"""Reading one large ledger: against openpyxl's own reading of the same file, and as it grows.

python benchmarks/reading.py [ROWS]

Once with its texts in their cells, as openpyxl writes them, once in a table beside the cells, as
Excel and WPS do. Processor time, each in a process of its own with garbage looked for as seldom as
in those of a check, the middle of five turns; the growth is the exponent from a quarter of the
rows. Where defusedxml is installed openpyxl takes nearly twice as long with it: it reads without
it here, as it does in a check.
"""

from __future__ import annotations

import gc
import math
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Final

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.everyday import read_all  # noqa: E402 - the repository's root comes first
from engine.model.facts import Input  # noqa: E402
from facts.files.apart_child import GARBAGE  # noqa: E402
from facts.files.reader import HERE  # noqa: E402
from facts.folder import read_folder  # noqa: E402
from facts.records.load import load_schema  # noqa: E402

NAME: Final = "执法人员.xlsx"
TURNS: Final = 5
HEADERS: Final = (
    "人员编号", "姓名", "所在单位", "编制性质", "在岗", "上岗日期", "公共法律考试", "专业法律考试",
    "考试日期", "是否公开",
)  # fmt: skip
UNITS: Final = ("某县水利局", "某县城市管理局", "某县农业农村局")
SHEET: Final = "xl/worksheets/sheet1.xml"
TYPES: Final = "[Content_Types].xml"
TABLE: Final = "xl/sharedStrings.xml"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
IN_CELL: Final = re.compile(rb'<c([^>]*?)t="inlineStr"><is><t>(.*?)</t></is></c>')


def write(path: Path, rows: int) -> None:
    """A ledger of so many officers, its texts in their cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("执法人员")
    sheet.append(HEADERS)
    for n in range(rows):
        day = f"201{n % 9}-0{1 + n % 9}-{10 + n % 18}"
        sheet.append([f"R{n:06}", f"人员{n % 997}", UNITS[n % 3], "行政编制", "是", day,
                      "合格", "合格", "2022-04-20", "否" if n % 50 == 0 else "是"])  # fmt: skip
    book.save(path)


def move_texts(path: Path, to: Path) -> None:
    """The same ledger with its texts in a table beside the cells."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    texts: dict[bytes, int] = {}

    def pointing(found: re.Match[bytes]) -> bytes:
        number = texts.setdefault(found[2], len(texts))
        return b'<c%bt="s"><v>%d</v></c>' % (found[1], number)

    parts[SHEET], uses = IN_CELL.subn(pointing, parts[SHEET])
    head = f'<sst xmlns="{MAIN}" count="{uses}" uniqueCount="{len(texts)}">'.encode()
    parts[TABLE] = head + b"".join(b"<si><t>%b</t></si>" % text for text in texts) + b"</sst>"
    named = f'<Override PartName="/{TABLE}" ContentType="{KIND}"/></Types>'.encode()
    parts[TYPES] = parts[TYPES].replace(b"</Types>", named)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)


def own(folder: Path) -> object:
    """The ledger as openpyxl itself reads it."""
    return read_all(folder / NAME)


def cells(folder: Path) -> object:
    """Its cells, as they are read here."""
    return HERE.grids((folder / NAME).read_bytes(), ".xlsx", Input(NAME))


def records(folder: Path) -> object:
    """Its records, joined to nothing else."""
    return read_folder(folder, load_schema(), year=2024)


def seconds(action: Callable[[Path], object], folder: Path) -> float:
    """Processor time of an action, in a process that has done nothing else."""
    gc.set_threshold(GARBAGE)
    start = time.process_time()
    action(folder)
    return time.process_time() - start


def measured(folder: Path) -> list[float]:
    """Of the folder's ledger: openpyxl's own reading, its cells and its records over that.

    The middle of the turns: a machine that others use too is now fast, now slow, and within a turn
    the same for all.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as apart:
        turns = [
            [apart.submit(seconds, action, folder).result() for action in (own, cells, records)]
            for _ in range(TURNS)
        ]
    ratios = [(base, of_cells / base, of_records / base) for base, of_cells, of_records in turns]
    return [median(each) for each in zip(*ratios, strict=True)]


def main(rows: str = "100000") -> None:
    """Print the ratios."""
    sizes = (int(rows) // 4, int(rows))
    with tempfile.TemporaryDirectory() as place:
        for size in sizes:
            for kind in ("文字在格子里", "文字另列一表"):
                (Path(place) / f"{size}{kind}").mkdir()
            write(Path(place) / f"{size}文字在格子里" / NAME, size)
            move_texts(Path(place) / f"{size}文字在格子里" / NAME,
                       Path(place) / f"{size}文字另列一表" / NAME)  # fmt: skip
        print("| | openpyxl 自己读 | 读成格子 | 读成记录 | 增长指数 |\n|---|---|---|---|---|")
        for kind in ("文字在格子里", "文字另列一表"):
            few, many = (measured(Path(place) / f"{size}{kind}") for size in sizes)
            base, of_cells, of_records = many
            growth = math.log(base * of_records / (few[0] * few[2])) / math.log(4)
            print(
                f"| {kind}，{sizes[1]}行×{len(HEADERS)}栏 | {base:.1f} 秒 | {of_cells:.2f} 倍 "
                f"| {of_records:.2f} 倍 | {growth:.2f} |"
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
