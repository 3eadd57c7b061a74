"""Every way a date is written, worked by hand."""

# ruff: noqa: DTZ001 - ledgers hold naive local times

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.values import Cause, Unknown
from facts.writing.dates import Unreadable, parse_date, split_two

MAY_1 = dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01", "2024/5/1", "2024年5月1日", "2024.5.1", "二〇二四年五月一日", "20240501",
        "二零二四年五月一日", "二○二四年五月一日", "二O二四年五月一日", "２０２４年５月１日",
        "2024 年 5 月 1 日", "2024—05—01", "2024、5、1", "2024年05月01号", "2024年5月1日（周三）",
        "2024-05-01星期三", " 2024-5-1 ", "2〇24年5月1日",
    ],
)  # fmt: skip
def test_a_complete_date_is_that_day(text: str) -> None:
    assert parse_date(text) == MAY_1


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月1日（周五）",
        "2024-05-01星期日",
        "2024年5月1日（星期天）9时",
        "2024年5月1日周四 9:00",
    ],
)
def test_a_day_of_another_weekday_is_not_read(text: str) -> None:
    """Fails if one of the two is believed: May 1st was a Wednesday, and either may be mistyped."""
    assert parse_date(text) == Unreadable("2024-05-01是星期三，与写的星期对不上")
    for right in ("2024年5月1日（星期三）", "2024-05-01周三"):
        assert parse_date(right) == MAY_1
    for sunday in ("2024年5月5日（星期天）", "2024-05-05周日"):
        assert parse_date(sunday) == dt.date(2024, 5, 5)
    assert parse_date("2024年5月（周五）") == parse_date("2024年5月")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年5月", (2024, 5, 1), (2024, 5, 31)),
        ("2024年2月", (2024, 2, 1), (2024, 2, 29)),
        ("2023-02", (2023, 2, 1), (2023, 2, 28)),
        ("202405", (2024, 5, 1), (2024, 5, 31)),
        ("2024年", (2024, 1, 1), (2024, 12, 31)),
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024年度", (2024, 1, 1), (2024, 12, 31)),
        ("2024年上半年", (2024, 1, 1), (2024, 6, 30)),
        ("2024年第三季度", (2024, 7, 1), (2024, 9, 30)),
        ("2024年5月中旬", (2024, 5, 11), (2024, 5, 20)),
        ("2024年2月下旬", (2024, 2, 21), (2024, 2, 29)),
        ("二〇二四年十二月", (2024, 12, 1), (2024, 12, 31)),
    ],
)
def test_an_incomplete_date_is_an_interval(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert parse_date(text) == Unknown(Cause.INCOMPLETE, dt.date(*first), dt.date(*last))


def test_a_day_without_its_year_is_bounded_only_around_the_ledgers_year() -> None:
    assert parse_date("5月") == Unknown(Cause.INCOMPLETE)
    assert parse_date("5月", 2024) == Unknown(
        Cause.INCOMPLETE, dt.date(2023, 5, 1), dt.date(2025, 5, 31)
    )
    assert parse_date("4.20", 2024) == Unknown(
        Cause.INCOMPLETE, dt.date(2023, 4, 20), dt.date(2025, 4, 20)
    )
    assert parse_date("5月中旬") == Unknown(Cause.INCOMPLETE)
    assert parse_date("5月中旬", 2024) == Unknown(
        Cause.INCOMPLETE, dt.date(2023, 5, 1), dt.date(2025, 5, 31)
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-01 09:30", dt.datetime(2024, 5, 1, 9, 30)),
        ("2024年5月1日9时", dt.datetime(2024, 5, 1, 9)),
        ("2024年5月1日下午3时30分", dt.datetime(2024, 5, 1, 15, 30)),
        ("2024-05-01T09:30:05", dt.datetime(2024, 5, 1, 9, 30, 5)),
        ("2024-05-01 09:30:05.000", dt.datetime(2024, 5, 1, 9, 30, 5)),
        ("2024-05-01T09:30:05.123456+08:00", dt.datetime(2024, 5, 1, 9, 30, 5)),
        ("2024年5月1日 9点30", dt.datetime(2024, 5, 1, 9, 30)),
        ("2024年5月1日9时30分5秒", dt.datetime(2024, 5, 1, 9, 30, 5)),
        ("2024年5月1日上午12时", dt.datetime(2024, 5, 1, 12)),
        ("2024年5月1日（星期三）上午9:00", dt.datetime(2024, 5, 1, 9)),
        ("2024年5月1日星期三下午3时", dt.datetime(2024, 5, 1, 15)),
        ("2024-05-01 周三 9:30", dt.datetime(2024, 5, 1, 9, 30)),
        ("2024-05-01 下午12:30", dt.datetime(2024, 5, 1, 12, 30)),
        ("2024-05-01 pm3:05", dt.datetime(2024, 5, 1, 15, 5)),
        ("2024年5月1日晚8时", dt.datetime(2024, 5, 1, 20)),
        ("2024年5月1日晚上20时", dt.datetime(2024, 5, 1, 20)),
    ],
)
def test_a_time_of_day_is_kept(text: str, moment: dt.datetime) -> None:
    assert parse_date(text) == moment


