"""What every ledger format becomes before its meaning is looked for: a grid of cells."""

from __future__ import annotations

from collections.abc import (
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from engine.model.values import Source
from facts.writing.text import column_letter, shown

Row: TypeAlias = tuple[int, Sequence[object]]
"""The number of a row, and its cells."""


_MOST_NAMED: Final = 20


def named(places: Sequence[str]) -> str:
    """Places in words, the first of many."""
    more = f"等{len(places)}处" if len(places) > _MOST_NAMED else ""
    return "、".join(places[:_MOST_NAMED]) + more


@dataclass(slots=True)
class Grid:
    """One sheet, csv file or JSON list: rows that hold something, each with its number.

    `rows` are `(number, cells)`, 1-based, in order; `filled` are the (row, 1-based column) cells
    that a true merge filled from its first cell. `lines`: places are lines, not cell addresses.
    `notes` are texts beside the rows that speak of units (JSON, YAML). `names`: the columns
    already have names (JSON, YAML), so no header is looked for; `labels` then name the rows.
    `remarks` are texts around it that may speak of its units: in the page's head, in comments, in
    sheets of the workbook that are no ledgers. `hidden`: the sheet is hidden. `errors` are the
    cells that hold no value though they should (a formula never computed); `void` are those whose
    content does not count (struck out, or never shown). `covered` are the hidden columns: their
    headers say what is hidden, their cells do not count. `concealed` says of each kind of thing
    that does not count where it stands; with rows among it (`whole` is False) the grid is not all
    there is. `inner` are the lists written inside the rows' objects.
    """

    file: str
    sheet: str = ""
    rows: list[tuple[int, Sequence[object]]] = field(default_factory=list)
    filled: set[tuple[int, int]] = field(default_factory=set)
    lines: bool = False
    notes: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    hidden: bool = False
    errors: set[tuple[int, int]] = field(default_factory=set)
    void: set[tuple[int, int]] = field(default_factory=set)
    covered: frozenset[int] = frozenset()
    concealed: list[str] = field(default_factory=list)
    whole: bool = True
    inner: list[Inner] = field(default_factory=list)

    def cell(self, row: int, column: int) -> str:
        """The address of a cell: `D5`, `D列` of a line, or the name of a value in JSON and YAML."""
        if self.names:
            return f"{self.labels.get(row, '')}.{self.names[column - 1]}"
        return f"{column_letter(column)}列" if self.lines else f"{column_letter(column)}{row}"

    def conceal(self, rows: Sequence[str], struck: Sequence[str], partly: Sequence[str]) -> None:
        """Say where what does not count stands: hidden rows, rows and cells struck out.

        And the columns that are `covered`, the cells that are `void`.
        """
        cells = [self.cell(*place) for place in sorted(self.void)]
        self.concealed += [
            f"{title}{named(places)}"
            for title, places in (
                ("隐藏的行：", rows),
                ("隐藏的列：", [column_letter(column) for column in sorted(self.covered)]),
                ("划掉的行：", struck),
                ("划掉或不显示的单元格：", cells),
                ("划掉了一部分的单元格，只看没划的：", partly),
            )
            if places
        ]

    def uncovered(self, rows: Iterable[Row]) -> list[Row]:
        """Rows without what stands in hidden columns: it is neither there nor blank."""
        shown: list[Row] = []
        for number, row in rows:
            there = [c for c in self.covered if c <= len(row) and not is_empty((row[c - 1],))]
            self.void.update((number, column) for column in there)
            cells = list(row)
            for column in there:
                cells[column - 1] = None
            shown.append((number, cells))
        return shown

    def source(self, row: int, column: int | None, text: str = "") -> Source:
        """Where a cell, or with no column a row, stands."""
        if self.lines:
            cell = "" if column is None else self.cell(row, column)
            return Source(self.file, self.sheet, cell, row, text=text)
        if column is None:
            cell = self.labels.get(row, "") if self.names else f"A{row}"
            return Source(self.file, self.sheet, cell, text=text)
        return Source(self.file, self.sheet, self.cell(row, column), text=text)


@dataclass(slots=True)
class Inner:
    """A list written inside objects (JSON, YAML): its name, its rows, and each one's object."""

    name: str
    grid: Grid
    parents: dict[int, int] = field(default_factory=dict)


Places: TypeAlias = Mapping[str, Sequence[int]]
"""The 1-based columns of each field of a row, the one that counts most first."""


class RowSources(dict[str, Source]):
    """The places of a row's cells by field path, filled or not, made when first asked for.

    Of several columns of a field the first that holds anything is its place.
    """

    __slots__ = ("_pending",)

    def __init__(
        self,
        grid: Grid,
        number: int,
        row: Sequence[object],
        columns: Places,
    ) -> None:
        super().__init__()
        self._pending: tuple[Grid, int, Sequence[object], Places] | None
        self._pending = grid, number, row, columns

    def _made(self) -> dict[str, Source]:
        if self._pending is not None:
            told = {path: self[path] for path in self._pending[3]}
            told.update(dict.items(self))
            self._pending = None
            self.clear()  # whatever was asked for first, the places come in their columns' order
            self.update(told)
        return self

    def __missing__(self, path: str) -> Source:
        if self._pending is None or path not in self._pending[3]:
            raise KeyError(path)
        grid, number, row, columns = self._pending
        cells = [(at, row[at - 1] if at <= len(row) else None) for at in columns[path]]
        column, raw = next((cell for cell in cells if cell[1] is not None), cells[0])
        found = self[path] = grid.source(number, column, shown(raw))
        return found

    def __or__(self, others: Mapping[str, Source]) -> dict[str, Source]:  # type: ignore[override]
        """The same places but for these others, still made when first asked for."""
        if self._pending is None:
            return dict(self) | dict(others)
        both = RowSources(*self._pending)
        both.update(dict.items(self))
        both.update(others)
        return both

    def get(self, path: str, default: object = None) -> object:  # type: ignore[override]
        """The place of a cell, or the default."""
        try:
            return self[path]
        except KeyError:
            return default

    def __contains__(self, path: object) -> bool:
        return dict.__contains__(self, path) or (
            self._pending is not None and path in self._pending[3]
        )

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(self._made(), other._made() if isinstance(other, RowSources) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def __iter__(self) -> Iterator[str]:
        return dict.__iter__(self._made())

    def __len__(self) -> int:
        return dict.__len__(self._made())

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        """The field paths."""
        return dict.keys(self._made())

    def values(self) -> ValuesView[Source]:  # type: ignore[override]
        """The places."""
        return dict.values(self._made())

    def items(self) -> ItemsView[str, Source]:  # type: ignore[override]
        """The field paths with their places."""
        return dict.items(self._made())

    def __reduce__(self) -> tuple[type, tuple[dict[str, Source]]]:
        return dict, (dict(self.items()),)


def is_empty(row: Sequence[object]) -> bool:
    """Whether no cell of the row holds anything but spaces."""
    return not any(
        value is not None and (not isinstance(value, str) or value.strip()) for value in row
    )
