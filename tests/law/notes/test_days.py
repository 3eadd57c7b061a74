"""The traps of counting days and of general mechanics, each by name, worked out by hand.

The numbers in the names are those of the working notes on the law.
"""

from __future__ import annotations

import datetime as dt

import pytest

from engine.judging.reference import Frame as _Frame
from engine.judging.reference import compile_expr
from engine.language import tree as t
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.model.world import World
from engine.ruleset.model import Ruleset
from facts.calendar import work_calendar, working_days
from tests.engine.small import SCHEMA, Fact, between, thing, tree, value

D = dt.date
DATE, INT = t.Kind.DATE, t.Kind.INT


def _day(text: str, record: Record, calendar: WorkCalendar | None = None) -> Fact:
    """The one day that a text yields, or None."""
    world = World(SCHEMA, D(2028, 1, 1), calendar or work_calendar(), Record("place", "本地"))
    lo, hi = compile_expr(tree(text, DATE), world)(_Frame({"thing": record}))
    return lo if lo == hi else None


def _count(text: str, start: dt.date, until: dt.date) -> Fact:
    world = World(SCHEMA, D(2028, 1, 1), work_calendar(), Record("place", "本地"))
    node = tree(text, INT)
    lo, hi = compile_expr(node, world)(_Frame({"thing": thing(start=start, until=until)}))
    return lo if lo == hi else None


NATURAL = "days(thing.start, thing.until)"
WORKING = "workdays(thing.start, thing.until)"


# 1. the first day is not counted


def test_01_the_30th_day_after_the_notice_is_31_may() -> None:
    assert _count(NATURAL, D(2024, 5, 1), D(2024, 5, 31)) == 30
    assert _count(NATURAL, D(2024, 5, 1), D(2024, 5, 30)) == 29


def test_01_day_29_is_30_only_if_both_ends_are_counted() -> None:
    """That reading is doubtful (存疑), not met: `lenient`, never `require`."""
    record = thing(start=D(2024, 5, 1), until=D(2024, 5, 30))
    assert value(f"{NATURAL} >= 30", record) is False
    assert value(f"{NATURAL} + 1 >= 30", record) is True


def test_01_the_same_day_is_no_day_later() -> None:
    assert _count(NATURAL, D(2024, 5, 1), D(2024, 5, 1)) == 0
    assert _count(WORKING, D(2024, 5, 6), D(2024, 5, 6)) == 0


def test_01_leap_day_counts() -> None:
    assert _count(NATURAL, D(2024, 2, 28), D(2024, 3, 1)) == 2
    assert _count(NATURAL, D(2023, 2, 28), D(2023, 3, 1)) == 1


# 2. a last day rolls forward, and only a latest day does


def test_02_a_latest_day_on_saturday_rolls_to_monday() -> None:
    # 2024-05-31 + 15 = Saturday 2024-06-15
    record = thing(start=D(2024, 5, 31))
    assert _day("deadline(add_days(thing.start, 15))", record) == D(2024, 6, 17)


def test_02_a_latest_day_before_national_day_rolls_past_the_holiday_to_the_8th() -> None:
    # 2024-10-01 to 07 is off; Tuesday the 8th is worked
    assert _day("deadline(thing.start)", thing(start=D(2024, 10, 1))) == D(2024, 10, 8)


def test_02_a_latest_day_on_a_worked_sunday_does_not_roll() -> None:
    # Sunday 2024-02-18 is worked
    assert _day("deadline(thing.start)", thing(start=D(2024, 2, 18))) == D(2024, 2, 18)


def test_02_a_shortest_period_is_not_shortened_or_lengthened_by_holidays() -> None:
    """30 days of comment that end on a holiday end there: `days` alone, no `deadline`."""
    # 2024-09-01 + 30 = 2024-10-01, a holiday
    assert _count(NATURAL, D(2024, 9, 1), D(2024, 10, 1)) == 30


# 3. and 4. working days


def test_04_the_eve_of_the_spring_festival_2024_is_worked() -> None:
    """2024-02-09 was rest "encouraged", not a holiday; 10 to 17 were off."""
    assert _count(WORKING, D(2024, 2, 8), D(2024, 2, 9)) == 1
    assert _count(WORKING, D(2024, 2, 9), D(2024, 2, 17)) == 0


def test_04_the_eve_of_the_spring_festival_2025_is_off() -> None:
    """A statutory holiday from 2025 on."""
    assert _count(WORKING, D(2025, 1, 27), D(2025, 1, 28)) == 0


