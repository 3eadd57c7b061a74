"""The database in process: closed to files and network, with the calendar as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

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
"""Macros of the days that a run is about."""

_DAY: Final = dt.timedelta(days=1)

_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "temp_directory": "",
}

_MACROS: Final = (
    # Numbers of this size and beyond are unknown.
    "capped(x) AS CASE WHEN abs(x) < 2147483648 THEN x END",
    # Days that the calendar of the language has; the database's goes further.
    "in_range(d) AS CASE WHEN d BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN d END",
    # The guards keep out what would end the whole query.
    "plus_days(d, n) AS in_range(d + CAST(CASE WHEN abs(n) < 4000000 THEN n END AS INTEGER))",
    "months(n) AS to_months(CAST(CASE WHEN abs(n) < 130000 THEN n END AS INTEGER))",
    "plus_months(d, n) AS in_range(CAST(d + months(n) AS DATE))",
    "day_of(y, m, d) AS make_date(CASE WHEN y BETWEEN 1 AND 9999 THEN y END, m, d)",
    # Integer division is towards zero; hours are rounded down.
    "floored(a, b) AS (a - ((a % b) + b) % b) // b",
    "seconds_between(a, b) AS floored(epoch_us(b) - epoch_us(a), 1000000)",
    "ten_thousandths(x) AS CAST(x AS DECIMAL(14, 0)) * CAST('0.0001' AS DECIMAL(5, 4))",
    "hours_between(a, b) AS ten_thousandths(floored(seconds_between(a, b) * 10000, 3600))",
)


def connect(as_of: dt.date, year: int, *, large: bool) -> duckdb.DuckDBPyConnection:
    """A fresh database in memory that can reach nothing outside itself.

    It knows the day of the check and the assessed year's first and last day. What its optimiser
    and a second thread for one query gain is less than they take, unless the tables are `large`.
    """
    connection = duckdb.connect(":memory:", config=_SETTINGS | {"threads": 2 if large else 1})
    days = {
        AS_OF: as_of,
        YEAR_START: dt.date(year, 1, 1),
        YEAR_END: dt.date(year, 12, 31),
    }
    macros = [*_MACROS, *(f"{name}() AS DATE '{day.isoformat()}'" for name, day in days.items())]
    connection.execute("SET enable_progress_bar = false")
    if not large:
        connection.execute("PRAGMA disable_optimizer")
    connection.execute("".join(f"CREATE MACRO {macro};" for macro in macros))
    return connection


def create(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> None:
    """A table with these columns, each handed over as one typed list."""
    lists = ", ".join(
        f"unnest(CAST(? AS {column.type}[])) AS {_quoted(column.name)}" for column in columns
    )
    made = f"CREATE TABLE {_quoted(table)} AS SELECT {lists}"
    connection.execute(made, [list(column.values) for column in columns])


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def create_calendar(connection: duckdb.DuckDBPyConnection, calendar: WorkCalendar) -> None:
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
    create(
        connection,
        WORK,
        [
            Column(DAY, "DATE", [row.day for row in rows]),
            Column(UPTO, "BIGINT", [row.upto for row in rows]),
            Column(RUN, "BIGINT", [row.run for row in rows]),
            Column(ROLLED, "DATE", rolled[::-1]),
        ],
    )
    create(
        connection,
        NTH,
        [
            Column(DAY, "DATE", [row.day for row in working]),
            Column(UPTO, "BIGINT", [row.upto for row in working]),
            Column(RUN, "BIGINT", [row.run for row in working]),
        ],
    )


@dataclass(frozen=True, slots=True)
class _CalendarRow:
    day: dt.date
    upto: int
    run: int
    works: bool
    covered: bool
