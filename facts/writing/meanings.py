"""What an empty cell, a 无, a float and a bare day mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.model.field import FieldKind, FieldType
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, State, Unknown
from facts.writing.dates import Unreadable, parse_date
from facts.writing.text import fold, half_width

UNREADABLE: Final = Unknown(Cause.UNREADABLE)

CellState: TypeAlias = State | Elements
"""What a cell says of its field."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `state` is None for an empty one; `expected` is set if it is a problem."""

    state: CellState | None
    expected: str = ""
    hint: str = ""


EMPTY: Final = Cell(None)


def agree(one: CellState, other: CellState) -> bool:
    """Whether two cells say the same, spaces and widths aside."""
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return one is other or one == other


def blank_state(spec: FieldType) -> CellState:
    """What an empty cell of this column means."""
    is_set = spec.type is FieldKind.SET
    if spec.blank == "absent":
        return ABSENT_LIST if is_set else ABSENT
    if spec.blank == "false":
        return False
    return Elements((), closed=False, cause=Cause.BLANK) if is_set else Unknown(Cause.BLANK)


def none_means(spec: FieldType) -> CellState:
    """What 无 means in this column."""
    is_set = spec.type is FieldKind.SET
    if spec.none == "unknown":
        cause = Cause.NEEDS_PERSON
        return Elements((), closed=False, cause=cause) if is_set else Unknown(cause)
    if spec.none == "false":
        return False
    return ABSENT_LIST if is_set else ABSENT


def moments(interval: Unknown) -> Unknown:
    """An interval of days as one of moments, for a field that holds a date and a time."""
    low, high = interval.lo, interval.hi
    if not isinstance(low, dt.date) or not isinstance(high, dt.date):
        return interval
    return Unknown(
        interval.cause,
        dt.datetime.combine(low, dt.time.min),
        dt.datetime.combine(high, dt.time(23, 59, 59)),
    )


def in_range(day: dt.date, state: State) -> Cell:
    """A day read from a typed cell: its state, or a problem where its year is out of range."""
    result = parse_date(half_width(day.isoformat()))
    return (
        Cell(UNREADABLE, "日期超出范围", result.hint)
        if isinstance(result, Unreadable)
        else Cell(state)
    )