def test_04_make_up_sunday_2024_02_18_is_worked() -> None:
    assert _count(WORKING, D(2024, 2, 17), D(2024, 2, 18)) == 1
    # Sunday 18, Monday 19, Tuesday 20
    assert _count(WORKING, D(2024, 2, 9), D(2024, 2, 20)) == 3


def test_04_make_up_saturday_2024_10_12_is_worked() -> None:
    assert _count(WORKING, D(2024, 10, 11), D(2024, 10, 12)) == 1
    assert _count(WORKING, D(2024, 10, 12), D(2024, 10, 13)) == 0


def test_04_make_up_sunday_2024_02_04_is_worked() -> None:
    assert _count(WORKING, D(2024, 2, 2), D(2024, 2, 4)) == 1


def test_04_seven_working_days_across_the_spring_festival_2024() -> None:
    # after Tuesday 6 February: 7, 8, 9, (10–17 off), 18, 19, 20, 21
    record = thing(start=D(2024, 2, 6))
    assert _day("add_workdays(thing.start, 7)", record) == D(2024, 2, 21)
    assert _count(WORKING, D(2024, 2, 6), D(2024, 2, 21)) == 7


def test_04_five_working_days_across_national_day_2024() -> None:
    # after Friday 27 September: Sunday 29 (worked), Monday 30, (1–7 off), 8, 9, 10
    assert _day("add_workdays(thing.start, 5)", thing(start=D(2024, 9, 27))) == D(2024, 10, 10)


def test_03_days_and_working_days_are_chosen_by_each_law_not_by_a_switch() -> None:
    """Ten natural days and ten working days from one Monday end six days apart."""
    record = thing(start=D(2024, 6, 17))
    assert _day("add_days(thing.start, 10)", record) == D(2024, 6, 27)
    # 18–21, 24–28 are nine, July the 1st is the tenth
    assert _day("add_workdays(thing.start, 10)", record) == D(2024, 7, 1)


def test_04_2027_is_unknown() -> None:
    assert _count(WORKING, D(2026, 12, 30), D(2027, 1, 8)) is None
    assert _day("deadline(thing.start)", thing(start=D(2027, 1, 8))) is None
    assert _day("add_workdays(thing.start, 5)", thing(start=D(2026, 12, 30))) is None
    # what ends within 2026 is known, and natural days always are
    assert _count(WORKING, D(2026, 12, 30), D(2026, 12, 31)) == 1
    assert _count(NATURAL, D(2026, 12, 30), D(2027, 1, 8)) == 9


def test_04_2027_is_known_once_the_office_supplies_the_year() -> None:
    # 2027-01-01 is a Friday: off; Saturday 2 and Sunday 3 too; Monday the 4th is worked
    own = work_calendar({2027: working_days(2027, [D(2027, 1, 1)], [])})
    assert _day("deadline(thing.start)", thing(start=D(2027, 1, 1)), own) == D(2027, 1, 4)
    assert _day("add_workdays(thing.start, 2)", thing(start=D(2026, 12, 31)), own) == D(2027, 1, 5)


def test_04_a_make_up_day_of_the_offices_own_year_is_worked() -> None:
    own = work_calendar({2027: working_days(2027, [D(2027, 1, 1)], [D(2027, 1, 2)])})
    assert _day("deadline(thing.start)", thing(start=D(2027, 1, 1)), own) == D(2027, 1, 2)


def _within(n: int, start: dt.date, until: dt.date, calendar: WorkCalendar) -> Fact:
    """Whether a day is within n working days of another."""
    world = World(SCHEMA, D(2028, 1, 1), calendar, Record("place", "本地"))
    record = thing(start=start, until=until)
    return value(f"workdays(thing.start, deadline(thing.until)) <= {n}", record, within=world)


def test_04_a_period_of_working_days_is_over_on_the_day_off_after_its_last() -> None:
    """Fails if what is done on the Saturday after the third working day were in time."""
    of_china = work_calendar()
    # after Monday 14 October 2024 the third is Thursday 17, the fourth Friday 18; 19 and 20 are off
    assert _within(3, D(2024, 10, 14), D(2024, 10, 17), of_china) is True
    assert _within(3, D(2024, 10, 14), D(2024, 10, 18), of_china) is False
    assert _within(4, D(2024, 10, 14), D(2024, 10, 18), of_china) is True
    assert _within(4, D(2024, 10, 14), D(2024, 10, 19), of_china) is False
    # the fifth is Monday 21: the weekend before it is in time
    assert _within(5, D(2024, 10, 14), D(2024, 10, 19), of_china) is True
    assert _within(5, D(2024, 10, 14), D(2024, 10, 20), of_china) is True
    assert _within(5, D(2024, 10, 14), D(2024, 10, 22), of_china) is False


