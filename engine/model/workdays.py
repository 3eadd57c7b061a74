"""The working-day calendar as a value: counts from prefix sums, unknown outside covered years."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Final

_DAY: Final = dt.timedelta(days=1)


class WorkCalendar:
    """Which days are working days, for the years that it covers. Immutable and picklable.

    `years` gives each covered year its working days; the covered years need not adjoin. A
    count is None as soon as one day of its span lies in a year that is not covered.
    """

    __slots__ = ("_days", "_years")

    def __init__(self, years: Mapping[int, Iterable[dt.date]]) -> None:
        self._years = frozenset(years)
        self._days = tuple(sorted({day.toordinal() for days in years.values() for day in days}))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkCalendar):
            return NotImplemented
        return self._years == other._years and self._days == other._days

    def __hash__(self) -> int:
        return hash((self._years, len(self._days)))

    def digest(self) -> str:
        """The SHA-256 of the covered years and their working days."""
        return hashlib.sha256(repr((sorted(self._years), self._days)).encode()).hexdigest()

    @property
    def first(self) -> dt.date | None:
        """The first covered day; None for a calendar without years."""
        return dt.date(min(self._years), 1, 1) if self._years else None

    @property
    def last(self) -> dt.date | None:
        """The last covered day; None for a calendar without years."""
        return dt.date(max(self._years), 12, 31) if self._years else None

    @property
    def years(self) -> frozenset[int]:
        """The covered years."""
        return self._years

    def _covers(self, low: dt.date, high: dt.date) -> bool:
        if low.year == high.year:
            return low.year in self._years
        return self._years.issuperset(range(low.year, high.year + 1))

    def _upto(self, day: dt.date) -> int:
        """How many working days there are up to and including `day`."""
        return bisect_left(self._days, day.toordinal() + 1)

    def is_workday(self, day: dt.date) -> bool | None:
        """Whether `day` is a working day; None outside the covered years."""
        if day.year not in self._years:
            return None
        ordinal = day.toordinal()
        index = bisect_left(self._days, ordinal)
        return index < len(self._days) and self._days[index] == ordinal

    def workdays(self, a: dt.date, b: dt.date) -> int | None:
        """The number of working days in (a, b]; the negative of the reverse where b < a.

        None when a day of the span lies outside the covered years; 0 where a = b.
        """
        if a == b:
            return 0
        if b < a:
            back = self.workdays(b, a)
            return None if back is None else -back
        return self._upto(b) - self._upto(a) if self._covers(a + _DAY, b) else None

    def add_workdays(self, day: dt.date, n: int) -> dt.date | None:
        """The n-th working day after `day` (before it for n < 0); `day` itself for n = 0."""
        if n == 0:
            return day
        index = self._upto(day) + n - 1 if n > 0 else self._upto(day - _DAY) + n
        if not 0 <= index < len(self._days):
            return None
        found = dt.date.fromordinal(self._days[index])
        low, high = (day + _DAY, found) if n > 0 else (found, day - _DAY)
        return found if self._covers(low, high) else None

    def next_workday(self, day: dt.date) -> dt.date | None:
        """`day` itself if it is a working day, else the next one: a last day rolled forward."""
        working = self.is_workday(day)
        if working is None:
            return None
        return day if working else self.add_workdays(day, 1)

    def table(self) -> list[tuple[dt.date, int]]:
        """Every covered day with the number of working days up to and including it.

        The difference of two rows is the count of the days between; it is only valid when every
        year between them is covered.
        """
        rows: list[tuple[dt.date, int]] = []
        working = set(self._days)
        count = 0
        for year in sorted(self._years):
            for ordinal in range(
                dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal() + 1
            ):
                count += ordinal in working
                rows.append((dt.date.fromordinal(ordinal), count))
        return rows
