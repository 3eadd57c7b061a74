"""What a database in process offers, and the calendar as tables of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol

from engine.judging.sql.columns import Column
from engine.model.workdays import WorkCalendar

ON_CALENDAR: Final = ("workdays", "add_workdays", "deadline")
"""Functions that look into the calendar's tables."""

WORK: Final = "work calendar"
NTH: Final = "work days"
DAY: Final = "day"
UPTO: Final = "upto"
RUN: Final = "run"
ROLLED: Final = "rolled"
"""Tables of the calendar (their names have a space, which no record type's has) and columns."""

AS_OF: Final = "as_of"
YEAR_START: Final = "year_start"
YEAR_END: Final = "year_end"
DAYS: Final = (AS_OF, YEAR_START, YEAR_END)
"""Functions of the days that a run is about."""

_DAY: Final = dt.timedelta(days=1)


class Store(Protocol):
    """What tables are put into."""

    def create(
        self, table: str, columns: Sequence[Column], key: str, *, unique: bool = True
    ) -> None:
        """A table with these columns; rows are looked up by `key`, whole numbers or days."""


class Database(Store, Protocol):
    """A database in memory that can reach nothing outside itself.

    It knows the day of the check and the assessed year's first and last day. `at_once`: how many
    requirements one query is best about.
    """

    at_once: int

    def add_calendar(self, calendar: WorkCalendar) -> None:
        """The tables of `create_calendar`: to be put in before any other."""

    def rows(self, text: str) -> Sequence[Sequence[Any]]:
        """What a query yields. Raises `RefusedError`."""

    def close(self) -> None:
        """Give back what it holds."""


class TableDatabase(Database, Protocol):
    """A database that makes tables of tables; `dialect` is that of its texts."""

    dialect: str

    def make(self, name: str, query: str, *, view: bool = False) -> None:
        """A table of what a query yields, or a view. Raises `RefusedError`."""

    def drop(self, name: str, *, view: bool = False) -> None:
        """Forget a table, or a view."""


class RefusedError(Exception):
    """The database does not run a query."""


def create_calendar(database: Store, calendar: WorkCalendar) -> None:
    """The covered days, and the working days by number.

    A run is a stretch of covered years that adjoin. Each has a row for the day before its first:
    a count excludes the day it starts from, which need not be covered. Two rows of one run
    differ in `upto` by the working days between them. `rolled` is the day itself or the next
    working day of the run.
    """
    rows: list[_CalendarRow] = []
    for day, upto in calendar.table():
        last = rows[-1] if rows else _CalendarRow(dt.date.min, 0, 0, works=False, covered=False)
        if day - last.day != _DAY or not rows:
            edge = day - _DAY if day > dt.date.min else day
            last = _CalendarRow(edge, last.upto, last.run + 1, works=False, covered=False)
            rows.append(last)
        rows.append(_CalendarRow(day, upto, last.run, works=upto > last.upto, covered=True))
    rolled: list[dt.date | None] = []
    ahead: _CalendarRow | None = None
    for row in reversed(rows):
        ahead = row if row.works else ahead
        reached = row.covered and ahead is not None and ahead.run == row.run
        rolled.append(ahead.day if reached and ahead is not None else None)
    working = [row for row in rows if row.works]
    database.create(
        WORK,
        [
            Column(DAY, "DATE", [row.day for row in rows]),
            Column(UPTO, "BIGINT", [row.upto for row in rows]),
            Column(RUN, "BIGINT", [row.run for row in rows]),
            Column(ROLLED, "DATE", rolled[::-1]),
        ],
        DAY,
    )
    database.create(
        NTH,
        [
            Column(DAY, "DATE", [row.day for row in working]),
            Column(UPTO, "BIGINT", [row.upto for row in working]),
            Column(RUN, "BIGINT", [row.run for row in working]),
        ],
        UPTO,
    )


class _CalendarRow(NamedTuple):
    day: dt.date
    upto: int
    run: int
    works: bool
    covered: bool