def test_04_a_make_up_saturday_may_be_the_last_working_day() -> None:
    """And the holiday after it is past; one that begins on a day off counts from its morrow."""
    of_china = work_calendar()
    # 2025-10-11 is a Saturday worked; 1 to 8 October are off, 9 and 10 are worked
    assert _within(3, D(2025, 9, 30), D(2025, 10, 11), of_china) is True
    assert _within(3, D(2025, 9, 30), D(2025, 10, 12), of_china) is False
    # nothing has run yet while all days are off
    assert _within(1, D(2025, 9, 30), D(2025, 10, 8), of_china) is True
    assert _within(1, D(2025, 10, 1), D(2025, 10, 9), of_china) is True
    assert _within(1, D(2025, 10, 1), D(2025, 10, 10), of_china) is False


def test_04_a_day_off_at_the_end_of_the_calendar_is_unknown_never_within() -> None:
    # 2027-12-29 and 30 are Wednesday and Thursday; of the 31st, off, nobody knows the next
    own = work_calendar({2027: working_days(2027, [D(2027, 12, 31)], [])})
    assert _within(2, D(2027, 12, 28), D(2027, 12, 30), own) is True
    assert _within(1, D(2027, 12, 28), D(2027, 12, 30), own) is False
    assert _within(2, D(2027, 12, 28), D(2027, 12, 31), own) is None
    assert _within(9, D(2027, 12, 28), D(2027, 12, 31), own) is None
    # 2026-12-31 is a Thursday, worked: known though 2027 is not
    assert _within(1, D(2026, 12, 30), D(2026, 12, 31), work_calendar()) is True


def _counted(condition: t.Expr, left: set[str], right: set[str]) -> set[bool]:
    """Whether working days compared so are counted to a `deadline`.

    `left` are the operators with the count on their left, `right` those with it on their right.
    """
    found = set()
    for part in t.walk(condition):
        if not isinstance(part, t.Compare):
            continue
        sides = [part.left] if part.op in left else []
        sides += [part.right] if part.op in right else []
        for call in (node for side in sides for node in t.walk(side)):
            if isinstance(call, t.Call) and call.name == "workdays":
                last = call.args[1]
                found.add(isinstance(last, t.Call) and last.name == "deadline")
    return found


def _rolled(ruleset: Ruleset, left: set[str], right: set[str]) -> dict[str, set[bool]]:
    """What is counted so, by requirement, where anything is."""
    found = {
        name: set().union(*(_counted(one, left, right) for one in requirement.expressions()))
        for name, requirement in ruleset.requirements.items()
    }
    return {name: rolled for name, rolled in found.items() if rolled}


def test_04_every_most_of_working_days_ends_so(ruleset: Ruleset) -> None:
    """Fails for a requirement that lets the days off after the last working day pass as in time."""
    assert _rolled(ruleset, {"<", "<="}, {">", ">="}) == {name: {True} for name in _WITHIN}


def test_04_working_days_that_must_pass_are_counted_as_they_stand(ruleset: Ruleset) -> None:
    """Fails for a requirement that lets a day of rest stand in for the working day to come.

    Of the application for a hearing such a day is in doubt: the period is over by then.
    """
    waiting = "enf-hearing-request-5wd"
    passing = {
        *("dec-legality-7wd", "nd-comment-7wd", "nd-legality-time"),
        *("enf-hearing-notice-7wd", "enf-apply-court-3m"),
    }
    at_least = {">", ">="}, {"<", "<="}
    assert _rolled(ruleset, *at_least) == {
        **{name: {False} for name in passing},
        waiting: {False, True},
    }
    for text in ruleset.requirements[waiting].texts:
        assert text.lenient is not None
        assert _counted(text.require, *at_least) == {False}
        assert _counted(text.lenient, *at_least) == {True}


