"""Workbooks whose parts, rows or cells stand where none belong: read whole, or refused by name."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from engine.model.facts import Input
from facts.files.refused import RefusedError
from facts.files.xlsx import read_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def workbook() -> dict[str, bytes]:
    """The parts of a workbook of two sheets, three rows of three cells in the first."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("决策")
    for at, row in enumerate([["编号", "事项", "金额"], ["1", "停车", 12], ["2", "公交", 13]]):
        sheet.write_row(at, 0, row)
    book.add_worksheet("证件").write_row(0, 0, ["证号", "姓名"])
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(parts: dict[str, bytes]) -> tuple[list[list[object]], list[str]]:
    """The rows of the first sheet and the problems. Raises RefusedError."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    entry = Input("台账.xlsx")
    grids = read_xlsx(buffer.getvalue(), entry)
    return [list(row) for _, row in grids[0].rows], [one.text() for one in entry.problems]


def changed(old: bytes, new: bytes, *, name: str = SHEET) -> dict[str, bytes]:
    """The workbook with the first `old` in a part replaced."""
    parts = workbook()
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    return parts


def test_as_it_is_it_is_read_whole() -> None:
    rows, problems = read(workbook())
    assert rows == [["编号", "事项", "金额"], ["1", "停车", 12], ["2", "公交", 13]]
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="3"', b'<row r="2"'),
        (b'<row r="3"', b'<row r="1"'),
        (b'<row r="2"', b'<row r="9"'),
        (b'<row r="3"', b'<row r="1000000000000"'),
        (b'<row r="3"', b'<row r="1048577"'),
        (b'<row r="1"', b'<row r="-1"'),
        (b'<c r="B2"', b'<c r="C2"'),
        (b'<c r="B2"', b'<c r="A2"'),
        (b'<c r="C2"', b'<c r="A2"'),
        (b'<c r="C2"', b'<c r="ZZZ2"'),
        (b'<c r="B2"', b'<c r="B3"'),
        (b'<c r="B2"', b'<c r="B0"'),
    ],
)
def test_a_row_or_cell_out_of_its_place_is_no_silent_loss(old: bytes, new: bytes) -> None:
    """Broken by openpyxl's own rows, which leave out what comes late, or go on to row 10¹²."""
    started = time.monotonic()
    with pytest.raises(RefusedError, match="已损坏"):
        read(changed(old, new))
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(("number", "last"), [(b"2", 2), (b"1", 2)], ids=["twice", "back"])
def test_a_whole_row_under_the_number_of_another_is_no_silent_loss(
    number: bytes, last: int
) -> None:
    """Broken by reading both, of which one lies over the other in every program that shows it."""
    parts = workbook()
    sheet = parts[SHEET].replace(b'<row r="3"', b'<row r="%s"' % number)
    parts[SHEET] = re.sub(rb'"([ABC])3"', rb'"\g<1>%s"' % number, sheet)
    with pytest.raises(RefusedError, match=f"第{last}行后面是第{number.decode()}行：行号"):
        read(parts)


def test_the_last_row_and_column_of_the_format_are_read() -> None:
    parts = changed(b'<row r="3"', b'<row r="1048576"')
    for old, new in (
        (b'"A3"', b'"A1048576"'),
        (b'"B3"', b'"B1048576"'),
        (b'"C3"', b'"XFD1048576"'),
    ):
        parts[SHEET] = parts[SHEET].replace(old, new)
    rows, problems = read(parts)
    assert len(rows[2]) == 16_384
    assert (rows[2][0], rows[2][-1], problems) == ("2", 13, [])


def test_rows_and_cells_without_numbers_follow_each_other() -> None:
    parts = workbook()
    for number in b"123":
        parts[SHEET] = parts[SHEET].replace(b'<row r="%c"' % number, b"<row")
    for cell in (b"A2", b"B2", b"C2"):
        parts[SHEET] = parts[SHEET].replace(b'<c r="%s"' % cell, b"<c")
    assert read(parts)[0][1] == ["1", "停车", 12]


def dropped(name: str) -> Callable[[], dict[str, bytes]]:
    return lambda: {part: data for part, data in workbook().items() if part != name}


def swapped(one: str, other: str) -> Callable[[], dict[str, bytes]]:
    return lambda: (parts := workbook()) | {one: parts[other], other: parts[one]}


def one_part_twice() -> dict[str, bytes]:
    parts = workbook()
    links = parts["xl/_rels/workbook.xml.rels"]
    assert b"sheet2.xml" in links
    return parts | {"xl/_rels/workbook.xml.rels": links.replace(b"sheet2.xml", b"sheet1.xml")}


@pytest.mark.parametrize(
    "parts",
    [
        dropped(SHEET),
        dropped("xl/worksheets/sheet2.xml"),
        dropped("xl/sharedStrings.xml"),
        dropped("xl/styles.xml"),
        dropped("xl/workbook.xml"),
        dropped("xl/_rels/workbook.xml.rels"),
        dropped("[Content_Types].xml"),
        swapped(SHEET, "xl/sharedStrings.xml"),
        swapped(SHEET, "xl/styles.xml"),
        swapped("xl/sharedStrings.xml", "xl/styles.xml"),
    ],
)
def test_a_workbook_without_a_part_that_counts_is_refused(
    parts: Callable[[], dict[str, bytes]],
) -> None:
    """Broken by skipping a sheet that isn't there, as openpyxl does."""
    with pytest.raises(RefusedError):
        read(parts())


def test_one_part_for_two_sheets_is_refused() -> None:
    """Broken by one ledger judged twice, and another not at all."""
    with pytest.raises(RefusedError, match="几张表是文件里的同一部分"):
        read(one_part_twice())


@pytest.mark.parametrize("number", [b"<v>-1</v>", b"<v></v>", b"<v/>", b"<v> -2 </v>"])
def test_a_cell_whose_text_stands_nowhere_is_refused(number: bytes) -> None:
    """Broken by taking a text counted from the end, or none, where the number was spoilt."""
    parts = workbook()
    spoilt, times = re.subn(rb'(<c r="B2"[^>]* t="s">)<v>\d+</v>', rb"\1" + number, parts[SHEET])
    assert times == 1
    with pytest.raises(RefusedError, match="没有写明是哪一段文字"):
        read(parts | {SHEET: spoilt})
