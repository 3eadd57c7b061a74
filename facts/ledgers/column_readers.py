"""The columns of a table, each with what reads its cells: one field, two, a list, a term."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.model.field import FieldKind, FieldType
from engine.model.values import ABSENT, Cause, Unknown
from facts.files.grid import Places
from facts.ledgers.headers import Headings, Target
from facts.ledgers.measures import Key, Measures
from facts.ledgers.periods import SheetPeriod
from facts.ledgers.tables import Column, Table
from facts.writing.cells import CellReader, Names
from facts.writing.dates import split_two
from facts.writing.meanings import EMPTY, UNREADABLE, Cell
from facts.writing.measure import Measure
from facts.writing.terms import term_in
from facts.writing.text import fold, split_items

_LAST: Final = 2
LIST_SPEC: Final = FieldType(type=FieldKind.SET, title="清单")
"""What a list reads like that has no field of its own for a cell."""


@dataclass(slots=True)
class ColumnReader:
    """One column with its cell reader; `object` reads the object's own words where there is one."""

    column: Column
    target: Target
    cell: CellReader
    object: CellReader | None = None
    main: str = ""
    half: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    plain: bool = field(init=False)
    """Whether a cell of it is just what stands there, and of the row itself."""

    def __post_init__(self) -> None:
        own = not (self.target.is_list or self.target.parent or self.target.list)
        self.plain = own and self.object is None and not (self.half or self.words)

    @property
    def term(self) -> bool:
        """Whether both ends of a term stand in this column, or its end alone."""
        return bool(self.half) and self.column.match.term


def column_readers(
    table: Table, names: Names, units: Measures, key: Key, period: SheetPeriod | None
) -> list[ColumnReader]:
    """What reads the cells of a row whose numbers are in the units of `key`, column by column."""
    return [
        reader
        for column in table.columns
        for reader in _readers(table, column, names, lambda c, s: units.of(c, s, key), period)
    ]


def _readers(
    table: Table,
    column: Column,
    names: Names,
    measure: Callable[[Column, FieldType], Measure],
    period: SheetPeriod | None,
) -> list[ColumnReader]:
    days = None if period is None else period.days
    match = column.match
    targets = [match.target] + ([match.second] if match.second is not None else [])
    readers = []
    for half, target in enumerate(targets, 1):
        spec, main, own = _spec(table.headings, target), "", None
        if spec.main is not None:
            main = spec.main
            own = CellReader(spec, ledger_year=table.year, within=days)
            spec = table.headings.owner(target).fields[main]
        cell = CellReader(spec, measure(column, spec), table.year, *names, within=days)
        half_of = half if match.second else 0
        words = _form_words(table, target)
        readers.append(ColumnReader(column, target, cell, own, main, half_of, words))
    return readers


def _form_words(table: Table, target: Target) -> Mapping[str, str]:
    """The words that a form has for the values of a field."""
    if table.record is None:
        return {}
    path = f"{target.list}.{target.path}" if target.list else target.path
    return {fold(word): meant for word, meant in table.record.values.get(path, {}).items()}


def _spec(headings: Headings, target: Target) -> FieldType:
    """What a cell of the column holds; under a list's own header the field of each element."""
    fields, path = headings.owner(target).fields, target.path
    if target.is_list:
        path = headings.type.nested[target.list].cell or ""
    return fields[path] if path else LIST_SPEC


def places_of(readers: list[ColumnReader], name: str = "") -> Places:
    """The columns of each field, or of those of a list, and of each list that has one cell.

    A field's own columns come before its object's.
    """
    places: dict[str, list[int]] = {}
    for reader in readers:
        target = reader.target
        if target.is_list and not name:
            places.setdefault(target.list, []).append(reader.column.number)
        elif target.path and target.list == name and not target.parent:
            places.setdefault(target.path, []).append(reader.column.number)
    for reader in readers:
        if reader.main and not name:
            places.setdefault(reader.main, []).append(reader.column.number)
    return places


def in_own_words(reader: ColumnReader, raw: object) -> object:
    """A cell in the words of the record type, where its form has words of its own."""
    if not isinstance(raw, str):
        return raw
    whole = reader.words.get(fold(raw))
    if whole is not None:
        return whole
    return "；".join(reader.words.get(fold(item), item) for item in split_items(raw))


def read_cell(reader: ColumnReader, raw: object) -> Cell:
    """What a cell of the column says."""
    if reader.plain:
        return reader.cell.read(raw)
    if reader.term:
        return _of_term(reader, raw)
    if reader.half:
        return _half(reader, raw)
    if reader.object is not None:
        cell = reader.object.read(raw)
        if not cell.expected:
            return cell
    return reader.cell.read(raw)


def _of_term(reader: ColumnReader, raw: object) -> Cell:
    """One end of a term in one cell: 2022-05-10至2027-05-09; a single day is its last."""
    last = reader.half == _LAST
    said = term_in(raw) if isinstance(raw, str) else None
    if said is None:
        return reader.cell.read(raw) if last else EMPTY
    if said.endless and last:
        return Cell(Unknown(Cause.CLAIMED_NOT_APPLICABLE))
    part = said.last if last else said.first
    return reader.cell.read(part) if part else EMPTY


def _half(reader: ColumnReader, raw: object) -> Cell:
    """One of two fields that share a column: `4.3/4.20` under 送审/反馈日期."""
    if not isinstance(raw, str):
        return Cell(UNREADABLE, reader.cell.expected(), "这一列应写两项，用“/”隔开")
    parts = split_two(raw) or tuple(raw.split("/"))
    if len(parts) == 2:
        return reader.cell.read(parts[reader.half - 1])
    if reader.cell.read(raw).expected:
        return Cell(UNREADABLE, reader.cell.expected(), "这一列应写两项，用“/”隔开")
    cell = reader.cell.read(raw)
    if isinstance(cell.state, Unknown) or cell.state is ABSENT or cell.state is None:
        return cell
    return Cell(UNREADABLE, reader.cell.expected(), "这一列应写两项，用“/”隔开，只见一项")
