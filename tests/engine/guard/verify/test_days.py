"""Symbolic days: once a model's days are told, they are those of the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
import z3

from engine.guard.verify.algebra import FALSE, TRUE, Bool, Span, exactly
from engine.guard.verify.days import FIRST, LAST, Days, day, first_of
from engine.model.workdays import WorkCalendar

D = dt.date
WEEK = 5
CALENDAR = WorkCalendar(
    {
        year: [
            each
            for each in (D(year, 1, 1) + dt.timedelta(n) for n in range(365))
            if each.weekday() < WEEK and (each.month, each.day) > (1, 3)
        ]
        for year in (2023, 2025)
    }
    | {2024: [D(2024, 1, 2), D(2024, 1, 3), D(2024, 12, 31)]}
)
"""Two common years and a year that hardly works between them."""


def settled(days: Days, found: Span) -> list[int]:
    """The bounds, where both are there, once the solver has all axioms that its model needs."""
    solver = z3.Solver()
    solver.add(*days.axioms, found.has_lo, found.has_hi)
    while solver.check() == z3.sat:
        model = solver.model()
        fresh = days.axioms_for(model)
        if not fresh:
            bounds = [
                model.eval(term, model_completion=True).as_long() for term in (found.lo, found.hi)
            ]
            # No other model has other bounds.
            solver.add(z3.Or(found.lo != bounds[0], found.hi != bounds[1]))
            assert _exhausted(days, solver)
            return bounds
        solver.add(*fresh)
    raise AssertionError("nothing is left")


def _exhausted(days: Days, solver: z3.Solver) -> bool:
    while solver.check() == z3.sat:
        fresh = days.axioms_for(solver.model())
        if not fresh:
            return False
        solver.add(*fresh)
    return True


def known(*flags: Bool) -> list[bool]:
    """What flags without variables are."""
    return [z3.is_true(z3.simplify(flag)) for flag in flags]


def test_the_first_day_of_every_year() -> None:
    years = range(1901, 2100)
    found = [z3.simplify(first_of(z3.IntVal(year))).as_long() for year in years]
    assert found == [D(year, 1, 1).toordinal() for year in years]


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize(
    ("month", "day_of_month"), [(1, 1), (1, 31), (2, 1), (2, 28), (3, 1), (7, 15), (12, 31)]
)
def test_a_day_of_a_computed_year(year: int, month: int, day_of_month: int) -> None:
    found = Days(CALENDAR).date(exactly(z3.IntVal(year)), month, day_of_month)
    expected = D(year, month, day_of_month).toordinal()
    assert [z3.simplify(bound).as_long() for bound in (found.lo, found.hi)] == [expected] * 2
    assert known(found.has_lo, found.has_hi) == [True, True]


def test_a_computed_year_is_one_that_facts_may_fall_in() -> None:
    for year, fits in ((FIRST.year, True), (LAST.year, True), (1949, False), (2100, False)):
        days = Days(CALENDAR)
        open_ = days.date(Span(z3.IntVal(year), z3.IntVal(1), TRUE, FALSE), 1, 1)
        assert known(open_.has_lo, open_.has_hi) == [True, False]
        assert known(*days.axioms) == [fits, True]


def test_days_that_no_calendar_has_are_unknown() -> None:
    days = Days(CALENDAR)
    last = exactly(day(dt.date.max))
    assert known(*_flags(days.add_days(last, exactly(z3.IntVal(0))))) == [True, True]
    assert known(*_flags(days.add_days(last, exactly(z3.IntVal(1))))) == [False, False]
    first = exactly(z3.IntVal(1))
    assert known(*_flags(days.add_days(first, exactly(z3.IntVal(0))))) == [True, True]
    assert known(*_flags(days.add_days(first, exactly(z3.IntVal(-1))))) == [False, False]
    partly = days.add_days(
        Span(day(D(2024, 1, 1)), z3.IntVal(1), TRUE, FALSE), exactly(z3.IntVal(2))
    )
    assert z3.simplify(partly.lo).as_long() == D(2024, 1, 3).toordinal()
    assert known(*_flags(partly)) == [True, False]


def _flags(span: Span) -> tuple[Bool, Bool]:
    return span.has_lo, span.has_hi


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2024, 3, 31), -1, D(2024, 2, 29)),
        (D(2024, 5, 15), 0, D(2024, 5, 15)),
        (D(2023, 11, 30), 3, D(2024, 2, 29)),
    ],
)
def test_months_later(start: dt.date, months: int, later: dt.date) -> None:
    days = Days(CALENDAR)
    found = days.add_months(exactly(day(start)), exactly(z3.IntVal(months)))
    assert settled(days, found) == [later.toordinal()] * 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (D(2024, 1, 1), D(2024, 1, 2)),
        (D(2023, 12, 20), D(2025, 1, 10)),
        (D(2025, 1, 10), D(2023, 12, 20)),
        (D(2023, 1, 1), D(2025, 12, 31)),
        (D(2022, 12, 31), D(2023, 1, 5)),
        (D(2023, 1, 5), D(2022, 12, 31)),
        (D(2030, 1, 1), D(2030, 1, 1)),
    ],
)
def test_working_days_between(a: dt.date, b: dt.date) -> None:
    days = Days(CALENDAR)
    found = days.workdays(exactly(day(a)), exactly(day(b)))
    count = CALENDAR.workdays(a, b)
    assert count is not None
    assert known(found.has_lo, found.has_hi) == [True, True]
    assert settled(days, found) == [count, count]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (D(2022, 12, 30), D(2023, 1, 5)),
        (D(2023, 1, 5), D(2022, 12, 30)),
        (D(2025, 12, 30), D(2026, 1, 1)),
        (D(2026, 1, 1), D(2025, 12, 30)),
    ],
)
def test_working_days_that_the_calendar_does_not_cover(a: dt.date, b: dt.date) -> None:
    assert CALENDAR.workdays(a, b) is None
    found = Days(CALENDAR).workdays(exactly(day(a)), exactly(day(b)))
    assert known(found.has_lo, found.has_hi) == [False, False]


def test_working_days_between_bounds_are_fewest_and_most() -> None:
    days = Days(CALENDAR)
    start = Span(day(D(2023, 5, 8)), day(D(2023, 5, 9)), TRUE, TRUE)
    end = Span(day(D(2023, 5, 11)), day(D(2023, 5, 15)), TRUE, TRUE)
    found = days.workdays(start, end)
    assert settled(days, found) == [2, 5]
    open_ = days.workdays(Span(start.lo, start.hi, TRUE, FALSE), end)
    assert known(open_.has_lo, open_.has_hi) == [False, True]


@pytest.mark.parametrize("n", [-3, -1, 0, 1, 4])
def test_the_nth_working_day(n: int) -> None:
    start, days = D(2023, 5, 6), Days(CALENDAR)
    later = CALENDAR.add_workdays(start, n)
    assert later is not None
    found = days.add_workdays(exactly(day(start)), exactly(z3.IntVal(n)))
    assert settled(days, found) == [later.toordinal()] * 2


@pytest.mark.parametrize("start", [D(2023, 5, 5), D(2023, 5, 6), D(2023, 5, 7), D(2023, 1, 1)])
def test_a_last_day_is_rolled_forward(start: dt.date) -> None:
    days = Days(CALENDAR)
    found = days.deadline(exactly(day(start)))
    rolled = CALENDAR.next_workday(start)
    assert rolled is not None
    assert settled(days, found) == [rolled.toordinal()] * 2


def test_an_empty_calendar_has_no_days() -> None:
    with pytest.raises(ValueError, match=r"^an empty calendar$"):
        Days(WorkCalendar({}))
