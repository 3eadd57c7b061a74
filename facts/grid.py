"""What every ledger format becomes before its meaning is looked for: a grid of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.values import Source
from facts.text import column_letter


@dataclass(slots=True)
class Grid:
    """One sheet, csv file or JSON list: rows that hold something, each with its number.

    `rows` are `(number, cells)`, 1-based, in order; `filled` are the (row, 1-based column) cells
    that a true merge filled from its first cell. `lines`: places are lines, not cell addresses.
    `names`: the columns already have names (JSON, YAML), so no header is looked for; `labels`
    then name the rows. `hidden`: the sheet is hidden. `errors` are the cells that hold no
    value though they should (a formula never computed).
    """

    file: str
    sheet: str = ""
    rows: list[tuple[int, Sequence[object]]] = field(default_factory=list)
    filled: set[tuple[int, int]] = field(default_factory=set)
    lines: bool = False
    names: tuple[str, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    hidden: bool = False
    errors: set[tuple[int, int]] = field(default_factory=set)
    inside: Inside | None = None

    def cell(self, row: int, column: int) -> str:
        """The address of a cell: `D5`, or the name of the value in JSON and YAML."""
        if self.names:
            return f"{self.labels.get(row, '')}.{self.names[column - 1]}"
        return f"{column_letter(column)}{row}"

    def source(self, row: int, column: int | None, text: str = "") -> Source:
        """Where a cell, or with no column a row, stands."""
        if self.lines:
            return Source(self.file, self.sheet, "", row, text=text)
        if column is None:
            cell = self.labels.get(row, "") if self.names else f"A{row}"
            return Source(self.file, self.sheet, cell, text=text)
        return Source(self.file, self.sheet, self.cell(row, column), text=text)


@dataclass(slots=True)
class Inside:
    """A list written inside an object (JSON, YAML): its name, and each row's parent row."""

    grid: Grid
    name: str
    parents: dict[int, int] = field(default_factory=dict)


def is_empty(row: Sequence[object]) -> bool:
    """Whether no cell of the row holds anything but spaces."""
    return not any(
        value is not None and (not isinstance(value, str) or value.strip()) for value in row
    )
