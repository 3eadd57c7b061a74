"""xlsx ledgers to grids: openpyxl in read-only mode, the rest from the sheet's XML."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from string import digits
from typing import Any, Final, TypeAlias, cast

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import INLINE_STRING, VALUE_TAG, WorkSheetParser

from engine.model.facts import Input, Level
from engine.model.regex import regex
from facts.files.archive import Archive, open_archive
from facts.files.grid import Grid, is_empty
from facts.files.looks import Looks, apply_looks, looks_of, marks_of
from facts.files.mend import MEND
from facts.files.merges import Merge, fill_merges
from facts.files.parts import TEXTS, usually_named
from facts.files.refused import RefusedError
from facts.files.remarks import remarks_of
from facts.files.texts import check_texts, stated, text_of, texts_of
from facts.files.tidy import is_strict, transitional, unescaped
from facts.files.xml import Element, fromstring

MAX_CELLS: Final = 5_000_000
MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
"""The last row and column that the format has."""

_SHEETS: Final = "xl/worksheets/"
_WORKBOOK: Final = "xl/workbook.xml"
_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
"""The formats of days and times that Chinese programs have built in; no file spells them out."""
_LARGE_PARTS: Final = (_SHEETS, "xl/sharedStrings", "xl/media/", "xl/embeddings/")
_POINTING: Final = b' t="s"'
"""What marks a cell whose text stands in the table of texts."""
_NOWHERE: Final = regex(rb' t="s"[^>]*>\s*<(?:\w+:)?v(?:\s*/>|>\s*(?:-|</))')
"""Such a cell that gives no number, or one from the end: openpyxl would take some text or none."""

_FORMULA: Final = (regex(rb"<f[ />]"), regex(rb":f[ />]"))
"""Each begins with its letters: such a search is several times as fast."""
_WORKSHEET: Final = regex(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,200}\?>\s*|<!--[^>]{0,2000}-->\s*){0,4}<(?:[\w.-]+:)?worksheet[\s>]"
)
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
            return _sheets(usually_named(archive), entry)
        except RefusedError:
            raise
        except Exception as error:
            said = f"文件已损坏或不是 xlsx 表格：{type(error).__name__}；{MEND}"
            raise RefusedError(said) from error


def _sheets(archive: Archive, entry: Input) -> list[Grid]:
    reader = _Reader(
        archive.stream(), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )
    reader.read()
    book = reader.wb
    # openpyxl keeps what it knows of styles to itself
    styles = enumerate(book._cell_styles)  # type: ignore[attr-defined]  # noqa: SLF001
    book._date_formats |= {at for at, style in styles if style.numFmtId in _DATES}  # type: ignore[attr-defined]  # noqa: SLF001
    _check_parts(archive, book)
    table = reader.shared_strings
    said = stated(archive.read(TEXTS))
    looks = looks_of(book, archive)
    grids = []
    budget = MAX_CELLS
    texts: set[object] = set()
    pointing = 0
    for sheet in book.worksheets:
        grid = Grid(entry.path, sheet.title, hidden=sheet.sheet_state != "visible")
        grid.whole = not grid.hidden
        for number, row in _rows(book, sheet):
            budget -= len(row)
            if budget < 0:
                raise RefusedError(f"单元格超过{MAX_CELLS}个，没有读取；请删去空行空列或拆分")
            held = [value for value in row if isinstance(value, str)]
            texts.update(held)
            if not is_empty(row):
                signs = any("_x" in text for text in held)
                grid.rows.append((number, _without_signs(row) if signs else row))
        path = sheet._worksheet_path.lstrip("/")  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl shows the path nowhere else
        xml = archive.read(path)
        pointing += xml.count(_POINTING)
        if _NOWHERE.search(xml) is not None:
            raise RefusedError(f"〔{sheet.title}〕有的格子没有写明是哪一段文字，文件已损坏；{MEND}")
        _extras(xml, looks, grid, entry)
        grid.remarks += remarks_of(xml, path, archive, entry)
        if grid.rows or grid.errors or grid.concealed:
            grids.append(grid)
    check_texts(said, table, texts, pointing, entry)
    book.close()
    return grids


class _Sheet(ReadOnlyWorksheet):
    """openpyxl's, but for the size that it states: it may be wrong or hostile.

    Where none is stated, openpyxl would parse the whole sheet in search of it.
    """

    def _get_size(self) -> None:
        pass


class _Reader(ExcelReader):
    """openpyxl's, but for the texts: it drops the sign for the mark that begins a sign."""

    def read_strings(self) -> None:
        """The texts that cells point to."""
        if TEXTS in self.valid_files:
            self.shared_strings = texts_of(self.archive.read(TEXTS))

    def read_worksheets(self) -> None:
        """The sheets that are in the file; what is in them is read later."""
        for listed, part in self.parser.find_sheets():
            if part.target not in self.valid_files:
                continue
            if "chartsheet" in part.Type:
                self.read_chartsheet(listed, part)  # type: ignore[arg-type]
                continue
            sheet = _Sheet(self.wb, listed.name, part.target, self.shared_strings)
            sheet.sheet_state = listed.state  # type: ignore[assignment]
            self.wb._sheets.append(sheet)  # type: ignore[attr-defined]  # noqa: SLF001


