"""Days as z3 integers: working days and months, bounded at first, exact where a model uses them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import z3

from engine.guard.verify import algebra as a
from engine.guard.verify.algebra import Bool, Number, Span
from engine.language import semantics as s
from engine.model.workdays import WorkCalendar

FIRST: Final = dt.date(1950, 1, 1)
LAST: Final = dt.date(2099, 12, 31)
"""The days that facts of a symbolic record may fall on."""

MINUTES: Final = 1440
_NEAR: Final = 12
"""Days around a model's day for which the calendar is told exactly."""


def day(value: dt.date) -> Number:
    """A day as its ordinal."""
    return z3.IntVal(value.toordinal())


def first_of(year: Number) -> Number:
    """The first day of a year between 1901 and 2099."""
    return 365 * (year - 1) + (year - 1) / 4 - 14


class Days:
    """Functions of days; `axioms` hold what has been said of the results so far."""

    def __init__(self, calendar: WorkCalendar) -> None:
        if calendar.first is None or calendar.last is None:
            raise ValueError("an empty calendar")
        self.first, self.last = calendar.first.toordinal(), calendar.last.toordinal()
        self.axioms: list[Bool] = []
        self._upto = z3.Function("workdays_up_to", z3.IntSort(), z3.IntSort())
        self._months = z3.Function("add_months", z3.IntSort(), z3.IntSort(), z3.IntSort())
        self._counted: dict[Any, Number] = {}
        self._moved: dict[Any, tuple[Number, Number]] = {}
        self._given: set[tuple[int, ...]] = set()
        self._later: dict[tuple[int, int], tuple[Number, Bool, Number, Number]] = {}
        self._counts, self._three, self._seven = _counted(calendar)

    # natural days

    def add_days(self, days: Span, number: Span) -> Span:
        """The day so many natural days later."""
        return _there(a.add(days, number))

    def date(self, years: Span, month: int, day_of_month: int) -> Span:
        """A day of a computed year."""
        offset = dt.date(2023, month, day_of_month).toordinal() - dt.date(2023, 1, 1).toordinal()

        def of(year: Number, known: Bool) -> Number:
            self.axioms.append(z3.Implies(known, z3.And(year >= FIRST.year, year <= LAST.year)))
            leap = a.choice(year % 4 == 0, z3.IntVal(1), a.ZERO) if month > 2 else a.ZERO
            return first_of(year) + offset + leap

        lo, hi = of(years.lo, years.has_lo), of(years.hi, years.has_hi)
        return Span(lo, hi, years.has_lo, years.has_hi)

    def add_months(self, days: Span, months: Span) -> Span:
        """The same day some months later."""
        has_lo = a.all_(days.has_lo, months.has_lo)
        has_hi = a.all_(days.has_hi, months.has_hi)
        lo = self._months_later(days.lo, months.lo)
        hi = self._months_later(days.hi, months.hi)
        return _there(Span(lo, hi, has_lo, has_hi))

    def _months_later(self, start: Number, months: Number) -> Number:
        found = self._months(start, months)
        if found.get_id() not in self._moved:
            self._moved[found.get_id()] = (start, months)
            least = a.choice(months >= 0, 28 * months, 31 * months)
            most = a.choice(months >= 0, 31 * months, 28 * months)
            self.axioms += [found - start >= least, found - start <= most]
        return found

    # working days

    def upto(self, moment: Number) -> Number:
        """How many working days there are up to and including a day of the calendar."""
        found = self._upto(moment)
        if moment.get_id() not in self._counted:
            for other in self._counted.values():
                self._relate(other, moment)
            self._counted[moment.get_id()] = moment
        return found

    def _relate(self, p: Number, q: Number) -> None:
        for x, y in ((p, q), (q, p)):
            span, count = y - x, self._upto(y) - self._upto(x)
            self.axioms.append(
                z3.Implies(
                    z3.And(x <= y, x >= self.first - 1, y <= self.last),
                    z3.And(
                        count >= 0,
                        count <= span,
                        3 * count >= 2 * span - self._three,
                        7 * count <= 5 * span + self._seven,
                    ),
                )
            )

    def _covered(self, x: Number, y: Number) -> Bool:
        """Whether the calendar knows every day of (x, y]."""
        return z3.Or(
            x == y,
            z3.And(x < y, x + 1 >= self.first, y <= self.last),
            z3.And(y < x, y + 1 >= self.first, x <= self.last),
        )

    def workdays(self, start: Span, end: Span) -> Span:
        """Working days in (start, end]."""
        return Span(
            self.upto(end.lo) - self.upto(start.hi),
            self.upto(end.hi) - self.upto(start.lo),
            a.all_(end.has_lo, start.has_hi, self._covered(start.hi, end.lo)),
            a.all_(end.has_hi, start.has_lo, self._covered(start.lo, end.hi)),
        )

    def add_workdays(self, start: Span, number: Span) -> Span:
        """The n-th working day after."""
        lo, in_lo = self._workdays_later(start.lo, number.lo)
        hi, in_hi = self._workdays_later(start.hi, number.hi)
        return Span(
            lo,
            hi,
            a.all_(start.has_lo, number.has_lo, in_lo),
            a.all_(start.has_hi, number.has_hi, in_hi),
        )

    def _workdays_later(self, start: Number, n: Number) -> tuple[Number, Bool]:
        key = (start.get_id(), n.get_id())
        if key in self._later:
            return self._later[key][:2]
        found = z3.Int(f"workday#{len(self._later)}")
        covered = z3.Or(n == 0, self._covered(start, found))
        after = z3.And(
            found > start,
            self.upto(found) == self.upto(start) + n,
            self.upto(found - 1) == self.upto(found) - 1,
        )
        before = z3.And(
            found < start,
            self.upto(found) == self.upto(start - 1) + n + 1,
            self.upto(found - 1) == self.upto(found) - 1,
        )
        self.axioms.append(
            z3.And(
                z3.Implies(n == 0, found == start),
                z3.Implies(z3.And(covered, n > 0), after),
                z3.Implies(z3.And(covered, n < 0), before),
                found >= start - 4000,
                found <= start + 4000,
            )
        )
        self._later[key] = found, covered, start, n  # z3 gives an id again once a term is gone
        return found, covered

    def deadline(self, days: Span) -> Span:
        """The day itself if it is a working day, else the next one."""
        lo, in_lo = self._workdays_later(days.lo - 1, z3.IntVal(1))
        hi, in_hi = self._workdays_later(days.hi - 1, z3.IntVal(1))
        return Span(
            lo,
            hi,
            a.all_(days.has_lo, days.lo >= self.first, in_lo),
            a.all_(days.has_hi, days.hi >= self.first, in_hi),
        )

    # what a model used

    def axioms_for(self, model: Any) -> list[Bool]:  # noqa: ANN401 - a z3 model
        """Exact facts about the days a model used, not yet given to the solver; empty if none."""
        axioms: list[Bool] = []
        for moment in self._counted.values():
            used = model.eval(moment, model_completion=True).as_long()
            for near in range(used - _NEAR, used + _NEAR + 1):
                if near in self._counts and (near,) not in self._given:
                    self._given.add((near,))
                    axioms.append(self._upto(z3.IntVal(near)) == self._counts[near])
            if (self.first - 1,) not in self._given:
                self._given.add((self.first - 1,))
                axioms.append(self._upto(z3.IntVal(self.first - 1)) == 0)
        for start, months in self._moved.values():
            used = model.eval(start, model_completion=True).as_long()
            n = model.eval(months, model_completion=True).as_long()
            for near in range(used - _NEAR, used + _NEAR + 1):
                if (near, n) in self._given or not 1 <= near <= dt.date.max.toordinal():
                    continue
                self._given.add((near, n))
                later = self._months(z3.IntVal(near), z3.IntVal(n))
                moved = s.add_months((dt.date.fromordinal(near),) * 2, (n, n))[0]
                axioms.append(a.not_(_is_day(later)) if moved is None else later == day(moved))
        return axioms


def _is_day(ordinal: Number) -> Bool:
    """Whether there is such a day: between the years 1 and 9999."""
    return z3.And(ordinal >= 1, ordinal <= dt.date.max.toordinal())


def _there(days: Span) -> Span:
    """Days as far as there are such days; beyond them nothing is known."""
    has_lo, has_hi = a.all_(days.has_lo, _is_day(days.lo)), a.all_(days.has_hi, _is_day(days.hi))
    return Span(days.lo, days.hi, has_lo, has_hi)


@lru_cache(maxsize=1)
def _counted(calendar: WorkCalendar) -> tuple[Mapping[int, int], int, int]:
    """Working days up to every day, and the least t and s with 3w ≥ 2d − t and 7w ≤ 5d + s.

    w and d are the working days and the days of any span of the calendar.
    """
    counts = {day.toordinal(): number for day, number in calendar.table()}
    three = seven = 0
    most, least = -(10**9), 10**9
    for ordinal, count in sorted(counts.items()):
        most = max(most, 3 * count - 2 * ordinal)
        least = min(least, 7 * count - 5 * ordinal)
        three = max(three, most - (3 * count - 2 * ordinal))
        seven = max(seven, (7 * count - 5 * ordinal) - least)
    return counts, three + 3, seven + 7
