"""Counting in a small calendar, day by day, up to and across the edges of what it covers."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.model.workdays import WorkCalendar

D = dt.date
CALENDAR = WorkCalendar(
    {2024: [D(2024, 12, 30), D(2024, 1, 2), D(2024, 1, 3)], 2025: [D(2025, 1, 2)]}
)
"""Four working days in two years that adjoin; 2023 and 2026 are not covered."""


def test_every_day_of_the_table() -> None:
    rows = WorkCalendar({2024: [D(2024, 1, 2), D(2024, 12, 31)]}).table()
    assert len(rows) == 366
    assert rows[:3] == [(D(2024, 1, 1), 0), (D(2024, 1, 2), 1), (D(2024, 1, 3), 1)]
    assert rows[-2:] == [(D(2024, 12, 30), 1), (D(2024, 12, 31), 2)]
    assert WorkCalendar({}).table() == []


def test_a_table_runs_through_its_years_in_order() -> None:
    rows = CALENDAR.table()
    assert [day for day, _ in rows] == [D(2024, 1, 1) + dt.timedelta(n) for n in range(366 + 365)]
    assert rows[365:368] == [(D(2024, 12, 31), 3), (D(2025, 1, 1), 3), (D(2025, 1, 2), 4)]


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (D(2023, 12, 31), None),
        (D(2024, 1, 1), False),
        (D(2024, 1, 2), True),
        (D(2024, 1, 4), False),
        (D(2025, 1, 2), True),
        (D(2025, 1, 3), False),  # nothing works after it
        (D(2026, 1, 1), None),
    ],
)
def test_is_workday(day: dt.date, *, working: bool | None) -> None:
    assert CALENDAR.is_workday(day) is working


@pytest.mark.parametrize(
    ("a", "b", "count"),
    [
        (D(2024, 1, 2), D(2024, 1, 2), 0),
        (D(2024, 1, 1), D(2024, 1, 2), 1),
        (D(2024, 1, 2), D(2024, 1, 3), 1),
        (D(2024, 1, 3), D(2024, 1, 1), -2),
        (D(2023, 12, 31), D(2024, 1, 2), 1),  # the first day isn't counted, nor need it be covered
        (D(2024, 1, 2), D(2023, 12, 31), -1),
        (D(2023, 12, 30), D(2024, 1, 2), None),
        (D(2024, 12, 29), D(2025, 1, 2), 2),
        (D(2025, 1, 1), D(2025, 12, 31), 1),
        (D(2025, 1, 1), D(2026, 1, 1), None),
        (D(2023, 1, 1), D(2026, 1, 1), None),
        (D(2022, 1, 1), D(2023, 1, 1), None),
        (D(2030, 1, 1), D(2030, 1, 1), 0),
    ],
)
def test_workdays(a: dt.date, b: dt.date, count: int | None) -> None:
    assert CALENDAR.workdays(a, b) == count


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (D(2030, 1, 1), 0, D(2030, 1, 1)),
        (D(2024, 1, 1), 1, D(2024, 1, 2)),
        (D(2024, 1, 2), 1, D(2024, 1, 3)),
        (D(2024, 1, 2), 2, D(2024, 12, 30)),
        (D(2024, 1, 2), 3, D(2025, 1, 2)),
        (D(2024, 1, 2), 4, None),
        (D(2023, 12, 31), 1, D(2024, 1, 2)),
        (D(2023, 12, 30), 1, None),
        (D(2025, 1, 2), -1, D(2024, 12, 30)),
        (D(2025, 1, 3), -1, D(2025, 1, 2)),
        (D(2024, 1, 3), -1, D(2024, 1, 2)),
        (D(2024, 1, 2), -1, None),
        (D(2026, 1, 1), -1, D(2025, 1, 2)),  # back from a day that needn't be covered
        (D(2026, 1, 2), -1, None),
        (D(2026, 1, 1), -4, D(2024, 1, 2)),
        (D(2026, 1, 1), -5, None),
    ],
)
def test_add_workdays(day: dt.date, n: int, found: dt.date | None) -> None:
    assert CALENDAR.add_workdays(day, n) == found


def test_the_next_working_day() -> None:
    assert CALENDAR.next_workday(D(2024, 1, 2)) == D(2024, 1, 2)
    assert CALENDAR.next_workday(D(2024, 1, 4)) == D(2024, 12, 30)
    assert CALENDAR.next_workday(D(2025, 1, 3)) is None
    assert CALENDAR.next_workday(D(2023, 12, 31)) is None


def test_calendars_are_equal_by_years_and_days() -> None:
    days = [D(2024, 1, 2)]
    one = WorkCalendar({2024: days})
    assert one == WorkCalendar({2024: iter(days)})
    assert hash(one) == hash(WorkCalendar({2024: days}))
    assert len({one, WorkCalendar({2024: days}), WorkCalendar({2023: [], 2024: days})}) == 2
    assert one != WorkCalendar({2024: [D(2024, 1, 3)]})
    assert one != WorkCalendar({2024: days, 2025: []})
    assert one != 2024
    assert (one.first, one.last) == (D(2024, 1, 1), D(2024, 12, 31))
    assert (WorkCalendar({}).first, WorkCalendar({}).last) == (None, None)