_Cell: TypeAlias = tuple[int, int, object]


class _Parser(WorkSheetParser):
    """openpyxl's, but for texts: nearly all cells are such, and it makes five objects of each."""

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - whatever openpyxl takes
        super().__init__(*args, **named)
        self._row = ""  # the number of the row that is being read, as it is written
        self._columns: dict[str, int] = {}

    def parse_row(self, row: Element) -> tuple[int, list[_Cell]]:  # type: ignore[override]
        """A row's number and its cells. How high it is, or whether it is hidden, is not kept."""
        self._row = row.get("r", "")
        if not (self._row.isascii() and self._row.isdecimal()):
            return super().parse_row(row)  # type: ignore[arg-type,return-value]
        self.row_counter, self.col_counter = int(self._row), 0
        return self.row_counter, [self.parse_cell(cell) for cell in row]

    def parse_cell(self, element: Element) -> _Cell:  # type: ignore[override]
        """The row and the column of a cell, and what it holds."""
        place = element.get("r")
        if place is not None:
            kind = element.get("t")
            if kind == "s":
                number = element.findtext(VALUE_TAG)
                value = self.shared_strings[int(number)] if number else None
                return *self._at(place), value
            inner = element.find(INLINE_STRING) if kind == "inlineStr" else None
            if inner is not None:
                return *self._at(place), text_of(inner)
        found = super().parse_cell(element)
        return found["row"], found["column"], found["value"]

    def _at(self, place: str) -> tuple[int, int]:
        beside = bool(self._row) and place.endswith(self._row)
        column = self._columns.get(place[: -len(self._row)]) if beside else None
        if column is not None:
            self.col_counter = column
            return self.row_counter, column
        letters = place.rstrip(digits)
        self.col_counter = self._columns[letters] = column_index_from_string(letters)
        return int(place[len(letters) :]), self.col_counter


def _rows(book: Any, sheet: Any) -> Iterator[tuple[int, list[object]]]:  # noqa: ANN401
    """The rows of a sheet with their numbers, each cell in its column. Raises RefusedError.

    openpyxl would pass over a row that comes late, and a cell right of the one that comes last.
    """
    with sheet._get_source() as source:  # noqa: SLF001
        parser = _Parser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        above = 0
        for number, cells in parser.parse():
            if not above < number <= MAX_ROW:
                raise RefusedError(_misplaced(sheet, f"第{above}行后面是第{number}行"))
            above = number
            row: list[object] = []
            for own, column, value in cells:
                if own != number or not len(row) < column <= MAX_COLUMN:
                    place = f"第{number}行里有第{own}行第{column}列的单元格"
                    raise RefusedError(_misplaced(sheet, place))
                if column > len(row) + 1:
                    row += [None] * (column - len(row) - 1)
                row.append(value)
            yield number, row


def _misplaced(sheet: Any, what: str) -> str:  # noqa: ANN401
    return f"〔{sheet.title}〕{what}：行号、列号重复、倒退或超出范围，文件已损坏；{MEND}"


def _check_parts(archive: Archive, book: Any) -> None:  # noqa: ANN401
    """Refuse a workbook that lacks what it speaks of, or has one part for several sheets."""
    listed = fromstring(archive.read(_WORKBOOK)).iter()
    named = sum(element.tag.rpartition("}")[2] == "sheet" for element in listed)
    paths = [sheet._worksheet_path.lstrip("/") for sheet in book.worksheets]  # noqa: SLF001
    if len(book._sheets) != named:  # noqa: SLF001
        raise RefusedError(f"工作簿列着{named}张表，有的不在文件里，文件已损坏；{MEND}")
    if len(set(paths)) < len(paths):
        raise RefusedError(f"几张表是文件里的同一部分，文件已损坏；{MEND}")
    for element in fromstring(archive.read("[Content_Types].xml")):
        part = element.get("PartName", "").lstrip("/")
        if part.startswith(_SHEETS) and part not in archive.names:
            raise RefusedError(f"文件缺少“{part[:60]}”，已损坏；{MEND}")
    for path in paths:
        xml = archive.read(path)
        if _WORKSHEET.match(xml) is None and b"\x00" not in xml[:200]:
            raise RefusedError(f"“{path[:60]}”不是一张表，文件已损坏；{MEND}")


def _without_signs(row: Sequence[object]) -> Sequence[object]:
    return [unescaped(value) if isinstance(value, str) else value for value in row]


def _extras(xml: bytes, looks: Looks, grid: Grid, entry: Input) -> None:
    """Leave out what doesn't count, fill true merges, and mark formulas never computed.

    A sheet that is plain but for its merges has only these read from its XML.
    """
    plain = (
        xml.startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf<?xml")) and b"\x00" not in xml[:200]
    )
    formulas = any(one.search(xml) is not None for one in _FORMULA)
    if plain and not formulas and not looks.matter(xml):
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
