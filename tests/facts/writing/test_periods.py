"""The month that a text names, and days that are complete only with it."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.model.field import FieldKind, FieldType
from engine.model.values import Cause, State, Unknown
from facts.writing.cells import CellReader
from facts.writing.dates import Unreadable, parse_date
from facts.writing.periods import period_named

D = dt.date
MARCH, QUARTER = (D(2024, 3, 1), D(2024, 3, 31)), (D(2024, 1, 1), D(2024, 3, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3月", D(2024, 3, 1), D(2024, 3, 31)),
        ("三月份", D(2024, 3, 1), D(2024, 3, 31)),
        ("十二月", D(2024, 12, 1), D(2024, 12, 31)),
        ("2023年2月", D(2023, 2, 1), D(2023, 2, 28)),
        ("2024年02月份", D(2024, 2, 1), D(2024, 2, 29)),
        ("2024年3月执法活动台账", D(2024, 3, 1), D(2024, 3, 31)),
        ("执法活动（3月）", D(2024, 3, 1), D(2024, 3, 31)),
        ("2024.3", D(2024, 3, 1), D(2024, 3, 31)),
        ("202411", D(2024, 11, 1), D(2024, 11, 30)),
        ("一季度", D(2024, 1, 1), D(2024, 3, 31)),
        ("2023年第4季度", D(2023, 10, 1), D(2023, 12, 31)),
        ("上半年", D(2024, 1, 1), D(2024, 6, 30)),
        ("2024年下半年", D(2024, 7, 1), D(2024, 12, 31)),
        ("2024年1—3月", D(2024, 1, 1), D(2024, 3, 31)),
        ("3月至5月份", D(2024, 3, 1), D(2024, 5, 31)),
    ],
)
def test_a_text_names_a_month_or_a_few(text: str, first: dt.date, last: dt.date) -> None:
    assert period_named(text, 2024) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "2024年", "执法活动", "", "3月12日", "截至2024年3月", "2024年3月起", "2024年3月底",
        "3月上旬", "近3月", "13月", "0月", "1月2月", "2023年12月至2024年2月", "20243", "12个月",
        "5月至3月",
    ],
)  # fmt: skip
def test_a_text_that_names_a_day_an_edge_or_two_months_names_none(text: str) -> None:
    """Fails if the day of an export, or the edge of a span, is taken for the month of the rows."""
    assert period_named(text, 2024) is None


def test_a_month_without_a_year_is_none() -> None:
    assert period_named("3月", None) is None
    assert period_named("2024年3月", None) == MARCH


@pytest.mark.parametrize(
    ("text", "within", "result"),
    [
        ("12日", MARCH, D(2024, 3, 12)),
        ("12", MARCH, D(2024, 3, 12)),
        ("十二日", MARCH, D(2024, 3, 12)),
        ("3月12日", MARCH, D(2024, 3, 12)),
        ("3.12", MARCH, D(2024, 3, 12)),
        ("12日上午9时", MARCH, dt.datetime.combine(D(2024, 3, 12), dt.time(9))),
        # three days have this number in a quarter, and one this number and month
        ("12日", QUARTER, Unknown(Cause.INCOMPLETE, D(2024, 1, 12), D(2024, 3, 12))),
        ("2月12日", QUARTER, D(2024, 2, 12)),
        ("30日", QUARTER, Unknown(Cause.INCOMPLETE, D(2024, 1, 30), D(2024, 3, 30))),
        # another month is read as it would be without
        ("4月2日", MARCH, Unknown(Cause.INCOMPLETE, D(2023, 4, 2), D(2025, 4, 2))),
        ("2024-04-02", MARCH, D(2024, 4, 2)),
        ("2024年3月", MARCH, Unknown(Cause.INCOMPLETE, D(2024, 3, 1), D(2024, 3, 31))),
        ("32日", MARCH, Unreadable("这张表的月份里没有这一天")),
        ("十十日", MARCH, Unreadable("这张表的月份里没有这一天")),
        ("百日", MARCH, Unreadable()),
        ("中旬", MARCH, Unreadable()),
    ],
)
def test_a_day_is_completed_by_the_month_that_it_stands_under(
    text: str, within: tuple[dt.date, dt.date], result: object
) -> None:
    assert parse_date(text, 2024, within) == result


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (12, D(2024, 3, 12)),
        (3.15, D(2024, 3, 15)),
        # typed 3.10 or 3.20 it would be the same number
        (3.1, Unknown(Cause.INCOMPLETE, D(2024, 3, 1), D(2024, 3, 10))),
        (3.2, Unknown(Cause.INCOMPLETE, D(2024, 3, 2), D(2024, 3, 20))),
        (3.4, D(2024, 3, 4)),
    ],
)
def test_a_number_is_a_day_of_the_month(number: float, state: State) -> None:
    spec = FieldType(type=FieldKind.DATE, title="日期", time="event")
    assert CellReader(spec, within=MARCH).read(number).state == state
