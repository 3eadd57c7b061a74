"""Working days against the State Council's notices (law notes a1.4)."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.facts import Input
from engine.model.workdays import WorkCalendar
from facts.calendar import read_year, work_calendar

CALENDAR = work_calendar()
DAYS = st.dates(dt.date(2004, 1, 1), dt.date(2026, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2024-02-09", True),  # the eve of the festival: rest only encouraged
        ("2024-02-12", False),
        ("2024-02-04", True),  # a Sunday made up
        ("2024-02-18", True),
        ("2024-05-11", True),
        ("2024-05-02", False),
        ("2024-10-12", True),
        ("2024-06-15", False),
        ("2025-01-28", False),
        ("2025-05-02", False),
    ],
)
def test_is_workday(text: str, working: bool) -> None:  # noqa: FBT001
    assert CALENDAR.is_workday(day(text)) is working


def test_counts_leave_out_the_first_day() -> None:
    # 9 and 18 (Sunday, made up) and 19 February
    assert CALENDAR.workdays(day("2024-02-08"), day("2024-02-19")) == 3
    assert CALENDAR.workdays(day("2024-02-19"), day("2024-02-08")) == -3
    # 9 to 12, then 15 to 17 April: the seventh
    assert CALENDAR.workdays(day("2024-04-08"), day("2024-04-17")) == 7
    assert CALENDAR.workdays(day("2024-04-08"), day("2024-04-08")) == 0


def test_adding_and_rolling_forward() -> None:
    assert CALENDAR.add_workdays(day("2024-04-08"), 7) == day("2024-04-17")
    assert CALENDAR.add_workdays(day("2024-04-17"), -7) == day("2024-04-08")
    assert CALENDAR.next_workday(day("2024-10-01")) == day("2024-10-08")
    assert CALENDAR.next_workday(day("2024-10-08")) == day("2024-10-08")


def test_outside_the_covered_years_nothing_is_known() -> None:
    assert (CALENDAR.first, CALENDAR.last) == (day("2004-01-01"), day("2026-12-31"))
    assert CALENDAR.is_workday(day("2027-01-04")) is None
    assert CALENDAR.workdays(day("2026-12-30"), day("2027-01-04")) is None
    assert CALENDAR.workdays(day("2027-01-04"), day("2026-12-30")) is None
    assert CALENDAR.workdays(day("2026-12-29"), day("2026-12-31")) == 2
    assert CALENDAR.add_workdays(day("2026-12-31"), 1) is None
    assert CALENDAR.next_workday(day("2027-01-01")) is None


def test_an_office_can_add_a_year() -> None:
    entry = Input("放假安排2027.yaml")
    year = read_year({"year": "2027", "off": ["2027-01-01"], "working": ["2027-01-03"]}, entry)
    assert year is not None
    added = work_calendar({year[0]: year[1]})
    assert added.workdays(day("2026-12-31"), day("2027-01-04")) == 2


KEYS = "应写明 year（年份）、off（放假日）、working（调休上班日）"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (["2027-01-01"], f"放假安排.yaml：{KEYS}"),
        ({"year": "2027", "off": ["2027-01-01"], "rest": []}, f"放假安排.yaml：{KEYS}"),
        ({"off": ["2027-01-01"]}, f"放假安排.yaml year：{KEYS}"),
        ({"year": "二〇二七", "off": ["2027-01-01"]}, f"放假安排.yaml year：“二〇二七”，{KEYS}"),
        ({"year": "2027", "off": ["2026-01-01"]},
         "放假安排.yaml off：“2026-01-01”，应为2027年的日期"),
        ({"year": "2027", "off": ["2027-01-01"], "working": ["一月三日"]},
         "放假安排.yaml working：“一月三日”，应为2027年的日期"),
        ({"year": "2027", "off": "2027-01-01"},
         "放假安排.yaml off：“2027-01-01”，应写成清单，如 [2027-01-01]"),
        ({"year": "2027", "off": None, "working": ["2027-01-03"]},
         "放假安排.yaml off：没有放假日，不像放假安排"),
    ],
)  # fmt: skip
def test_a_year_that_is_wrong_anywhere_is_not_counted_by(content: object, problem: str) -> None:
    """Fails if half a calendar is taken for the whole: its days would be counted falsely."""
    entry = Input("放假安排.yaml")
    assert read_year(content, entry) is None
    assert [item.text() for item in entry.problems] == [problem]


def test_years_apart_do_not_hide_the_gap_between_them() -> None:
    calendar = WorkCalendar({2020: [day("2020-01-02")], 2022: [day("2022-01-04")]})
    assert calendar.workdays(day("2020-12-01"), day("2022-01-05")) is None


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: dt.date, b: dt.date, c: dt.date) -> None:
    ab, bc, ac = CALENDAR.workdays(a, b), CALENDAR.workdays(b, c), CALENDAR.workdays(a, c)
    assert ab is not None
    assert bc is not None
    assert ab + bc == ac


@given(DAYS, st.integers(-300, 300).filter(bool))
def test_adding_then_counting_gives_the_number(a: dt.date, n: int) -> None:
    b = CALENDAR.add_workdays(a, n)
    if b is None:
        return
    count = (
        CALENDAR.workdays(a, b)
        if n > 0
        else CALENDAR.workdays(b - dt.timedelta(1), a - dt.timedelta(1))
    )
    assert count == abs(n)


def test_the_table_holds_the_same_counts() -> None:
    table = dict(CALENDAR.table())
    assert len(table) == (day("2026-12-31") - day("2004-01-01")).days + 1
    a, b = day("2024-01-31"), day("2025-02-20")
    assert table[b] - table[a] == CALENDAR.workdays(a, b)


def test_it_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(CALENDAR)) == CALENDAR  # noqa: S301
