"""Sheets to the bytes of a workbook: titles, headers over one or two rows, true merges."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from examples.ledgers.cells import Cell, Misread, Row, Sheet

SAVED: Final = dt.datetime(2025, 3, 7, 17, 20)  # noqa: DTZ001 - the clock of the office


def workbook(sheets: Iterable[Sheet], *, readable: bool) -> bytes:
    """One workbook; with `readable`, without the slips. Equal sheets give equal cells."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.lastModifiedBy = "青岚县司法局", "法制科"
    book.properties.created = book.properties.modified = SAVED
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, readable=readable)
    written = io.BytesIO()
    book.save(written)
    return _steady(written.getvalue())


def _steady(data: bytes) -> bytes:
    """The same archive without the time of writing, so that equal data give equal files."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(steady, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _without_modified(content)
            fixed = zipfile.ZipInfo(entry.filename, SAVED.timetuple()[:6])
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return steady.getvalue()


def _without_modified(core: bytes) -> bytes:
    head, found, tail = core.partition(b"<dcterms:modified")
    if not found:
        return core
    opening, _, rest = tail.partition(b">")
    _, _, after = rest.partition(b"<")
    stamp = SAVED.isoformat().encode() + b"Z"
    return head + found + opening + b">" + stamp + b"<" + after


def _fill(out: Worksheet, sheet: Sheet, *, readable: bool) -> None:
    at = 1
    for title in sheet.titles:
        out.cell(at, 1, title).font = Font(bold=True, size=14)
        if len(sheet.columns) > 1:
            out.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(sheet.columns))
        at += 1
    at = _header(out, sheet.columns, at)
    for number, row in enumerate(sheet.rows, 1):
        strange = row.keys() - set(sheet.columns) - {"块"}
        if strange:
            raise KeyError(f"{sheet.name} has no column for {strange}")
        lines = row.get("块")
        inner = lines if isinstance(lines, list) else [{}]
        own = {"序号": number, **row}
        for offset, line in enumerate(inner):
            for column, name in enumerate(sheet.columns, 1):
                if name in line:
                    _write(out, at + offset, column, line[name], readable=readable)
                elif offset == 0:
                    _write(out, at, column, own.get(name), readable=readable)
        if len(inner) > 1:
            _merge(out, sheet.columns, inner, at)
        at += len(inner)
    for cells in sheet.footer:
        for column, value in enumerate(cells, 1):
            _write(out, at, column, value, readable=readable)
        at += 1
    for column in range(1, len(sheet.columns) + 1):
        out.column_dimensions[get_column_letter(column)].width = 14


def _header(out: Worksheet, columns: Sequence[str], at: int) -> int:
    """One header row, or two where some column belongs to a group; true merges throughout."""
    if not columns:
        return at
    two = any("·" in name for name in columns)
    for column, name in enumerate(columns, 1):
        group, found, own = name.rpartition("·")
        if not two or not found:
            _heading(out, at, column, name)
            if two:
                out.merge_cells(
                    start_row=at, end_row=at + 1, start_column=column, end_column=column
                )
            continue
        if column == 1 or not columns[column - 2].startswith(group + "·"):
            _heading(out, at, column, group)
            last = column
            while last < len(columns) and columns[last].startswith(group + "·"):
                last += 1
            if last > column:
                out.merge_cells(start_row=at, end_row=at, start_column=column, end_column=last)
        _heading(out, at + 1, column, own)
    return at + (2 if two else 1)


def _heading(out: Worksheet, row: int, column: int, text: str) -> None:
    cell = out.cell(row, column, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _merge(out: Worksheet, columns: Sequence[str], inner: Sequence[Row], at: int) -> None:
    inside = {name for line in inner for name in line}
    for column, name in enumerate(columns, 1):
        if name not in inside:
            out.merge_cells(
                start_row=at, end_row=at + len(inner) - 1, start_column=column, end_column=column
            )


def _write(out: Worksheet, row: int, column: int, value: Cell, *, readable: bool) -> None:
    if isinstance(value, Misread):
        value = value.right if readable else value.wrong
    if value is None:
        return
    if not isinstance(value, (str, int, float, dt.date)):
        raise TypeError(f"{value!r} is not a cell")
    cell = out.cell(row, column, value)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
