"""Facts to columns: known values, bounds, planned days and states of one field of many records.

A value that its field cannot hold makes the column unfit; what reads it is `failed`, not guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.language import tree as t
from engine.model.values import (
    ABSENT,
    DECIMALS,
    LIMIT,
    NO_COLUMN,
    UNEVIDENCED,
    Absent,
    Cause,
    Elements,
    Record,
    Unknown,
)

KNOWN: Final = 0
IS_ABSENT: Final = 1
BLANK: Final = 2
OTHER: Final = 3
"""The codes of a state column: known, absent, unknown because blank, unknown otherwise."""

HI: Final = "|hi"
PLAN: Final = "|plan"
STATE: Final = "|state"
CLOSED: Final = "|closed"
NONE: Final = "|absent"
"""What is put after a field's name for its other columns; no field name has a bar."""

SCALE: Final = 10**DECIMALS
"""Numbers are stored as whole numbers of their ten-thousandths: exact in every database."""

SQL_TYPES: Final = {
    t.Kind.BOOL: "BOOLEAN",
    t.Kind.INT: "BIGINT",
    t.Kind.NUMBER: "BIGINT",
    t.Kind.STRING: "VARCHAR",
    t.Kind.DATE: "DATE",
    t.Kind.DATETIME: "TIMESTAMP",
}
_PYTHON_TYPES: Final[dict[t.Kind, frozenset[type]]] = {
    t.Kind.BOOL: frozenset({bool}),
    t.Kind.INT: frozenset({int}),
    t.Kind.NUMBER: frozenset({int, Decimal}),
    t.Kind.STRING: frozenset({str}),
    t.Kind.DATE: frozenset({dt.date}),
    t.Kind.DATETIME: frozenset({dt.datetime}),
}


class UnfitError(ValueError):
    """A column holds a value that its field cannot have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table to be: its name, its type and its values, None being NULL."""

    name: str
    type: str
    values: Sequence[Any]


def scalar(rows: Sequence[Record], field: str, kind: t.Kind, *, state: bool) -> list[Column]:
    """The columns of a scalar field; those for bounds and plans only where a record has some.

    Raises `UnfitError`.
    """
    raw = [record.values.get(field, NO_COLUMN) for record in rows]
    unknown = [value for value in raw if isinstance(value, Unknown)]
    low: list[Any] = [value.lo if isinstance(value, Unknown) else value for value in raw]
    low = [None if value is ABSENT else value for value in low]
    columns = [Column(field, SQL_TYPES[kind], _fit(low, kind))]
    if any(value.lo is not None or value.hi is not None for value in unknown):
        if kind not in t.ORDERED:
            raise UnfitError(field)
        high = [
            value.hi if isinstance(value, Unknown) else bound
            for value, bound in zip(raw, low, strict=True)
        ]
        columns.append(Column(field + HI, SQL_TYPES[kind], _fit(high, kind)))
    if any(value.planned is not None for value in unknown):
        planned = [value.planned if isinstance(value, Unknown) else None for value in raw]
        columns.append(Column(field + PLAN, SQL_TYPES[kind], _fit(planned, kind)))
    if state:
        columns.append(Column(field + STATE, "UTINYINT", [_state(value) for value in raw]))
    return columns


def listing(rows: Sequence[Record], field: str) -> list[Column]:
    """The columns of a list field besides its elements: whether it is closed, absent, blank."""
    raw = [record.values.get(field, NO_COLUMN) for record in rows]
    lists = [value if isinstance(value, Elements) else None for value in raw]
    absent = [
        value is ABSENT if found is None else found.absent
        for value, found in zip(raw, lists, strict=True)
    ]
    closed = [
        value is ABSENT if found is None else found.closed
        for value, found in zip(raw, lists, strict=True)
    ]
    state = [
        OTHER if found is None else _open(found.cause) if not found.closed else KNOWN
        for found in lists
    ]
    return [
        Column(field + CLOSED, "BOOLEAN", closed),
        Column(field + NONE, "BOOLEAN", absent),
        Column(field + STATE, "UTINYINT", state),
    ]


def strings(values: Iterable[Any]) -> list[str]:
    """The elements of sets. Raises `UnfitError`."""
    return _fit(list(values), t.Kind.STRING)


def _open(cause: Cause) -> int:
    return BLANK if cause in UNEVIDENCED else OTHER


def _state(value: object) -> int:
    if isinstance(value, Unknown):
        return _open(value.cause)
    return IS_ABSENT if isinstance(value, Absent) else KNOWN


def _fit(values: list[Any], kind: t.Kind) -> list[Any]:
    """The values as the database takes them. Raises `UnfitError`."""
    allowed = _PYTHON_TYPES[kind]
    found = set(map(type, values)) - {type(None)}
    if kind is t.Kind.STRING:
        if not all(issubclass(each, str) for each in found):
            raise UnfitError(kind)
        return _readable(values)
    if not found <= allowed:
        raise UnfitError(kind)
    present = [value for value in values if value is not None]
    if kind in (t.Kind.INT, t.Kind.NUMBER) and not all(map(_fits, present)):
        raise UnfitError(kind)
    if kind is t.Kind.DATETIME and any(value.tzinfo is not None for value in present):
        raise UnfitError(kind)
    if kind is t.Kind.NUMBER:
        return [None if value is None else int(value * SCALE) for value in values]
    return values


def _fits(value: int | Decimal) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < LIMIT and round(value, DECIMALS) == value
    return abs(value) < LIMIT


def _readable(values: list[Any]) -> list[Any]:
    """Strings that are valid Unicode; others (half a surrogate pair) stay apart from all others."""
    try:
        "".join(value for value in values if value is not None).encode()
    except UnicodeEncodeError:
        return [None if value is None else _spelled(value) for value in values]
    return values


def _spelled(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        return "\uffff" + value.encode("unicode_escape").decode()
    return value
