"""The working-day calendar: statutory rest days 2004-2026, and years an office adds itself.

日历：法定休息日和调休，单位可以补上缺的年份。

Rest days are those of the State Council's yearly notices, with their make-up days. A day on which
rest is only "encouraged" (the eve of the Spring Festival 2024) is a working day, as in
`chinese_calendar`.
"""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Iterable, Mapping
from functools import cache

from chinese_calendar import constants

from engine.model.facts import Input
from engine.model.workdays import WorkCalendar
from facts.writing.dates import parse_date


@cache
def _statutory() -> dict[int, tuple[dt.date, ...]]:
    """The working days of each year that the package covers."""
    first, last = min(constants.holidays).year, max(constants.holidays).year
    return {
        year: working_days(year, constants.holidays, constants.workdays)
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


def read_year(content: object, entry: Input) -> tuple[int, tuple[dt.date, ...]] | None:
    """The working days in a year file: `year: 2027`, `off: [days]`, `working: [make-up days]`.

    None, with a problem on record, if anything in it is wrong: a calendar half read would count
    falsely.
    """
    expected = "应写明 year（年份）、off（放假日）、working（调休上班日）"
    if not isinstance(content, Mapping) or set(content) - {"year", "off", "working"}:
        entry.problem(expected)
        return None
    text = str(content.get("year", ""))
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        entry.problem(expected, text, cell="year")
        return None
    year = int(text)
    lists: dict[str, list[dt.date]] = {"off": [], "working": []}
    for key, days in lists.items():
        listed = content.get(key) or []
        if not isinstance(listed, list):
            entry.problem("应写成清单，如 [2027-01-01]", str(listed), cell=key)
            return None
        for written in listed:
            day = parse_date(str(written))
            if not isinstance(day, dt.date) or day.year != year:
                entry.problem(f"应为{year}年的日期", str(written), cell=key)
                return None
            days.append(day)
    if not lists["off"]:
        entry.problem("没有放假日，不像放假安排", cell="off")
        return None
    return year, working_days(year, lists["off"], lists["working"])


def _days(year: int) -> Iterable[dt.date]:
    first = dt.date(year, 1, 1)
    return (first + dt.timedelta(days=n) for n in range(366 if isleap(year) else 365))