_WITHIN = (
    *("dec-publish-20wd", "nd-publish-20wd", "nd-legality-time", "nd-interpretation"),
    *("enf-publish-7wd", "enf-publish-20wd", "enf-samr-20wd", "enf-withdraw-3wd"),
    *("enf-serve-7wd", "enf-preserve-7wd"),
    *("enf-permit-20wd", "enf-permit-deliver-10wd", "enf-permit-notice-5wd"),
    *("oth-info-request-20wd", "oth-recon-reply-10wd"),
)
"""The requirements that something be done within so many working days."""


# 6. 以上、以下、以内、届满 include the number; 超过、不满、以外 do not


@pytest.mark.parametrize(
    ("words", "text", "at", "beyond"),
    [
        ("一万元以上", "thing.n >= 10000", True, 10001),
        ("超过一万元", "thing.n > 10000", False, 10001),
        ("二百元以下", "thing.n <= 200", True, 199),
        ("不满二百元", "thing.n < 200", False, 199),
        ("两期以上讲座", "thing.n >= 2", True, 3),
    ],
)
def test_06_whether_the_number_itself_is_included(
    words: str, text: str, *, at: bool, beyond: int
) -> None:
    limit = int(text.rsplit(maxsplit=1)[-1])
    assert value(text, thing(n=limit)) is at, words
    assert value(text, thing(n=beyond)) is True


# 7. 之前


def test_07_before_the_first_of_march_is_doubtful_on_that_day() -> None:
    """`require` takes the day before, `lenient` the day itself."""
    strict, lenient = (
        "thing.until < date(thing.n + 1, 3, 1)",
        "thing.until <= date(thing.n + 1, 3, 1)",
    )
    for day, met, doubtful in [
        (D(2025, 2, 28), True, True),
        (D(2025, 3, 1), False, True),
        (D(2025, 3, 2), False, False),
    ]:
        record = thing(n=2024, until=day)
        assert (value(strict, record), value(lenient, record)) == (met, doubtful)


def test_07_seven_days_before_a_hearing_is_a_difference_of_seven() -> None:
    assert _count(NATURAL, D(2024, 6, 3), D(2024, 6, 10)) == 7
    assert _count(NATURAL, D(2024, 6, 4), D(2024, 6, 10)) == 6


# 11. months


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2023, 1, 31), 1, D(2023, 2, 28)),
        (D(2024, 1, 30), 1, D(2024, 2, 29)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), 48, D(2028, 2, 29)),
        (D(2024, 8, 31), 3, D(2024, 11, 30)),
        (D(2024, 11, 15), 3, D(2025, 2, 15)),
        (D(2024, 3, 31), -1, D(2024, 2, 29)),
    ],
)
def test_11_months_end_on_the_same_day_or_the_months_last(
    start: dt.date, months: int, day: dt.date
) -> None:
    assert _day(f"add_months(thing.start, {months})", thing(start=start)) == day


def test_11_a_month_is_not_thirty_days() -> None:
    record = thing(start=D(2024, 1, 15))
    assert _day("add_months(thing.start, 3)", record) == D(2024, 4, 15)
    assert _day("add_days(thing.start, 90)", record) == D(2024, 4, 14)


def test_11_a_month_back_and_forth_is_not_always_the_same_day() -> None:
    record = thing(start=D(2024, 3, 31))
    assert _day("add_months(add_months(thing.start, -1), 1)", record) == D(2024, 3, 29)


# 30. unknown is never turned into a default; incomplete dates are intervals


def test_30_a_month_alone_decides_what_it_can() -> None:
    """2024年5月 as the day of the notice, 2024-06-30 as the last day."""
    record = thing(start=between(D(2024, 5, 1), D(2024, 5, 31)), until=D(2024, 6, 30))
    assert value(f"{NATURAL} >= 30", record) is True  # 30 at the least, from 31 May
    assert value(f"{NATURAL} >= 31", record) is None
    assert value(f"{NATURAL} > 60", record) is False  # 60 at the most, from 1 May


def test_30_approximate_numbers_decide_what_they_can() -> None:
    """20余 is 20 to 29."""
    record = thing(n=between(20, 29))
    assert value("thing.n >= 20", record) is True
    assert value("thing.n >= 25", record) is None
    assert value("thing.n >= 30", record) is False
    assert value("thing.n == 20", record) is None


# 26. ratios


def test_26_five_in_a_hundred_of_forty_one_is_three() -> None:
    for reviewers, officers, enough in [(2, 40, True), (2, 41, False), (3, 41, True), (0, 0, True)]:
        assert value("thing.n * 20 >= thing.m", thing(n=reviewers, m=officers)) is enough
