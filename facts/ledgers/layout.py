"""Sheets laid out otherwise than as a header with rows below it: none of their records is lost.

A ledger may go on in the next sheet, without its header; its headers may stand in a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.model.facts import Input
from engine.model.field import FieldKind
from facts.files.grid import Grid
from facts.ledgers.recognise import HEADER_WITHIN, cell_text
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader

_SAMPLE: Final = 20
_TELLING: Final = (FieldKind.DATE, FieldKind.DATETIME, FieldKind.BOOL, FieldKind.ENUM)
"""What not just any text or number can be read as."""
_COLUMNS: Final = 2
_HEADERS: Final = 3
"""So many headers one below the other are no coincidence."""


@dataclass(frozen=True, slots=True)
class OnItsSide:
    """A table whose headers stand one below the other."""

    table: Table


def goes_on(table: Table, grid: Grid) -> bool:
    """Whether the rows of a grid without a header read as rows of a table: a ledger's next sheet.

    Two columns have to say so whose cells are not just any text or number, and none may deny it.
    """
    days = None if table.period is None else table.period.days
    readers = {
        column.number: CellReader(spec, within=days)
        for column in table.columns
        if (spec := table.headings.spec(column.match.target)) is not None and spec.type in _TELLING
    }
    rows = [row for _, row in grid.rows if 2 * sum(v is not None for v in row) > len(table.columns)]
    said = 0
    for number, reader in readers.items():
        cells = [row[number - 1] for row in rows[:_SAMPLE] if len(row) >= number]
        filled = [cell for cell in cells if cell is not None and cell != ""]
        read = sum(not reader.read(cell).expected for cell in filled)
        if 2 * read < len(filled):
            return False
        said += bool(filled)
    return said >= _COLUMNS


def on_its_side(table: Table) -> bool:
    """Whether the headers stand one below the other, and the records side by side."""
    first = min((column.number for column in table.columns), default=0)
    fields = len({column.match.target for column in table.columns})
    rows = () if table.grid.names else table.rows[:HEADER_WITHIN]
    for at in range(first):
        below = {cell_text(row[at]) for _, row in rows if len(row) > at} - {""}
        known = sum(table.headings.find(text) is not None for text in below)
        if known >= _HEADERS and known > fields:
            return True
    return False


def say_on_its_side(found: OnItsSide, entry: Input) -> None:
    """Say how to write such a table; nothing of it is read."""
    entry.problem(
        "列名像是从上往下写的，一件一列，没有读取",
        sheet=found.table.grid.sheet,
        hint="请转成一件一行：复制后“选择性粘贴—转置”",
        lost_row=True,
        record_type=found.table.type.type,
    )
