"""A ledger to tables: which ledgers its sheets hold, and which they may have held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine.model.facts import Input, Level
from engine.model.schema import Schema
from facts.files.grid import Grid
from facts.files.refused import RefusedError, SecretError
from facts.intake.found import Intake, Opened
from facts.intake.naming import types_named, with_nested
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.headers import header_text
from facts.ledgers.layout import OnItsSide, goes_on, say_on_its_side
from facts.ledgers.recognise import HEADER_WITHIN, cell_text
from facts.ledgers.sheet_names import sheet_names
from facts.ledgers.sheets import (
    Undecided,
    say_undecided,
    say_unfit,
    say_unknown,
    sheet_in_words,
    tables_of,
)
from facts.ledgers.tables import Table
from facts.place import Settings
from facts.writing.text import clean, marking

_TITLES: Final = 6
"""Rows in which a title may stand."""
_SHORT: Final = 2
_ENOUGH: Final = 2
MAX_ROWS: Final = 120_000
"""Rows of all ledgers of a folder; of more the files that come later are not read."""
_GUIDE_ROWS: Final = 200
"""So many rows of a sheet that is no ledger may say in what unit the ledgers are."""


class Sheets:
    """Recognises the sheets of ledgers, one file after the other."""

    def __init__(self, schema: Schema, settings: Settings, headings: AllHeadings) -> None:
        self._schema, self._settings, self._headings = schema, settings, headings
        self._rows: Counter[str] = Counter()

    def opened(self, grids: list[Grid], entry: Input) -> Opened:
        """A ledger whose sheets are recognised. Raises RefusedError."""
        rows = sum(len(grid.rows) for grid in grids)
        if rows + self._rows.total() > MAX_ROWS:
            raise RefusedError(
                f"有{rows}行，连同前面的台账超过{MAX_ROWS}行，没有读取；"
                "请按单位或者月份分成几个文件夹核，"
                "或者导出成 csv、parquet，按表核对（见 docs/tables.md）"
            )
        self._rows[entry.path] = rows
        for grid in grids:
            _refuse_secrets(grid)
        if not grids and all(problem.level is Level.NOTE for problem in entry.problems):
            raise RefusedError("文件是空的，没有任何内容")
        lost = any(problem.lost_row for problem in entry.problems)
        sheets: list[tuple[Grid, list[Table], frozenset[str]]] = []
        for grid in grids:
            grid.whole = grid.whole and not lost  # a row that reading has lost is of any of them
            before = [table for _, tables, _ in sheets for table in tables]
            sheets.append((grid, *self._tables(grid, before, entry)))
        beside = [text for grid, tables, _ in sheets if not tables for text in _texts(grid)]
        looked = Intake(sheets=frozenset((entry.path, grid.sheet) for grid in grids))
        return Opened(entry, looked, [(tables, lost) for _, tables, lost in sheets], beside)

    def _tables(
        self, grid: Grid, before: list[Table], entry: Input
    ) -> tuple[list[Table], frozenset[str]]:
        """The tables that a sheet holds, or what was lost with it if it holds none.

        `before` are those of the sheets before it, which may go on in it.
        """
        only = self._settings.sheets.kind(entry.path, grid.sheet)
        if only is not None and not only:
            entry.notes.append(f"{sheet_in_words(grid)}：设置里写明不是台账，没有读取")
            return [], frozenset()
        found = tables_of(grid, self._headings, entry, self._settings.headers, only)
        if isinstance(found, Undecided):
            say_undecided(grid, found, entry)
            return [], with_nested(found.types, self._schema) | self._named(grid, entry)
        if isinstance(found, OnItsSide):
            say_on_its_side(found, entry)
            return [], with_nested({found.table.type.type}, self._schema)
        if found is not None:
            return found, frozenset()
        if only is None:
            return [], self._stranger(grid, before, entry)
        say_unfit(grid, entry)
        return [], with_nested(self._headings.types_of(only), self._schema)

    def _stranger(self, grid: Grid, before: list[Table], entry: Input) -> frozenset[str]:
        """The ledgers that a sheet may be of by its names, headers or rows; none changes nothing.

        A header as short as 金额 or 时间 stands in tables of every kind: it takes two of those,
        and two of any kind in what calls itself a list of telephones.
        """
        rows = [[cell_text(value) for value in row] for _, row in grid.rows[:HEADER_WITHIN]]
        texts = {text for row in rows for text in row} | set(grid.names)
        fits: Counter[str] = Counter()
        for text in filter(self._headings.distinctive, texts):
            for name in self._headings.knowing(text) & self._schema.types.keys():
                fits[name] += 1 if len(header_text(text)) <= _SHORT else _ENOUGH
        strange = sheet_names(grid, rows[:_TITLES], frozenset()).strange
        enough = 2 * _ENOUGH if strange else _ENOUGH
        may_be = frozenset(name for name, found in fits.items() if found >= enough)
        if not strange:
            may_be |= self._named(grid, entry)
        may_be |= {table.type.type for table in before if goes_on(table, grid)}
        say_unknown(grid, self._headings, entry, may_be=sorted(may_be))
        return with_nested(may_be, self._schema)

    def _named(self, grid: Grid, entry: Input) -> frozenset[str]:
        """The ledgers that the names of a sheet and of its file speak of."""
        named = types_named(entry.path, self._schema) | types_named(grid.sheet, self._schema)
        return named & self._headings.keys()  # a year of a person or a place has no ledger


def _texts(grid: Grid) -> Iterator[str]:
    """The texts of a sheet that is no ledger: a cover, a guide."""
    for _, row in grid.rows[:_GUIDE_ROWS]:
        yield from (value for value in row if isinstance(value, str))


def _refuse_secrets(grid: Grid) -> None:
    for number, row in grid.rows:
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and "密" in value:
                secret = marking(clean(value))
                if secret:
                    place = grid.source(number, column).place()
                    raise SecretError(
                        f"{place}标有“{secret}”：涉密文件不得在本软件中处理，整个文件没有读取"
                    )
    for inner in grid.inner:
        _refuse_secrets(inner.grid)
