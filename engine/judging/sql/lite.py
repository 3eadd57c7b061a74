"""SQLite in process: for as many records as an office keeps. The one module that imports it.

It has no days and no times of its own: a day is its number, counted from the year 1, a time its
microseconds since then. What is computed of them is told it here.
"""

from __future__ import annotations

import calendar
import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from engine.judging.sql.columns import Column
from engine.judging.sql.database import (
    AS_OF,
    YEAR_END,
    YEAR_START,
    RefusedError,
    create_calendar,
)
from engine.model.workdays import WorkCalendar

US_PER_DAY: Final = 24 * 60 * 60 * 10**6
"""Microseconds of a day."""

_US_PER_SECOND: Final = 10**6
_SECONDS_PER_HOUR: Final = 3_600
_HOUR_PARTS: Final = 10**4
_MONTHS: Final = 12


def _capped(value: float, most: int) -> float | None:
    """Numbers of the size `most` and beyond are unknown; a product too large is a float."""
    return value if abs(value) < most else None


def _in_range(day: int) -> int | None:
    return day if 1 <= day <= dt.date.max.toordinal() else None


def _plus_months(day: int, months: int) -> int | None:
    start = dt.date.fromordinal(day)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    _, last = calendar.monthrange(year, month + 1)
    return dt.date(year, month + 1, min(start.day, last)).toordinal()


def _day_of(year: int, month: int, day: int) -> int | None:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, day).toordinal()


def _hours_between(start: int, end: int) -> int:
    """In ten-thousandths of an hour, rounded down."""
    seconds = (end - start) // _US_PER_SECOND
    return seconds * _HOUR_PARTS // _SECONDS_PER_HOUR


_FUNCTIONS: Final[dict[str, tuple[int, Callable[..., Any]]]] = {
    "capped": (2, _capped),
    "plus_days": (2, lambda day, count: _in_range(day + count)),
    "plus_months": (2, _plus_months),
    "day_of": (3, _day_of),
    "days_between": (2, lambda start, end: end - start),
    "hours_between": (2, _hours_between),
}
"""Functions of what is known; of anything unknown they are unknown. By name: arguments, body."""

_CHOICES: Final[dict[str, Callable[..., Any]]] = {"least": min, "greatest": max}
"""Functions that pass over what is unknown."""


class _InMemory:
    """A database in memory that is filled with tables, by whatever thread."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)

    def create(
        self, table: str, columns: Sequence[Column], key: str, *, unique: bool = True
    ) -> None:
        """A table with these columns, whose rows are looked up by `key`."""
        name, by = _quoted(table), _quoted(key)
        named = ", ".join(_quoted(column.name) for column in columns)
        named = named.replace(by, f"{by} INTEGER PRIMARY KEY") if unique else named
        self.connection.execute(f"CREATE TABLE {name} ({named})")
        marks = ", ".join("?" * len(columns))
        rows = zip(*map(_stored, columns), strict=True)
        self.connection.execute("BEGIN")
        self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - names of ours
        self.connection.execute("COMMIT")
        if not unique:
            self.connection.execute(f"CREATE INDEX {_quoted(f'{table} by {key}')} ON {name} ({by})")


_COPYING: Final = threading.Lock()
"""Judges run side by side; what they copy is made and read by one at a time."""


@lru_cache(maxsize=1)
def _with_calendar(calendar: WorkCalendar) -> _InMemory:
    """A calendar's tables, made once: that takes longer than most queries."""
    made = _InMemory()
    create_calendar(made, calendar)
    return made


class Sqlite(_InMemory):
    """A fresh database in memory."""

    at_once = 1
    """A text that depends on one requirement alone serves whatever else is judged."""

    def __init__(self, as_of: dt.date, year: int) -> None:
        super().__init__()
        self.connection.execute("PRAGMA temp_store = MEMORY")
        days = {AS_OF: as_of, YEAR_START: dt.date(year, 1, 1), YEAR_END: dt.date(year, 12, 31)}
        for name, day in days.items():
            self._function(name, 0, partial(int, day.toordinal()))
        for name, (count, body) in _FUNCTIONS.items():
            self._function(name, count, _of_known(body))
        for name, choice in _CHOICES.items():
            self._function(name, -1, _among_known(choice))

    def _function(self, name: str, count: int, body: Callable[..., Any]) -> None:
        self.connection.create_function(name, count, body, deterministic=True)

    def add_calendar(self, calendar: WorkCalendar) -> None:
        """The tables of `create_calendar`: to be put in before any other."""
        with _COPYING:
            _with_calendar(calendar).connection.backup(self.connection)

    def rows(self, text: str) -> Sequence[Sequence[int]]:
        """What a query yields. Raises `RefusedError`."""
        try:
            return self.connection.execute(text).fetchall()
        except sqlite3.Error as error:
            raise RefusedError(text) from error

    def close(self) -> None:
        """Give back what it holds."""
        self.connection.close()


def _of_known(body: Callable[..., Any]) -> Callable[..., Any]:
    def computed(*values: Any) -> Any:  # noqa: ANN401 - what a column holds
        return None if None in values else body(*values)

    return computed


def _among_known(choice: Callable[..., Any]) -> Callable[..., Any]:
    def chosen(*values: Any) -> Any:  # noqa: ANN401 - what a column holds
        return choice((value for value in values if value is not None), default=None)

    return chosen


def _stored(column: Column) -> Sequence[Any]:
    match column.type:
        case "DATE":
            return [None if day is None else day.toordinal() for day in column.values]
        case "TIMESTAMP":
            return [None if time is None else microseconds(time) for time in column.values]
        case _:
            return column.values


def microseconds(time: dt.datetime) -> int:
    """The number that stands for a time: of a day its number times those of a day."""
    since_midnight = time - dt.datetime(time.year, time.month, time.day)  # noqa: DTZ001 - no zone
    return time.toordinal() * US_PER_DAY + since_midnight // dt.timedelta(microseconds=1)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
