"""Rows above a header that look like those below it: a header that was sorted or moved.

What stands above a header is its titles, and is read as such. A record up there would be gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.model.facts import Input
from engine.model.field import FieldKind
from facts.files.grid import is_empty
from facts.ledgers.recognise import Head
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader
from facts.writing.text import shape

_TEXTS: Final = (FieldKind.STRING, FieldKind.SET, FieldKind.OBJECT)


def say_above(table: Table, head: Head, entry: Input) -> None:
    """Name the rows above the header that are most likely records."""
    _, _, two_rows = head
    grid = table.grid
    for number, row in grid.rows[: max(table.top - (2 if two_rows else 1), 0)]:
        if not _is_record(table, number, row):
            continue
        grid.whole = False
        source = grid.source(number, None)
        entry.problem(
            "在表头的上面，像是一条记录，没有读取",
            sheet=source.sheet,
            cell=source.cell,
            line=source.line,
            hint="请把表头移到所有记录的上面；是标题、说明的，请少写几格",
            lost_row=True,
            record_type=table.type.type,
        )


def _is_record(table: Table, number: int, row: Sequence[object]) -> bool:
    """Whether half of the columns hold something, and one of them what no title says there.

    That is a number or a day that its column takes, or what looks like a cell below: 决12, 决3.
    What a merge spreads is a title.
    """
    held = {
        column.number: row[column.number - 1]
        for column in table.columns
        if column.number <= len(row)
        and not is_empty((row[column.number - 1],))
        and (number, column.number) not in table.grid.filled
    }
    columns = {column.number for column in table.columns}
    if len(held) < 2 or 2 * len(held) < len(columns) or _is_of_columns(held):
        return False
    return any(_says_no_title(table, place, value) for place, value in held.items())


def _is_of_columns(held: Mapping[int, object]) -> bool:
    """Whether a row counts the columns, or gives them the names that a program has for them."""
    found = {place: str(value) for place, value in held.items()}
    if all(text.isascii() and text.isidentifier() for text in found.values()):
        return True
    if not all(text.isascii() and text.isdecimal() and len(text) < 4 for text in found.values()):
        return False
    return len({place - int(text) for place, text in found.items()}) == 1


def _says_no_title(table: Table, place: int, value: object) -> bool:
    looks = shape(value)
    if "0" not in looks:
        return False
    for column in table.columns:
        if column.number == place:
            spec = table.headings.spec(column.match.target)
            if spec is not None and spec.type not in _TEXTS:
                return not CellReader(spec).read(value).expected
    below = (row[place - 1] for _, row in table.rows if len(row) >= place)
    return any(looks == shape(other) for other in below if other is not None)
