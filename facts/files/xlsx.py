"""xlsx ledgers to grids: openpyxl in read-only mode, merges and formulas from the sheet's XML."""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Final, cast
from xml.etree.ElementTree import Element

import openpyxl
from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from engine.model.facts import Input, Level
from facts.files.grid import Grid, is_empty
from facts.files.open import Archive, RefusedError, open_archive

MAX_CELLS: Final = 5_000_000
MAX_FILLED: Final = 1_000_000
_LARGE_PARTS: Final = ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "xl/embeddings/")
_FORMULA: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?f[ />]")
_NAMESPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
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
    grids = []
    budget = MAX_CELLS
    for sheet in book.worksheets:
        grid = Grid(entry.path, sheet.title, hidden=sheet.sheet_state != "visible")
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
        _extras(archive.read(sheet._worksheet_path.lstrip("/")), grid, entry)  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl shows the path nowhere else
        if grid.rows or grid.errors:
            grids.append(grid)
    book.close()
    return grids


def _extras(xml: bytes, grid: Grid, entry: Input) -> None:
    """Fill true merges, and mark formulas that were never computed: their cells look empty."""
    computed = _FORMULA.search(xml) is None
    plain = (
        xml.startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf<?xml")) and b"\x00" not in xml[:200]
    )
    if computed and plain:
        start = xml.find(b"<mergeCells")
        if start < 0 and b":mergeCell" not in xml:
            return
        end = xml.find(b"</mergeCells>", start)
        if start >= 0 and end >= 0:
            _fill(_merges_of(xml[start : end + len(b"</mergeCells>")]), grid, entry)
            return
    merges: list[str] = []
    number = 0
    for _, element in iterparse(io.BytesIO(xml)):
        tag = element.tag.rpartition("}")[2]
        if tag == "mergeCell":
            merges.append(element.get("ref", ""))
        elif tag == "row":
            number = int(float(element.get("r", number + 1)))
            grid.errors.update((number, column) for column in _not_computed(element))
            element.clear()
    _fill(merges, grid, entry)


def _merges_of(fragment: bytes) -> list[str]:
    root = fromstring(fragment.decode("utf-8"))
    return [child.get("ref", "") for child in root]


def _not_computed(row: Element) -> Iterator[int]:
    """The columns of a row's formulas without a value. A cell may leave its address out."""
    column = 0
    for cell in row.iterfind(f"{_NAMESPACE}c"):
        address = cell.get("r")
        column = coordinate_to_tuple(address)[1] if address else column + 1
        value = cell.find(f"{_NAMESPACE}v")
        empty = value is None or (not value.text and cell.get("t") != "str")
        if empty and cell.find(f"{_NAMESPACE}f") is not None:
            yield column


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
