"""A spreadsheet by what it holds rather than by what it is called: every such file to grids."""

from __future__ import annotations

import codecs
from typing import Final

from engine.model.facts import Input, Level
from facts.files.csv import read_csv
from facts.files.grid import Grid
from facts.files.open import OLE
from facts.files.refused import RefusedError

# Libraries are imported where there is a file of theirs: each takes longer than a small file.

_ZIP: Final = b"PK"
_XML: Final = b"<?xml"
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls")


def read_book(data: bytes, suffix: str, entry: Input) -> list[Grid]:
    """The sheets of a file that hold something. Raises RefusedError.

    Systems give their exports names that say something else than what is in them: where name
    and content differ, it is read as what it is, and said.
    """
    if data.startswith(_ZIP):
        from facts.files.xlsx import read_xlsx

        return read_xlsx(data, entry)
    if data.startswith(OLE):
        from facts.files.xls import read_xls

        return read_xls(data, entry)
    from facts.files.web import is_page, read_page

    if is_page(data):
        _say(entry, suffix, "网页")
        return read_page(data, entry)
    if data.removeprefix(codecs.BOM_UTF8).startswith(_XML):
        raise RefusedError(
            "是 XML 表格改了后缀，没有读取；请在 WPS 或 Excel 里打开，另存为 .xlsx 后再放进来"
        )
    if suffix in _WORKBOOKS:
        grids = _text(data, entry)
        _say(entry, suffix, "csv 文本")
        return grids
    return read_csv(data, entry)


def _text(data: bytes, entry: Input) -> list[Grid]:
    """A csv file that is called a workbook; anything else is a damaged one."""
    try:
        grids = read_csv(data, entry)
    except RefusedError:
        grids = []
    if not any(len(row) > 1 for grid in grids for _, row in grid.rows[:1]):
        raise RefusedError("文件已损坏，打不开，或不是表格；请在 WPS 或 Excel 里打开后另存为 .xlsx")
    return grids


def _say(entry: Input, suffix: str, what: str) -> None:
    entry.problem(f"其实是{what}，后缀却是{suffix}，照{what}读取", level=Level.NOTE)
