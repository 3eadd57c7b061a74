"""What the operators mean: Kleene's truth and intervals of ordered values.

A truth is True, False or None. An interval is `(lo, hi)`, both inclusive, None = unbounded; a
known value is `(v, v)`, an absent or unknown one `(None, None)`. Every operator is sound: what
it says holds for every value within its operands.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeAlias

from engine.model.values import Truth
from engine.model.workdays import WorkCalendar

Interval: TypeAlias = tuple[Any, Any]
"""Both bounds have the one ordered type the checker found; None is unbounded."""

UNBOUNDED: Final[Interval] = (None, None)
LARGEST: Final = 2**31
"""Numbers computed beyond ± this are unknown."""


def negate(truth: Truth) -> Truth:
    """Kleene's not."""
    return None if truth is None else not truth


def equal(a: Interval, b: Interval) -> Truth:
    """Whether the two are one value."""
    (alo, ahi), (blo, bhi) = a, b
    if alo is not None and alo == ahi == blo == bhi:
        return True
    if (ahi is not None and blo is not None and ahi < blo) or (
        bhi is not None and alo is not None and bhi < alo
    ):
        return False
    return None


def less(a: Interval, b: Interval) -> Truth:
    """Whether a < b."""
    (alo, ahi), (blo, bhi) = a, b
    if ahi is not None and blo is not None and ahi < blo:
        return True
    if alo is not None and bhi is not None and alo >= bhi:
        return False
    return None


def less_equal(a: Interval, b: Interval) -> Truth:
    """Whether a <= b."""
    return negate(less(b, a))


COMPARE: Final[dict[str, Callable[[Interval, Interval], Truth]]] = {
    "==": equal,
    "!=": lambda a, b: negate(equal(a, b)),
    "<": less,
    "<=": less_equal,
    ">": lambda a, b: less(b, a),
    ">=": lambda a, b: negate(less(a, b)),
}


def _capped(value: Any) -> Any:  # noqa: ANN401 - one of the ordered types
    return None if value is None or abs(value) >= LARGEST else value


def add(a: Interval, b: Interval) -> Interval:
    """Sum of two numbers."""
    lo = None if a[0] is None or b[0] is None else _capped(a[0] + b[0])
    hi = None if a[1] is None or b[1] is None else _capped(a[1] + b[1])
    return lo, hi


def subtract(a: Interval, b: Interval) -> Interval:
    """Difference of two numbers."""
    lo = None if a[0] is None or b[1] is None else _capped(a[0] - b[1])
    hi = None if a[1] is None or b[0] is None else _capped(a[1] - b[0])
    return lo, hi


def scale(a: Interval, factor: int | Decimal) -> Interval:
    """A number times a constant, a negative one swapping the bounds."""
    lo, hi = (None if bound is None else _capped(bound * factor) for bound in a)
    return (lo, hi) if factor >= 0 else (hi, lo)


def least(items: list[Interval]) -> Interval:
    """The smallest: no more than any known upper bound, even where another is unknown."""
    lows = [lo for lo, _ in items]
    highs = [hi for _, hi in items if hi is not None]
    return (None if None in lows else min(lows)), (min(highs) if highs else None)


def greatest(items: list[Interval]) -> Interval:
    """The largest: no less than any known lower bound, even where another is unknown."""
    highs = [hi for _, hi in items]
    lows = [lo for lo, _ in items if lo is not None]
    return (max(lows) if lows else None), (None if None in highs else max(highs))


def days(a: Interval, b: Interval) -> Interval:
    """Natural days from a to b, the first not counted (《民法典》第二百零一条)."""
    lo = None if b[0] is None or a[1] is None else (b[0] - a[1]).days
    hi = None if b[1] is None or a[0] is None else (b[1] - a[0]).days
    return lo, hi


def hours(a: Interval, b: Interval) -> Interval:
    """Hours from a to b, rounded down to four decimals."""
    lo = None if b[0] is None or a[1] is None else _hours(b[0] - a[1])
    hi = None if b[1] is None or a[0] is None else _hours(b[1] - a[0])
    return lo, hi


def _hours(delta: dt.timedelta) -> Decimal:
    seconds = delta.days * 86_400 + delta.seconds
    return Decimal(seconds * 10_000 // 3_600).scaleb(-4)


def workdays(a: Interval, b: Interval, work: WorkCalendar) -> Interval:
    """Working days in (a, b], make-up days included; unknown outside the calendar."""
    lo = None if b[0] is None or a[1] is None else work.workdays(a[1], b[0])
    hi = None if b[1] is None or a[0] is None else work.workdays(a[0], b[1])
    return lo, hi


def _each(a: Interval, n: Interval, step: Callable[[Any, int], Any]) -> Interval:
    lo = None if a[0] is None or n[0] is None else step(a[0], int(n[0]))
    hi = None if a[1] is None or n[1] is None else step(a[1], int(n[1]))
    return lo, hi


def add_days(a: Interval, n: Interval) -> Interval:
    """The day n natural days later."""
    return _each(a, n, _plus_days)


def _plus_days(day: dt.date, n: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=n)
    except OverflowError:
        return None


def add_months(a: Interval, n: Interval) -> Interval:
    """The same day n months later, or that month's last day (《民法典》第二百零二条)."""
    return _each(a, n, _plus_months)


def _plus_months(day: dt.date, n: int) -> dt.date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def add_workdays(a: Interval, n: Interval, work: WorkCalendar) -> Interval:
    """The n-th working day after a; unknown outside the calendar."""
    return _each(a, n, work.add_workdays)


def deadline(a: Interval, work: WorkCalendar) -> Interval:
    """The last day, rolled forward to a working day (《民法典》第二百零三条)."""
    lo = None if a[0] is None else work.next_workday(a[0])
    hi = None if a[1] is None else work.next_workday(a[1])
    return lo, hi


def date(year: Interval, month: int, day: int) -> Interval:
    """The day of a year that is computed; month and day are constants good in every year."""
    lo, hi = (
        dt.date(int(bound), month, day)
        if bound is not None and dt.MINYEAR <= bound <= dt.MAXYEAR
        else None
        for bound in year
    )
    return lo, hi
