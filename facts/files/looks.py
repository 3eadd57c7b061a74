"""How a workbook looks where looks change what it says: formats, what is hidden or struck out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook

from engine.model.regex import regex
from facts.files.archive import Archive
from facts.files.grid import Grid, is_empty
from facts.files.parts import TEXTS
from facts.files.tidy import unescaped
from facts.files.xml import Element, iterparse
from facts.writing.formats import NumberFormat, number_format

_PERCENTS: Final = (9, 10)
_HIDDEN: Final = (
    regex(rb"""hidden\s*=\s*["'](?:1|true)"""),
    regex(rb"""width\s*=\s*["']0["'.]"""),
    regex(rb"""\sht\s*=\s*["']0["'.]"""),
)
"""Most begin with their letters: such a search is several times as fast."""
_STRUCK: Final = regex(rb"<(?:[A-Za-z0-9]+:)?strike[ />]")
_NO: Final = ("0", "false")


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a workbook that change what a cell says, and its texts that are struck out.

    `formats` and `struck` are by style; `texts` gives a shared text without its struck runs.
    `styled` finds a cell of such a style in a sheet's XML; None where there is no such style.
    """

    formats: Mapping[int, NumberFormat]
    struck: frozenset[int]
    texts: Mapping[int, str]
    styled: re.Pattern[bytes] | None

    def matter(self, xml: bytes) -> bool:
        """Whether a sheet may hold anything that does not say what its values say."""
        return (
            bool(self.texts)
            or (self.styled is not None and self.styled.search(xml) is not None)
            or any(one.search(xml) is not None for one in _HIDDEN)
            or (b"strike" in xml and _STRUCK.search(xml) is not None)
        )


def looks_of(book: Workbook, archive: Archive) -> Looks:
    """What a workbook's styles and shared texts say."""
    formats: dict[int, NumberFormat] = {}
    struck = set()
    # openpyxl keeps the styles of a workbook opened for reading only to itself
    for at, style in enumerate(book._cell_styles):  # type: ignore[attr-defined]  # noqa: SLF001
        code = _code(book, style.numFmtId)
        found = number_format(code) if code else None
        if found is not None:
            formats[at] = found
        if book._fonts[style.fontId].strike:  # type: ignore[attr-defined]  # noqa: SLF001
            struck.add(at)
    numbers = "|".join(map(str, sorted(struck | formats.keys())))
    styled = regex(rf"""\ss\s*=\s*["'](?:{numbers})["']""".encode()) if numbers else None
    return Looks(formats, frozenset(struck), _struck_texts(archive.read(TEXTS)), styled)


def _code(book: Workbook, number: int) -> str:
    """A format's code. What the built-in ones show of money is the office's own currency."""
    if number >= BUILTIN_FORMATS_MAX_SIZE:
        return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])  # type: ignore[attr-defined]  # noqa: SLF001
    return BUILTIN_FORMATS[number] if number in _PERCENTS else ""


def _struck_texts(xml: bytes) -> dict[int, str]:
    if _STRUCK.search(xml) is None:
        return {}
    found = {}
    texts = (element for _, element in iterparse(io.BytesIO(xml)) if _tag(element) == "si")
    for at, element in enumerate(texts):
        left = _unstruck(element)
        if left is not None:
            found[at] = left
    return found


def _unstruck(rich: Element) -> str | None:
    """What is left of a text without its struck runs; None if no run is struck."""
    kept, any_struck = "", False
    for run in rich:
        if _tag(run) != "r":
            continue
        struck = any(
            _tag(mark) == "strike" and mark.get("val") not in _NO
            for properties in run
            if _tag(properties) == "rPr"
            for mark in properties
        )
        any_struck = any_struck or struck
        if not struck:
            kept += unescaped("".join(text.text or "" for text in run if _tag(text) == "t"))
    return kept if any_struck else None


@dataclass(slots=True)
class Marks:
    """What a sheet's XML says beyond its values; columns are 1-based and their ends inclusive."""

    merges: list[str] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)


def marks_of(xml: bytes, looks: Looks) -> Marks:
    """Everything that the XML of a sheet marks, in one pass over its rows."""
    marks = Marks()
    number = 0
    for _, element in iterparse(io.BytesIO(xml)):
        tag = _tag(element)
        if tag == "mergeCell":
            marks.merges.append(element.get("ref", ""))
        elif tag == "col" and _hidden(element, "width"):
            bounds = element.get("min", "0"), element.get("max", "0")
            marks.columns.append((int(bounds[0]), int(bounds[1])))
        elif tag == "row":
            number = int(float(element.get("r", number + 1)))
            if _hidden(element, "ht"):
                marks.rows.add(number)
            _row(marks, number, element, looks)
            element.clear()
    return marks


