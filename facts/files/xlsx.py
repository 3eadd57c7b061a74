"""xlsx ledgers to grids: openpyxl in read-only mode, the rest from the sheet's XML."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import Final, cast

import openpyxl
from defusedxml.ElementTree import fromstring
from openpyxl.utils.cell import range_boundaries

from engine.model.facts import Input, Level
from facts.files.grid import Grid, is_empty
from facts.files.looks import Looks, apply_looks, looks_of, marks_of
from facts.files.open import Archive, RefusedError, open_archive

MAX_CELLS: Final = 5_000_000
MAX_FILLED: Final = 1_000_000
_LARGE_PARTS: Final = ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "xl/embeddings/")
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
    archive = open_archive(data, large_parts=_LARGE_PARTS)
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
            raise RefusedError(f"文件已损坏或不是 xlsx 表格：{type(error).__name__}") from error


def _sheets(archive: Archive, entry: Input) -> list[Grid]:
    book = openpyxl.load_workbook(
        archive.stream(), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )
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
                grid.rows.append((number, row))
        xml = archive.read(sheet._worksheet_path.lstrip("/"))  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl shows the path nowhere else
        _extras(xml, looks, grid, entry)
        if grid.rows or grid.errors or grid.concealed:
            grids.append(grid)
    book.close()
    return grids


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
            _fill(_merges_of(xml[start : end + len(b"</mergeCells>")]), grid, entry)
            return
    marks = marks_of(xml, looks)
    grid.errors |= marks.uncomputed
    apply_looks(grid, marks, looks)
    _fill(marks.merges, grid, entry)


def _merges_of(fragment: bytes) -> list[str]:
    root = fromstring(fragment.decode("utf-8"))
    return [child.get("ref", "") for child in root]


def _fill(merges: list[str], grid: Grid, entry: Input) -> None:
    """Give every cell of a merge the value of its first cell, in rows that hold something."""
    numbers = [number for number, _ in grid.rows]
    width = max((len(row) for _, row in grid.rows), default=0)
    budget = MAX_FILLED
    for merge in merges:
        # openpyxl has refused the workbook already if a merge lacks a bound
        left, top, right, bottom = cast("tuple[int, int, int, int]", range_boundaries(merge))
        right = min(right, width)
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if first >= len(numbers) or numbers[first] != top or left > len(grid.rows[first][1]):
            continue
        value = grid.rows[first][1][left - 1]
        if value is None:
            if (top, left) in grid.void:
                rows = (number for number in numbers[first:last])
                grid.void.update((n, c) for n in rows for c in range(left, right + 1))
            continue
        budget -= max(right - left + 1, 1) * (last - first)
        if budget < 0:
            entry.problem("合并单元格太多，其余没有展开", sheet=grid.sheet, cell=merge)
            return
        for index in range(first, last):
            _fill_row(grid, index, (left, right), value, top)


def _fill_row(grid: Grid, index: int, columns: tuple[int, int], value: object, top: int) -> None:
    number, row = grid.rows[index]
    left, right = columns
    cells = list(row) + [None] * (right - len(row))
    for column in range(left, right + 1):
        if (number, column) != (top, left) and cells[column - 1] is None:
            cells[column - 1] = value
            grid.filled.add((number, column))
    grid.rows[index] = (number, cells)
