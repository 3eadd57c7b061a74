"""The states of a whole record: empty cells, objects, planned days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from engine.model.field import FieldKind, FieldType, Holds
from engine.model.record_type import RecordType
from engine.model.values import ABSENT, ABSENT_LIST, NO_COLUMN, Absent, Cause, Elements, Unknown
from facts.writing.meanings import CellState, blank_state
from facts.writing.presence import Presence, presence
from facts.writing.text import fold

_MISSING: Final = (Cause.BLANK, Cause.NO_COLUMN)


class Blanks:
    """What a record of one type holds before any cell is read: one table per set of columns."""

    def __init__(self, record_type: RecordType) -> None:
        self._type = record_type
        self._tables: dict[frozenset[str], dict[str, CellState]] = {}

    def of(self, columns: frozenset[str]) -> dict[str, CellState]:
        """A fresh table of what empty cells mean, for the fields that have a column."""
        table = self._tables.get(columns)
        if table is None:
            table = {
                path: blank_state(spec)
                for path, spec in self._type.fields.items()
                if path in columns and spec.type is not FieldKind.OBJECT
            }
            self._tables[columns] = table
        return dict(table)


def objects_of(record_type: RecordType) -> list[tuple[str, tuple[str, ...]]]:
    """The objects of a type, innermost first, each with the paths below it."""
    found = [
        (path, tuple(below for below in record_type.fields if below.startswith(f"{path}.")))
        for path, spec in record_type.fields.items()
        if spec.type is FieldKind.OBJECT
    ]
    return sorted(found, key=lambda item: -item[0].count("."))


def settle_objects(
    record_type: RecordType,
    objects: list[tuple[str, tuple[str, ...]]],
    values: dict[str, CellState],
    cells: Mapping[str, CellState],
    contradiction: Callable[[str], None],
) -> None:
    """Say of each object whether it is there. `cells` is what was really written.

    It is there if its own column says so or any of its fields is known; absent, with all that
    is below it, if its own column says 无; else unknown. A 否, a 0 and a planned day don't show
    that it is there. 无 beside a known field is a contradiction: the object is then unknown.
    """
    planned = {spec.planned for spec in record_type.fields.values() if spec.planned}
    for path, below in objects:
        shown = any(name in cells and name not in planned and _shows(cells[name]) for name in below)
        own = cells.get(path)
        if isinstance(own, Absent):
            if shown:
                contradiction(path)
                values[path] = Unknown(Cause.UNREADABLE)
                continue
            for name in below:
                is_set = record_type.fields[name].type is FieldKind.SET
                values[name] = ABSENT_LIST if is_set else ABSENT
            values[path] = ABSENT
        elif own is True or shown:
            values[path] = True
        elif isinstance(own, Unknown):
            values[path] = own
            if own.cause not in _MISSING:
                _inherit(record_type, below, values, own)
        elif any(name in values for name in below):
            values[path] = Unknown(Cause.BLANK)


def _inherit(
    record_type: RecordType, below: tuple[str, ...], values: dict[str, CellState], own: Unknown
) -> None:
    """A slash or 详见附件 in the object's column speaks for the fields that say nothing."""
    for name in below:
        state = values.get(name)
        silent = state is None or (isinstance(state, Unknown | Elements) and _is_blank(state))
        if silent and record_type.fields[name].type is not FieldKind.SET:
            values[name] = own
        elif silent:
            values[name] = Elements((), closed=False, cause=own.cause)


def _is_blank(state: Unknown | Elements) -> bool:
    if isinstance(state, Elements):
        return not state.items and not state.closed and state.cause in _MISSING
    return state.cause in _MISSING


def _shows(state: CellState) -> bool:
    if isinstance(state, Elements):
        return bool(state.items)
    if isinstance(state, Unknown):
        return state.cause is Cause.INCOMPLETE
    if isinstance(state, bool):
        return state
    return not isinstance(state, Absent) and not (isinstance(state, int | Decimal) and state == 0)


def is_denied(state: CellState | None) -> bool:
    """Whether a cell says that there is no such paper, that it is under way, or was taken back."""
    not_yet = isinstance(state, Unknown) and state.cause in (Cause.PLANNED, Cause.CONTRADICTED)
    return not_yet or isinstance(state, Absent)


def settle_planned(record_type: RecordType, values: dict[str, CellState]) -> None:
    """A day not filled in whose planned day is known is unknown because it is only planned."""
    for path, spec in record_type.fields.items():
        if spec.planned is None:
            continue
        state = values.get(path)
        empty = state is None or (isinstance(state, Unknown) and state.cause in _MISSING)
        day = values.get(spec.planned)
        if empty and isinstance(day, dt.date):
            values[path] = Unknown(Cause.PLANNED, planned=day)


_SAID: Final = "有"
"""What a cell comes to that says no more than that something is there."""


def told(spec: FieldType, values: Mapping[str, CellState]) -> CellState:
    """What a unit or a ground that a row names tells of a field in which nothing is written."""
    unit = values.get(spec.told_by or "")
    if spec.holds is Holds.ARTICLE:
        if not isinstance(unit, str):
            return NO_COLUMN if unit is None else unit
        return unit if presence(fold(unit), Holds.ARTICLE) is Presence.PRESENT else ABSENT
    if isinstance(unit, Unknown) and unit.cause in (Cause.CLAIMED, Cause.ELSEWHERE):
        unit = _SAID
    if isinstance(unit, str):
        for said, endings in spec.endings.items():
            if unit.endswith(endings):
                return said
        for said, parts in spec.parts.items():
            if any(part in unit for part in parts):
                return said
    return ABSENT