def _row(marks: Marks, number: int, row: Element, looks: Looks) -> None:
    """The marks of one row. A cell may leave its address out."""
    column = 0
    for cell in row:
        if _tag(cell) != "c":
            continue
        address = cell.get("r")
        column = coordinate_to_tuple(address)[1] if address else column + 1
        place = number, column
        parts = {_tag(part): part for part in cell}
        value = parts.get("v")
        kind = cell.get("t", "")
        if "f" in parts and (value is None or (not value.text and kind != "str")):
            marks.uncomputed.add(place)
        style = int(cell.get("s", "0"))
        if style in looks.formats or style in looks.struck:
            marks.styles[place] = style
        left = None
        if kind == "s" and value is not None:
            left = looks.texts.get(int(value.text or "-1"))
        elif kind == "inlineStr" and "is" in parts:
            left = _unstruck(parts["is"])
        if left is not None:
            marks.texts[place] = left


def _hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    if element.get("hidden") in ("1", "true"):
        return True
    return float(element.get(size, "1")) == 0


def apply_looks(grid: Grid, marks: Marks, looks: Looks) -> None:
    """Leave out what is hidden or struck out, and give numbers the form in which they show."""
    hidden = [number for number, _ in grid.rows if number in marks.rows]
    grid.rows = [item for item in grid.rows if item[0] not in marks.rows]
    grid.covered = _hide_columns(grid, marks)
    changed: dict[int, dict[int, object]] = {}
    partly = []
    for (number, column), left in marks.texts.items():
        if left.strip():
            changed.setdefault(number, {})[column] = left
            partly.append((number, column))
        else:
            grid.void.add((number, column))
    for place, style in marks.styles.items():
        look = looks.formats.get(style)
        if style in looks.struck or (look is not None and look.invisible):
            grid.void.add(place)
    struck = _put(grid, marks, looks, changed)
    grid.conceal(_spans(hidden), _spans(struck), [grid.cell(*at) for at in sorted(partly)])
    grid.whole = grid.whole and not hidden and not struck


def _hide_columns(grid: Grid, marks: Marks) -> frozenset[int]:
    """The hidden columns that hold something; rows that hold nothing else are left out."""
    width = max((len(row) for _, row in grid.rows), default=0)
    places = {c for low, high in marks.columns for c in range(max(low, 1), min(high, width) + 1)}
    if not places:
        return frozenset()
    held = frozenset(
        column
        for _, row in grid.rows
        for column in places
        if column <= len(row) and row[column - 1] is not None
    )
    seen = [column for column in range(width) if column + 1 not in places]
    grid.rows = [
        (number, row)
        for number, row in grid.rows
        if not is_empty([row[column] for column in seen if column < len(row)])
    ]
    return held


def _put(
    grid: Grid, marks: Marks, looks: Looks, changed: Mapping[int, Mapping[int, object]]
) -> list[int]:
    """Rewrite the rows that look different; the numbers of those that are struck out whole."""
    void: dict[int, set[int]] = {}
    for number, column in grid.void:
        void.setdefault(number, set()).add(column)
    shown: dict[int, dict[int, NumberFormat]] = {}
    for (number, column), style in marks.styles.items():
        if style in looks.formats:
            shown.setdefault(number, {})[column] = looks.formats[style]
    rows: list[tuple[int, Sequence[object]]] = []
    struck = []
    grid.void.clear()
    for number, row in grid.rows:
        cells = list(row)
        for column, value in changed.get(number, {}).items():
            cells[column - 1] = value
        for column, look in shown.get(number, {}).items():
            value = cells[column - 1] if column <= len(cells) else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                cells[column - 1] = look.of(value) or value
        gone = {column for column in void.get(number, ()) if column <= len(cells)}
        gone = {column for column in gone if cells[column - 1] is not None}
        for column in gone:
            cells[column - 1] = None
        if gone and is_empty(cells):
            struck.append(number)
        else:
            rows.append((number, cells))
            grid.void.update((number, column) for column in gone)
    grid.rows = rows
    return struck


def _spans(numbers: Iterable[int]) -> list[str]:
    """3, 5, 6, 7 as 3 and 5—7."""
    spans = []
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        places = [number for _, number in run]
        spans.append(str(places[0]) if len(places) == 1 else f"{places[0]}—{places[-1]}")
    return spans


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
