"""xlsx ledgers to grids: openpyxl in read-only mode, the rest from the sheet's XML."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, cast

import openpyxl
from defusedxml.ElementTree import fromstring
from openpyxl.utils.cell import range_boundaries

from engine.model.facts import Input, Level
from facts.files.grid import Grid, is_empty
from facts.files.looks import Looks, apply_looks, looks_of, marks_of
from facts.files.mend import MEND
from facts.files.merges import Merge, fill_merges
from facts.files.open import Archive, RefusedError, open_archive
from facts.files.remarks import remarks_of
from facts.files.tidy import is_strict, transitional, unescaped

MAX_CELLS: Final = 5_000_000
_SHEETS: Final = "xl/worksheets/"
_WORKBOOK: Final = "xl/workbook.xml"
_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
"""The formats of days and times that Chinese programs have built in; no file spells them out."""
_LARGE_PARTS: Final = (_SHEETS, "xl/sharedStrings", "xl/media/", "xl/embeddings/")
_FORMULA: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?f[ />]")
_ALIEN_PARTS: Final = {
    "xl/vbaProject": "宏",
    "xl/externalLinks/": "外部链接",
    "xl/embeddings/": "嵌入对象",
    "xl/activeX/": "控件",
    "xl/connections": "外部数据连接",
}


def read_xlsx(data: bytes, entry: Input) -> list[Grid]:
    """The sheets of a workbook that hold something. Raises RefusedError.

    Macros, links and embedded objects are never followed; they are named in the problems.
    """
    archive = open_archive(data, large_parts=_LARGE_PARTS, sheets=_SHEETS)
    if is_strict(archive.read(_WORKBOOK)):
        written = (name for name in archive.names if name.endswith((".xml", ".rels")))
        archive = archive.replaced({name: transitional(archive.read(name)) for name in written})
    for prefix, title in _ALIEN_PARTS.items():
        if any(name.startswith(prefix) for name in archive.names):
            entry.problem(f"文件含{title}，没有运行或打开，只读取单元格的值", level=Level.NOTE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _sheets(archive, entry)
        except RefusedError:
            raise
        except Exception as error:
            said = f"文件已损坏或不是 xlsx 表格：{type(error).__name__}；{MEND}"
            raise RefusedError(said) from error


def _sheets(archive: Archive, entry: Input) -> list[Grid]:
    book = openpyxl.load_workbook(
        archive.stream(), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )
    # openpyxl keeps what it knows of styles to itself
    styles = enumerate(book._cell_styles)  # type: ignore[attr-defined]  # noqa: SLF001
    book._date_formats |= {at for at, style in styles if style.numFmtId in _DATES}  # type: ignore[attr-defined]  # noqa: SLF001
    looks = looks_of(book, archive)
    grids = []
    budget = MAX_CELLS
    for sheet in book.worksheets:
        grid = Grid(entry.path, sheet.title, hidden=sheet.sheet_state != "visible")
        grid.whole = not grid.hidden
        # the size that a sheet states may be wrong or hostile
        sheet.reset_dimensions()
        # a far corner makes a million rows without a cell: they are passed over quickly
        numbered = enumerate(sheet.iter_rows(values_only=True), start=1)
        for number, row in filter(itemgetter(1), numbered):
            budget -= len(row)
            if budget < 0:
                raise RefusedError(f"单元格超过{MAX_CELLS}个，没有读取；请删去空行空列或拆分")
            if not is_empty(row):
                grid.rows.append((number, _texts(row)))
        path = sheet._worksheet_path.lstrip("/")  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl shows the path nowhere else
        xml = archive.read(path)
        _extras(xml, looks, grid, entry)
        grid.remarks += remarks_of(xml, path, archive)
        if grid.rows or grid.errors or grid.concealed:
            grids.append(grid)
    book.close()
    return grids


def _texts(row: Sequence[object]) -> Sequence[object]:
    if any(isinstance(value, str) and "_x" in value for value in row):
        return [unescaped(value) if isinstance(value, str) else value for value in row]
    return row


def _extras(xml: bytes, looks: Looks, grid: Grid, entry: Input) -> None:
    """Leave out what doesn't count, fill true merges, and mark formulas never computed.

    A sheet that is plain but for its merges has only these read from its XML.
    """
    plain = (
        xml.startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf<?xml")) and b"\x00" not in xml[:200]
    )
    if plain and _FORMULA.search(xml) is None and not looks.matter(xml):
        start = xml.find(b"<mergeCells")
        if start < 0 and b":mergeCell" not in xml:
            return
        end = xml.find(b"</mergeCells>", start)
        if start >= 0 and end >= 0:
            fill_merges(_merges(_refs(xml[start : end + len(b"</mergeCells>")])), grid, entry)
            return
    marks = marks_of(xml, looks)
    grid.errors |= marks.uncomputed
    apply_looks(grid, marks, looks)
    fill_merges(_merges(marks.merges), grid, entry)


def _refs(fragment: bytes) -> list[str]:
    root = fromstring(fragment.decode("utf-8"))
    return [child.get("ref", "") for child in root]


def _merges(refs: list[str]) -> list[Merge]:
    # openpyxl has refused the workbook already if a merge lacks a bound
    return [cast("Merge", range_boundaries(ref)) for ref in refs]
