"""A workbook of the old .xls format to JSON, in a process of its own: standard input to output.

It is run as a program by `facts.files.xls`, so that a hostile file can take no more than this
process. What comes out is a list of sheets; what is wrong comes out as one line of text.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from typing import Any, Final

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Cell, Sheet

_NUMBER: Final = 2
_DATE: Final = 3
_BOOL: Final = 4
_ERROR: Final = 5


_PERCENTS: Final = (9, 10)
_OWN: Final = 164
"""From here on a file spells its number formats out."""


def sheets_of(data: bytes) -> list[dict[str, Any]]:
    """Every sheet: its name, its cells, its merges, and what is hidden or struck out in it.

    A cell is a text, a number, a truth value, null, or `{"day": ISO 8601}`. `styles` gives the
    style of each cell, `looks` those styles: their number format and whether they are struck out.
    `texts` are those left without their struck parts. Rows and columns are counted from one, ends
    inclusive. Raises xlrd.XLRDError.
    """
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    looks = [_look(book, style) for style in book.xf_list]
    return [_sheet(book, sheet, looks) for sheet in book.sheets()]


def _look(book: Book, style: XF) -> tuple[str, bool]:
    spelled = style.format_key >= _OWN or style.format_key in _PERCENTS
    code = book.format_map[style.format_key].format_str if spelled else ""
    return code, bool(book.font_list[style.font_index].struck_out)


def _sheet(book: Book, sheet: Sheet, looks: Sequence[tuple[str, bool]]) -> dict[str, Any]:
    rows, styles, texts = [], [], []
    for number in range(sheet.nrows):
        row = []
        for column in range(sheet.row_len(number)):
            value = _value(book, sheet.cell(number, column))
            style = sheet.cell_xf_index(number, column)
            runs = sheet.rich_text_runlist_map.get((number, column), ())
            left = _unstruck(book, value, book.xf_list[style].font_index, runs)
            if left != value:
                texts.append((number + 1, column + 1, left))
            elif value is not None:
                styles.append((number + 1, column + 1, style))
            row.append(value)
        rows.append(row)
    return {
        "name": sheet.name,
        "hidden": sheet.visibility != 0,
        "rows": rows,
        "looks": looks,
        "styles": styles,
        "texts": texts,
        "merges": [(left + 1, top + 1, right, bottom)
                   for top, bottom, left, right in sheet.merged_cells],
        "hidden_rows": [at + 1 for at, row in sheet.rowinfo_map.items()
                        if row.hidden or row.height == 0],
        "hidden_columns": [at + 1 for at, column in sheet.colinfo_map.items()
                           if column.hidden or column.width == 0],
    }  # fmt: skip


def _value(book: Book, cell: Cell) -> object:
    if cell.ctype == _DATE:
        try:
            return {"day": xlrd.xldate_as_datetime(cell.value, book.datemode).isoformat()}
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == _NUMBER:
        return int(cell.value) if float(cell.value).is_integer() else cell.value
    if cell.ctype == _BOOL:
        return bool(cell.value)
    if cell.ctype == _ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    return cell.value or None


def _unstruck(book: Book, text: object, font: int, runs: Sequence[tuple[int, int]]) -> object:
    """What is left of a text without its struck parts; the first part has the cell's own font."""
    if not isinstance(text, str) or not runs:
        return text
    starts = [(0, font), *runs]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return "".join(
        text[start:end]
        for (start, used), end in zip(starts, ends, strict=True)
        if not book.font_list[used].struck_out
    )


def main() -> int:
    """Read a workbook from standard input and write it out; 1 with a reason if it can't be."""
    try:
        found = sheets_of(sys.stdin.buffer.read())
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is said to who asked
        sys.stdout.write(f"{type(error).__name__}: {error}")
        return 1
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