@pytest.mark.parametrize(
    "time_of_day",
    ["25:00", "9:75", "9:", "24:00", "AM12:30", "上午14时", "晚12时", "晚上1时", "下午0时"],
)
def test_a_time_that_is_none_or_another_days_leaves_nothing_to_read(time_of_day: str) -> None:
    """Fails if 晚12时, which ends the day, becomes its noon."""
    assert parse_date(f"2024年5月1日{time_of_day}") == Unreadable()
    assert parse_date(f"2024-05-01 {time_of_day}") == Unreadable()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2024-13-01", "没有这个月份"),
        ("2024年13月上旬", "没有这个月份"),
        ("2024年3日", "没有写月份"),
        ("3日", "没有写月份"),
        ("24年上半年", "年份请写四位"),
        ("2024年5月上半年", ""),
        ("2二24年5月1日", ""),
        ("二" * 61, "写的不是一个日期"),
        ("2024年2月30日", "没有这一天"),
        ("2023年2月29日", "没有这一天"),
        ("24年5月1日", "年份请写四位"),
        ("45413", "像是 Excel 日期序号（2024-05-01），请把单元格格式改为日期"),
        ("1024-05-01", "年份应在1949至2100之间"),
        ("第12次常务会", ""),
        ("2024-05-01前", ""),
        ("", ""),
    ],
)
def test_what_is_no_date_says_why(text: str, hint: str) -> None:
    assert parse_date(text) == Unreadable(hint)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("4.3/4.20", ("4.3", "4.20")),
        ("2024年4月3日至4月20日", ("2024年4月3日", "2024年4月20日")),
        ("2024.4.3-2024.4.20", ("2024.4.3", "2024.4.20")),
        ("20240403-20240420", ("20240403", "20240420")),
        ("2024年4月至2025年", ("2024年4月", "2025年")),
        ("2024年4月3日、" * 9, None),
        ("2024/5/1", None),
        ("2024-05-01", None),
        ("城市管理局", None),
    ],
)
def test_two_dates_in_a_cell_are_told_from_one(text: str, pair: tuple[str, str] | None) -> None:
    assert split_two(text) == pair


@given(st.dates(dt.date(1949, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_reads_back_from_every_form(day: dt.date) -> None:
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(digit)] for digit in str(day.year))
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{year}年{day.month}月{day.day}日",
    ]
    assert {parse_date(form) for form in forms} == {day}


@given(st.text(max_size=80))
def test_nothing_written_raises(text: str) -> None:
    parse_date(text)
    split_two(text)


def test_hostile_numerals_take_no_time() -> None:
    start = time.perf_counter()
    for length in (10, 100, 100_000):
        parse_date("二〇" * length + "年")
        parse_date("1" * length)
    assert time.perf_counter() - start < 1
