"""Days and working days, counted from the State Council's holiday notices of 2022 to 2025."""

from __future__ import annotations

import datetime as dt
from typing import Final

_OFF: Final = (
    ("2022-12-31", "2023-01-02"), ("2023-01-21", "2023-01-27"), ("2023-04-05", "2023-04-05"),
    ("2023-04-29", "2023-05-03"), ("2023-06-22", "2023-06-24"), ("2023-09-29", "2023-10-06"),
    ("2023-12-30", "2024-01-01"), ("2024-02-10", "2024-02-17"), ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"), ("2024-06-10", "2024-06-10"), ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"), ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"), ("2025-05-01", "2025-05-05"), ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"), ("2026-01-01", "2026-01-03"),
)  # fmt: skip
_MADE_UP: Final = frozenset(
    map(
        dt.date.fromisoformat,
        (
            "2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07",
            "2023-10-08", "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11",
            "2024-09-14", "2024-09-29", "2024-10-12", "2025-01-26", "2025-02-08", "2025-04-27",
            "2025-09-28", "2025-10-11", "2026-01-04",
        ),
    )
)  # fmt: skip


def day(text: str) -> dt.date:
    """A day from 2024-05-01."""
    return dt.date.fromisoformat(text)


def days(number: int) -> dt.timedelta:
    """So many natural days."""
    return dt.timedelta(days=number)


def is_workday(when: dt.date) -> bool:
    """Whether people work on that day, make-up days included."""
    if when in _MADE_UP:
        return True
    off = any(day(first) <= when <= day(last) for first, last in _OFF)
    return not off and when.weekday() < 5


def workdays_after(when: dt.date, number: int) -> dt.date:
    """The `number`-th working day after `when`, which itself isn't counted."""
    while number:
        when += days(1)
        number -= is_workday(when)
    return when


def workdays_before(when: dt.date, number: int) -> dt.date:
    """A day from which `when` is the `number`-th."""
    at = when
    while number:
        number -= is_workday(at)
        at -= days(1)
    return at


def next_workday(when: dt.date) -> dt.date:
    """That day, or the first working day after it."""
    return when if is_workday(when) else workdays_after(when, 1)


def months_after(when: dt.date, number: int) -> dt.date:
    """The corresponding day so many months later; the month's last where it has no such day."""
    year, month = divmod(when.year * 12 + when.month - 1 + number, 12)
    for last in (when.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError
