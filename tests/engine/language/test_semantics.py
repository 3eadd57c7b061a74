"""The operators: truth tables by hand, and intervals held against brute force over points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language import semantics as s
from engine.model.workdays import WorkCalendar
from tests.engine.small import CALENDAR, Fact

D = dt.date
T, F, U = True, False, None


@pytest.mark.parametrize(
    ("a", "b", "less", "less_equal", "equal"),
    [
        ((1, 1), (2, 2), T, T, F),
        ((2, 2), (2, 2), F, T, T),
        ((3, 3), (2, 2), F, F, F),
        ((20, 29), (30, 30), T, T, F),  # 20余 against 30
        ((20, 29), (29, 29), U, T, U),
        ((20, 29), (20, 20), F, U, U),
        ((20, 29), (19, 19), F, F, F),
        ((20, 29), (25, 25), U, U, U),
        ((20, 29), (20, 29), U, U, U),  # two approximate figures are not one value
        ((None, 5), (6, None), T, T, F),
        ((None, 5), (5, None), U, T, U),
        ((5, None), (None, 5), F, U, U),
        ((None, None), (1, 1), U, U, U),
        ((None, None), (None, None), U, U, U),
    ],
)
def test_comparisons_of_intervals(
    a: s.Interval, b: s.Interval, less: s.Truth, less_equal: s.Truth, equal: s.Truth
) -> None:
    assert s.less(a, b) is less
    assert s.less_equal(a, b) is less_equal
    assert s.equal(a, b) is equal
    assert s.equal(b, a) is equal
    assert s.COMPARE[">"](b, a) is less
    assert s.COMPARE[">="](b, a) is less_equal
    assert s.COMPARE["!="](a, b) is s.negate(equal)


def test_negation() -> None:
    assert [s.negate(truth) for truth in (T, F, U)] == [F, T, U]


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (s.add((1, 2), (10, None)), (11, None)),
        (s.subtract((1, 2), (10, 20)), (-19, -8)),
        (s.subtract((1, 2), (None, 20)), (-19, None)),
        (s.scale((2, 3), 20), (40, 60)),
        (s.scale((2, 3), -1), (-3, -2)),
        (s.scale((2, None), -1), (None, -2)),
        (s.scale((None, None), 0), (None, None)),
        (s.least([(1, 5), (None, None)]), (None, 5)),  # no more than 5 whatever the other is
        (s.least([(1, 5), (3, 4)]), (1, 4)),
        (s.greatest([(1, 5), (None, None)]), (1, None)),
        (s.greatest([(1, 5), (3, 4)]), (3, 5)),
        (s.least([(None, None), (None, None)]), (None, None)),
        (s.days((D(2024, 2, 28), D(2024, 2, 28)), (D(2024, 3, 1), D(2024, 3, 1))), (2, 2)),
        # some day in May to some day in June 2024: at least 1 day, at most 60
        (s.days((D(2024, 5, 1), D(2024, 5, 31)), (D(2024, 6, 1), D(2024, 6, 30))), (1, 60)),
        (s.days((None, D(2024, 5, 31)), (D(2024, 6, 1), None)), (1, None)),
    ],
)
def test_computations_of_intervals(got: s.Interval, expected: s.Interval) -> None:
    assert got == expected


def test_hours_round_down_to_four_decimals() -> None:
    noon = dt.datetime(2024, 5, 1, 12)  # noqa: DTZ001 - facts are local times
    exact = (noon, noon)

    def after(**delta: int) -> s.Interval:
        return (noon + dt.timedelta(**delta),) * 2

    assert s.hours(exact, after(hours=24)) == (Decimal(24), Decimal(24))
    assert s.hours(exact, after(hours=24, seconds=1))[0] == Decimal("24.0002")  # over 24
    assert s.hours(exact, after(minutes=20))[0] == Decimal("0.3333")
    assert s.hours(exact, after(hours=-1))[0] == Decimal(-1)


def test_each_bound_comes_from_the_bounds_that_decide_it() -> None:
    """From 8 or 10 o'clock to 12 or 18: two hours at least, ten at most."""
    hour = [dt.datetime(2024, 5, 1, n) for n in range(24)]  # noqa: DTZ001 - facts are local times
    assert s.hours((hour[8], hour[10]), (hour[12], hour[18])) == (2, 10)
    assert s.hours((None, hour[10]), (hour[12], None)) == (2, None)
    assert s.hours((hour[8], None), (None, hour[18])) == (None, 10)
    assert s.hours((hour[8], None), (hour[12], None)) == (None, None)
    assert s.hours((None, hour[10]), (None, hour[18])) == (None, None)
    day = [D(2024, 4, n) for n in range(1, 31)]  # the 4th to the 6th are off, the 7th is worked
    assert s.days((day[0], day[2]), (day[7], day[9])) == (5, 9)
    assert s.days((None, day[2]), (None, day[9])) == (None, None)
    assert s.days((day[0], None), (day[7], None)) == (None, None)
    assert s.workdays((day[0], day[2]), (day[7], day[9]), CALENDAR) == (2, 6)
    assert s.workdays((None, day[2]), (day[7], None), CALENDAR) == (2, None)
    assert s.workdays((day[0], None), (None, day[9]), CALENDAR) == (None, 6)
    assert s.workdays((None, day[2]), (None, day[9]), CALENDAR) == (None, None)
    assert s.workdays((day[0], None), (day[7], None), CALENDAR) == (None, None)
    for step in (s.add_days, s.add_months):
        assert step((day[0], None), (1, None)) == (step((day[0],) * 2, (1, 1))[0], None)
        assert step((None, day[0]), (None, 1)) == (None, step((day[0],) * 2, (1, 1))[1])
        assert step((day[0], None), (None, 1)) == (None, None)
        assert step((None, day[0]), (1, None)) == (None, None)
    saturday, sunday, monday = D(2024, 6, 29), D(2024, 6, 30), D(2024, 7, 1)
    assert s.deadline((saturday, sunday), CALENDAR) == (monday, monday)
    assert s.deadline((saturday, None), CALENDAR) == (monday, None)
    assert s.deadline((None, sunday), CALENDAR) == (None, monday)
    assert s.add((1, None), (None, 2)) == (None, None)
    assert s.add((None, 1), (2, None)) == (None, None)
    assert s.subtract((1, None), (2, None)) == (None, None)
    assert s.subtract((None, 1), (None, 2)) == (None, None)


def test_months_end_on_the_last_day_where_there_is_no_such_day() -> None:
    def moved(day: dt.date, n: int) -> dt.date:
        return s.add_months((day, day), (n, n))[0]

    assert moved(D(2024, 1, 31), 1) == D(2024, 2, 29)
    assert moved(D(2023, 1, 31), 1) == D(2023, 2, 28)
    assert moved(D(2024, 11, 30), 1) == D(2024, 12, 30)
    assert moved(D(2024, 12, 31), 2) == D(2025, 2, 28)
    assert moved(D(2024, 1, 15), -1) == D(2023, 12, 15)
    assert moved(D(1, 2, 1), -1) == D(1, 1, 1)
    assert moved(D(1, 1, 1), -1) is None
    assert moved(D(9999, 11, 30), 1) == D(9999, 12, 30)
    assert moved(D(9999, 12, 1), 1) is None
    assert s.date((1, 9999), 12, 31) == (D(1, 12, 31), D(9999, 12, 31))
    assert s.date((0, 10_000), 1, 1) == (None, None)


def test_numbers_beyond_the_limit_are_unknown_not_wrong() -> None:
    big = 2**31 - 1
    assert s.add((big, big), (0, 0)) == (big, big)
    assert s.add((big, big), (1, 1)) == (None, None)
    assert s.subtract((-big, 5), (1, 1)) == (None, 4)
    assert s.scale((big, big), 2) == (None, None)


def test_days_beyond_the_calendar_of_years_are_unknown() -> None:
    end = (dt.date.max, dt.date.max)
    assert s.add_days(end, (1, 1)) == (None, None)
    assert s.add_months(end, (1, 1)) == (None, None)
    assert s.date((10_000, 10_000), 3, 1) == (None, None)
    assert s.date((2024, None), 3, 1) == (D(2024, 3, 1), None)


# properties

_TRUTHS = st.sampled_from((T, F, U))
_NUMBERS = st.integers(-6, 6)


@st.composite
def _intervals(draw: st.DrawFn, values: st.SearchStrategy[Fact]) -> s.Interval:
    low, high = sorted((draw(values), draw(values)))
    return (
        None if draw(st.integers(0, 4)) == 0 else low,
        None if draw(st.integers(0, 4)) == 0 else high,
    )


def _points(interval: s.Interval, around: Iterable[Fact]) -> list[Fact]:
    lo, hi = interval
    return [v for v in around if (lo is None or lo <= v) and (hi is None or v <= hi)]


_AROUND = range(-9, 10)
_DAYS = [D(2026, 12, 20) + dt.timedelta(days=n) for n in range(18)]
"""Across the New Year holiday and into 2027, which no calendar covers yet."""
_SPRING = [D(2024, 1, 29) + dt.timedelta(days=n) for n in range(32)]
"""Month ends, the eve of the Spring Festival that is worked, a Sunday that is worked."""

_RELATIONS: dict[str, Callable[[Fact, Fact], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@given(_intervals(_NUMBERS), _intervals(_NUMBERS), st.sampled_from(sorted(_RELATIONS)))
def test_a_comparison_says_only_what_holds_for_every_point(
    a: s.Interval, b: s.Interval, op: str
) -> None:
    """Broken by a bound taken as strict, an unknown bound taken as known, or == on overlaps."""
    truth = s.COMPARE[op](a, b)
    for x in _points(a, _AROUND):
        for y in _points(b, _AROUND):
            if truth is not None:
                assert _RELATIONS[op](x, y) is truth


@given(_intervals(_NUMBERS), _intervals(_NUMBERS))
def test_a_comparison_of_bounded_values_is_as_sharp_as_can_be(a: s.Interval, b: s.Interval) -> None:
    """Broken by answering unknown where every point agrees: needless work for a person."""
    if None in (*a, *b):
        return
    for op, relation in _RELATIONS.items():
        seen = {relation(x, y) for x in range(a[0], a[1] + 1) for y in range(b[0], b[1] + 1)}
        assert s.COMPARE[op](a, b) is (seen.pop() if len(seen) == 1 else None)


def _holds(result: s.Interval, point: Fact) -> bool:
    """Whether a computed interval contains a computed point; None is an unknown point."""
    lo, hi = result
    if point is None:
        return True
    return (lo is None or lo <= point) and (hi is None or point <= hi)


@given(_intervals(_NUMBERS), _intervals(_NUMBERS), st.integers(-3, 3))
def test_sums_differences_multiples_and_extremes_contain_every_point(
    a: s.Interval, b: s.Interval, factor: int
) -> None:
    """Broken by not swapping bounds on subtraction or a negative factor, or by min over unknown."""
    added, less, scaled = s.add(a, b), s.subtract(a, b), s.scale(a, factor)
    smallest, largest = s.least([a, b]), s.greatest([a, b])
    for x in _points(a, _AROUND):
        assert _holds(scaled, x * factor)
        for y in _points(b, _AROUND):
            assert _holds(added, x + y)
            assert _holds(less, x - y)
            assert _holds(smallest, min(x, y))
            assert _holds(largest, max(x, y))


@settings(max_examples=60)
@given(st.sampled_from((_DAYS, _SPRING)), st.data())
def test_day_counts_contain_every_point(days: list[dt.date], data: st.DataObject) -> None:
    """Broken by pairing the wrong bounds, or by counting outside the covered years."""
    a = data.draw(_intervals(st.sampled_from(days)))
    b = data.draw(_intervals(st.sampled_from(days)))
    natural, working = s.days(a, b), s.workdays(a, b, CALENDAR)
    for x in _points(a, days):
        for y in _points(b, days):
            assert _holds(natural, (y - x).days)
            assert _holds(working, CALENDAR.workdays(x, y))


@settings(max_examples=60)
@given(st.sampled_from((_DAYS, _SPRING)), st.data())
def test_later_days_contain_every_point(days: list[dt.date], data: st.DataObject) -> None:
    """Broken by a function of days that does not grow with its day or its number."""
    a = data.draw(_intervals(st.sampled_from(days)))
    n = data.draw(_intervals(st.integers(-3, 8)))
    moved, months = s.add_days(a, n), s.add_months(a, n)
    worked, rolled = s.add_workdays(a, n, CALENDAR), s.deadline(a, CALENDAR)
    for x in _points(a, days):
        assert _holds(rolled, CALENDAR.next_workday(x))
        for k in _points(n, range(-5, 11)):
            assert _holds(moved, x + dt.timedelta(days=k))
            assert _holds(months, s.add_months((x, x), (k, k))[0])
            assert _holds(worked, CALENDAR.add_workdays(x, k))


@given(st.sampled_from(_SPRING), st.sampled_from(_SPRING))
def test_working_days_are_counted_one_by_one(a: dt.date, b: dt.date) -> None:
    """Broken by counting the first day, by not counting the last, or by missing make-up days."""
    low, high = min(a, b), max(a, b)
    one_by_one = sum(
        bool(CALENDAR.is_workday(low + dt.timedelta(days=n)))
        for n in range(1, (high - low).days + 1)
    )
    assert CALENDAR.workdays(a, b) == (one_by_one if a <= b else -one_by_one)


@given(st.sampled_from(_SPRING), st.integers(1, 15))
def test_the_nth_working_day_is_n_working_days_away(day: dt.date, n: int) -> None:
    """Broken by an off-by-one between `add_workdays` and `workdays`."""
    found = CALENDAR.add_workdays(day, n)
    assert found is not None
    assert CALENDAR.is_workday(found)
    assert CALENDAR.workdays(day, found) == n


def test_a_calendar_without_years_knows_nothing() -> None:
    empty = WorkCalendar({})
    day = D(2024, 5, 6)
    assert s.workdays((day, day), (D(2024, 5, 8),) * 2, empty) == (None, None)
    assert s.deadline((day, day), empty) == (None, None)
    assert s.add_workdays((day, day), (0, 0), empty) == (day, day)
