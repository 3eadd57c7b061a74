"""What SQLite is told about days, times and numbers; expected values worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from engine.judging.sql.columns import Column
from engine.judging.sql.database import NTH, WORK, RefusedError
from engine.judging.sql.lite import Sqlite, microseconds
from engine.model.workdays import WorkCalendar

D = dt.date
DAY = dt.timedelta(days=1)
time = dt.datetime.fromisoformat


def number(year: int, month: int, day: int) -> int:
    return D(year, month, day).toordinal()


@pytest.fixture
def database() -> Iterator[Sqlite]:
    made = Sqlite(D(2024, 7, 1), 2023)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("as_of()", number(2024, 7, 1)),
        ("year_start()", number(2023, 1, 1)),
        ("year_end()", number(2023, 12, 31)),
        ("capped(2147483647, 2147483648)", 2147483647),
        ("capped(-2147483648, 2147483648)", None),
        ("capped(9223372036854775807 * 9223372036854775807, 2147483648)", None),
        ("capped(NULL, 2147483648)", None),
        (f"plus_days({number(2024, 2, 28)}, 2)", number(2024, 3, 1)),
        (f"plus_days({number(9999, 12, 31)}, 1)", None),
        ("plus_days(1, -1)", None),
        ("plus_days(1, 0)", 1),
        (f"plus_months({number(2024, 1, 31)}, 1)", number(2024, 2, 29)),
        (f"plus_months({number(2024, 1, 31)}, -2)", number(2023, 11, 30)),
        (f"plus_months({number(2024, 12, 1)}, 1)", number(2025, 1, 1)),
        (f"plus_months({number(9999, 12, 1)}, 1)", None),
        (f"plus_months({number(1, 1, 1)}, -1)", None),
        ("day_of(2024, 12, 31)", number(2024, 12, 31)),
        ("day_of(0, 12, 31)", None),
        ("day_of(10000, 12, 31)", None),
        (f"days_between({number(2024, 2, 28)}, {number(2024, 3, 1)})", 2),
        ("days_between(NULL, 1)", None),
        ("least(3, NULL, 2)", 2),
        ("least(NULL, NULL)", None),
        ("greatest(3, NULL, 2)", 3),
    ],
)
def test_functions(database: Sqlite, written: str, expected: int | None) -> None:
    assert database.rows(f"SELECT {written}") == [(expected,)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # A second is 2.77… ten-thousandths of an hour.
        (time("2024-07-01 09:00"), time("2024-07-01 09:00:01"), 2),
        (time("2024-07-01 09:00:01"), time("2024-07-01 09:00"), -3),
        (time("2024-07-01 09:00"), time("2024-07-02 10:30"), 255_000),
        (time("2024-07-01 09:00"), time("2024-07-01 09:00:00.999999"), 0),
    ],
)
def test_hours_are_rounded_down(
    database: Sqlite, start: dt.datetime, end: dt.datetime, expected: int
) -> None:
    """Broken by rounding towards zero: what is a little too long would be in time."""
    bounds = microseconds(start), microseconds(end)
    assert database.rows("SELECT hours_between({}, {})".format(*bounds)) == [(expected,)]


def test_a_time_divided_by_a_day_is_the_day() -> None:
    late = time("2024-02-29 23:59:59.999999")
    assert microseconds(late) // 86_400_000_000 == number(2024, 2, 29)
    assert microseconds(time("2024-02-29 00:00")) == number(2024, 2, 29) * 86_400_000_000


def test_what_is_stored_comes_back_and_a_fault_is_refused(database: Sqlite) -> None:
    columns = [
        Column("id", "BIGINT", [0, 1]),
        Column('a "b"', "VARCHAR", ["甲\0乙", None]),
        Column("on", "DATE", [D(2024, 2, 29), None]),
        Column("at", "TIMESTAMP", [None, time("2024-02-29 00:00")]),
    ]
    database.create("t", columns, "id")
    day = number(2024, 2, 29)
    assert database.rows('SELECT * FROM "t"') == [
        (0, "甲\0乙", day, None),
        (1, None, None, day * 86_400_000_000),
    ]
    with pytest.raises(RefusedError):
        database.rows("SELECT day_of(2024, 2, 30)")
    with pytest.raises(RefusedError):
        database.rows("SELECT what_is_not_there()")


def test_each_database_has_the_calendar_it_was_given(database: Sqlite) -> None:
    """Broken by a copy of the calendar before: two offices may keep different days off."""
    everyday = WorkCalendar({2024: [D(2024, 1, 1) + n * DAY for n in range(366)]})
    fewer = WorkCalendar({2024: [D(2024, 2, 29), D(2024, 3, 4)]})
    asked = 'SELECT count(*), max(upto) FROM "work calendar"'
    for calendar, working in ((everyday, 366), (fewer, 2), (everyday, 366)):
        another = Sqlite(D(2024, 7, 1), 2023)
        another.add_calendar(calendar)
        assert another.rows(asked) == [(367, working)]  # the day before the first is a row too
        another.create("t", [Column("id", "BIGINT", [0])], "id")
        another.close()
    database.add_calendar(fewer)  # what was put in beside a copy is in no other
    assert database.rows("SELECT name FROM sqlite_master ORDER BY name") == [(WORK,), (NTH,)]
    assert database.rows("SELECT plus_days(1, 1)") == [(2,)]
