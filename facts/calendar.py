"""The working-day calendar: statutory rest days 2004-2026, and years an office adds itself.

Rest days are those of the State Council's yearly notices, with their make-up days. A day on which
rest is only "encouraged" (the eve of the Spring Festival 2024) is a working day, as in
`chinese_calendar`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache

import chinese_calendar
from chinese_calendar import constants

from engine.workdays import WorkCalendar

_DAY = dt.timedelta(days=1)


@cache
def _statutory() -> dict[int, tuple[dt.date, ...]]:
    """The working days of each year that the package covers."""
    first, last = min(constants.holidays).year, max(constants.holidays).year
    return {
        year: tuple(day for day in _days(year) if chinese_calendar.is_workday(day))
        for year in range(first, last + 1)
    }


def work_calendar(extra: Mapping[int, Iterable[dt.date]] | None = None) -> WorkCalendar:
    """The calendar of the covered years; `extra` adds or replaces years by their working days."""
    return WorkCalendar({**_statutory(), **(extra or {})})


def working_days(
    year: int, off: Iterable[dt.date], working: Iterable[dt.date]
) -> tuple[dt.date, ...]:
    """The working days of `year`: Monday to Friday less `off`, plus the make-up days `working`."""
    rest, make_up = frozenset(off), frozenset(working)
    return tuple(
        day for day in _days(year) if day in make_up or (day.weekday() < 5 and day not in rest)
    )


def _days(year: int) -> Iterable[dt.date]:
    day = dt.date(year, 1, 1)
    while day.year == year:
        yield day
        if day == dt.date.max:
            return
        day += _DAY
