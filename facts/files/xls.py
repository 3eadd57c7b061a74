"""xls ledgers to grids: the reader of the old format runs in a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from engine.model.facts import Input
from facts.files.grid import Grid, is_empty
from facts.files.looks import Looks, Marks, apply_looks
from facts.files.merges import fill_merges
from facts.files.refused import RefusedError
from facts.writing.formats import number_format

SECONDS: Final = 50
"""A file that takes longer is given up."""
_CHILD: Final = Path(__file__).with_name("xls_child.py")
_WHAT_TO_DO: Final = "请在 WPS 或 Excel 里打开，另存为不加密的 .xlsx 后再放进来"


def read_xls(data: bytes, entry: Input) -> list[Grid]:
    """The sheets of a workbook of the old format that hold something. Raises RefusedError."""
    grids = []
    for sheet in _sheets(data):
        grid = Grid(entry.path, sheet["name"], hidden=sheet["hidden"])
        grid.whole = not grid.hidden
        rows = ([_cell(value) for value in row] for row in sheet["rows"])
        grid.rows += [(at, row) for at, row in enumerate(rows, 1) if not is_empty(row)]
        apply_looks(grid, _marks(sheet), _looks(sheet["looks"]))
        fill_merges([(left, top, right, bottom) for left, top, right, bottom in sheet["merges"]],
                    grid, entry)  # fmt: skip
        if grid.rows or grid.concealed:
            grids.append(grid)
    return grids


def _sheets(data: bytes) -> list[dict[str, Any]]:
    """What the child process makes of a file. Raises RefusedError."""
    try:
        # -P: the modules beside the child have the names of some that it needs
        made = subprocess.run(  # noqa: S603 - our own program; the file is no more than its input
            [sys.executable, "-P", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(f"{SECONDS}秒还没有读完，没有读取；{_WHAT_TO_DO}") from None
    if made.returncode != 0:
        raise RefusedError(f"读不出这个旧格式的表格（多是加了密码或已损坏）；{_WHAT_TO_DO}")
    found: list[dict[str, Any]] = json.loads(made.stdout)
    return found


def _cell(value: object) -> object:
    return dt.datetime.fromisoformat(value["day"]) if isinstance(value, dict) else value


def _marks(sheet: dict[str, Any]) -> Marks:
    return Marks(
        rows=set(sheet["hidden_rows"]),
        columns=[(at, at) for at in sheet["hidden_columns"]],
        styles={(row, column): style for row, column, style in sheet["styles"]},
        texts={(row, column): left for row, column, left in sheet["texts"]},
    )


def _looks(looks: list[tuple[str, bool]]) -> Looks:
    formats = {at: number_format(code) for at, (code, _) in enumerate(looks)}
    return Looks(
        {at: found for at, found in formats.items() if found is not None},
        frozenset(at for at, (_, struck) in enumerate(looks) if struck),
        {},
        None,
    )
