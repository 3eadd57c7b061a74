"""Template workbooks to xlsx: header, notes, drop-downs, validation, an example, print set-up."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from engine.model.field import FieldKind
from engine.model.regex import regex
from engine.model.schema import Schema
from engine.model.values import FIRST_YEAR, LAST_YEAR
from facts.files.names import SETTINGS
from facts.ledgers.templates import Book, Column, Sheet, books, core_book, marked, settings_text

OPTIONS: Final = "选项"
GUIDE: Final = "填表说明"
_LAST_ROW: Final = 5000
_LONGEST_LIST: Final = 255
_NO_CHARACTERS: Final = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PER_PAGE: Final = 12
_EPOCH: Final = dt.date(1899, 12, 30)
_LINE: Final = Side(style="thin", color="FFB0B0B0")
_BORDER: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD: Final = PatternFill("solid", fgColor="FFDDE7F0")
_KEY: Final = PatternFill("solid", fgColor="FFF5DEB3")
_CORE: Final = {
    "must": PatternFill("solid", fgColor="FFF8CBAD"),
    "applicable": PatternFill("solid", fgColor="FFE2EFDA"),
}
_CORE_WORDS: Final = {
    "must": "橙色：每件都要填",
    "applicable": "绿色：有这种情形的才填，没有的写“无”",
}
_GREY: Final = "FF808080"
_FORMATS: Final = {
    FieldKind.DATE: "yyyy-mm-dd",
    FieldKind.DATETIME: "yyyy-mm-dd hh:mm",
    FieldKind.INT: "0",
    FieldKind.NUMBER: "General",
}
_MORE: Final = (
    "入门台账照这些列就能用。要核得更全，把下面各列添在后面（列名照写）；"
    "听证会、参加人等清单，用完整的空白台账。"
)
_NONE_TOO: Final = "也可以写“无”，或者空着；意思见列名上的批注。"


def template_files(schema: Schema) -> dict[str, bytes]:
    """Every file of an empty folder of ledgers, by name."""
    files = {f"{book.name}.xlsx": workbook_bytes(book) for book in books(schema)}
    return {SETTINGS: settings_text(schema).encode("utf-8"), **files}


def core_files(schema: Schema) -> dict[str, bytes]:
    """The files that someone begins with: one workbook with the columns that matter most."""
    book = core_book(schema)
    settings = settings_text(schema).encode("utf-8")
    return {SETTINGS: settings, f"{book.name}.xlsx": workbook_bytes(book)}


def workbook_bytes(book: Book) -> bytes:
    """The workbook as an xlsx file."""
    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.creator = "fazhi"
    lists = _Lists(made)
    for sheet in book.sheets:
        _fill(made.create_sheet(sheet.title), sheet, lists)
    _guide(made.create_sheet(GUIDE), book)
    lists.finish()
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


class _Lists:
    """The drop-downs of a workbook; those too long for a cell's rule stand in a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._long: dict[tuple[str, ...], str] = {}

    def formula(self, choices: tuple[str, ...]) -> str:
        """The formula of a list validation."""
        choices = tuple(map(_kept, choices))
        text = f'"{",".join(choices)}"'
        if len(text) <= _LONGEST_LIST and not any(set(choice) & set(',"') for choice in choices):
            return text
        return self._long.setdefault(choices, f"_list{len(self._long) + 1}")

    def finish(self) -> None:
        """Write the long lists."""
        if not self._long:
            return
        sheet = self._book.create_sheet(OPTIONS)
        sheet.sheet_state = "hidden"
        for column, (choices, name) in enumerate(self._long.items(), 1):
            for row, choice in enumerate(choices, 1):
                _put(sheet, row, column, choice)
            letter = get_column_letter(column)
            where = f"'{OPTIONS}'!${letter}$1:${letter}${len(choices)}"
            self._book.defined_names[name] = DefinedName(name, attr_text=where)


def _kept(text: str) -> str:
    """A text without the characters that the format has no place for."""
    return _NO_CHARACTERS.sub("", text)


def _put(page: Worksheet, row: int, column: int, value: object) -> None:
    """A value in a cell: what an office calls its columns is text, whatever it looks like."""
    cell = cast("Cell", page.cell(row, column))
    if isinstance(value, str):
        cell.value = _kept(value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value  # type: ignore[assignment]


def _line(page: Worksheet, cells: Sequence[str]) -> None:
    """A line below what stands in a sheet."""
    row = page.max_row + 1 if page["A1"].value else 1
    for column, text in enumerate(cells, 1):
        _put(page, row, column, text)


def _fill(page: Worksheet, sheet: Sheet, lists: _Lists) -> None:
    rules: dict[tuple[FieldKind, tuple[str, ...]], DataValidation] = {}
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        _head(page, number, column)
        _example(page, number, column)
        settings = page.column_dimensions[letter]
        settings.width = min(max(_width(column.header) + 4, 12), 26)
        settings.number_format = _FORMATS.get(column.kind, "@")
        rule = rules.get((column.kind, column.choices)) or _rule(column, lists)
        if rule is not None:
            rules[column.kind, column.choices] = rule
            rule.add(f"{letter}2:{letter}{_LAST_ROW}")
    for rule in rules.values():
        page.add_data_validation(rule)
    page.row_dimensions[1].height = 34
    page.freeze_panes = "B2"
    _print(page, len(sheet.columns))


def _head(page: Worksheet, number: int, column: Column) -> None:
    cell = page.cell(1, number)
    _put(page, 1, number, column.header)
    cell.font = Font(bold=True)
    cell.fill = _CORE[column.core] if column.core else _KEY if column.key else _HEAD
    cell.border = _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    lines = [_CORE_WORDS[column.core]] if column.core else []
    lines += column.note.split("\n")
    height = sum(1 + _width(line) // 44 for line in lines)
    said = _kept("\n".join(lines))
    cell.comment = Comment(said, "fazhi", height=30 + 19 * height, width=340)


def _example(page: Worksheet, number: int, column: Column) -> None:
    cell = page.cell(2, number)
    value = column.example
    if number == 1:
        text = value.isoformat() if isinstance(value, dt.date) else value
        _put(page, 2, number, marked(text))
    elif value is not None:
        _put(page, 2, number, value)
        cell.number_format = _FORMATS.get(column.kind, "@")
    cell.font = Font(italic=True, color=_GREY)
    cell.border = _BORDER


def _rule(column: Column, lists: _Lists) -> DataValidation | None:
    """What the column takes. 无 has its meaning in any column, so a rule warns and doesn't bar."""
    if column.choices:
        rule = DataValidation(type="list", formula1=lists.formula(column.choices))
        rule.error = f"应从下拉表里选。{_NONE_TOO}"
    elif column.kind in (FieldKind.DATE, FieldKind.DATETIME):
        first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
        rule = DataValidation(
            type="date",
            operator="between",
            formula1=str((first - _EPOCH).days),
            formula2=str((last - _EPOCH).days + 1),
        )
        rule.error = f"应为日期，写成 2024-05-01 的样子。{_NONE_TOO}"
    elif column.kind in (FieldKind.INT, FieldKind.NUMBER):
        whole = column.kind is FieldKind.INT
        rule = DataValidation(
            type="whole" if whole else "decimal", operator="greaterThanOrEqual", formula1="0"
        )
        rule.error = f"应为不小于 0 的{'整数' if whole else '数字'}。{_NONE_TOO}"
    else:
        return None
    rule.errorStyle = "warning"
    rule.errorTitle = "请核对"
    rule.allow_blank = True
    rule.showErrorMessage = True
    return rule


def _guide(page: Worksheet, book: Book) -> None:
    """All notes as a table, to read and print; the loader passes this sheet over."""
    _line(page, ["表", "列", "怎么填", "依据"])
    for sheet in book.sheets:
        if sheet.note:
            _line(page, [sheet.title, "", sheet.note, ""])
        for column in sheet.columns:
            _line(page, [sheet.title, column.header, column.note, column.article])
    _line(page, ["", "", "第2行以“示例：”开头的是示例，不会当作记录，可以删掉。", ""])
    for sheet in book.sheets:
        for colour in dict.fromkeys(c.core for c in sheet.columns if c.core):
            _line(page, [sheet.title, "列名的颜色", _CORE_WORDS[colour], ""])
        if sheet.more:
            _line(page, [sheet.title, "还可以添的列", _MORE, ""])
        for column in sheet.more:
            _line(page, [sheet.title, column.header, column.note, column.article])
    for letter, width in zip("ABCD", (22, 26, 70, 26), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = _BORDER
            if cell.row == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
    page.freeze_panes = "A2"
    _print(page, 1)


def _print(page: Worksheet, columns: int) -> None:
    """A4 on its side; a wide ledger goes over several pages, each with header and first column."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth = -(-columns // _PER_PAGE)
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    if columns > _PER_PAGE:
        page.print_title_cols = "A:A"
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页，共 &N 页"
    page.oddFooter = footer


def _width(text: str) -> int:
    """How many Latin letters wide a text is; a Chinese character is two."""
    return sum(1 if char.isascii() else 2 for char in text)
