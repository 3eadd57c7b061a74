"""Numbers, units and approximations, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.values import LIMIT, Cause, Unknown
from facts.writing.dates import Unreadable
from facts.writing.numbers import parse_number
from facts.writing.units import unit_scale

ONE = Decimal(1)
WAN = Decimal(10000)


@pytest.mark.parametrize(
    ("text", "unit", "scale", "value"),
    [
        ("3.5", "元", WAN, "35000"),
        ("3.5万元", "元", ONE, "35000"),
        ("3.5万元", "元", WAN, "35000"),
        ("1,234.50元", "元", ONE, "1234.5"),
        ("１２３４", "元", ONE, "1234"),
        ("¥500", "元", ONE, "500"),
        ("壹拾贰万元整", "元", ONE, "120000"),
        ("人民币伍佰圆整", "元", ONE, "500"),
        ("贰仟零叁拾", "元", ONE, "2030"),
        ("一百零五", "人", ONE, "105"),
        ("两千", "人", ONE, "2000"),
        ("60学时", "学时", ONE, "60"),
        ("60课时", "学时", ONE, "60"),
        ("95.13%", "%", ONE, "95.13"),
        ("3万", "元", ONE, "30000"),
        ("1 234", "元", ONE, "1234"),
        ("1\u3000234 567", "元", ONE, "1234567"),
        ("12 万元", "元", ONE, "120000"),
        ("①", "人", ONE, "1"),
    ],
)
def test_a_number_in_the_fields_unit(text: str, unit: str, scale: Decimal, value: str) -> None:
    assert parse_number(text, unit, scale, whole=False) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20余", 20, 29), ("20多人", 20, 29), ("1000余份", 1000, 1999), ("300余", 300, 399),
        ("41.1万余", 411000, 411999), ("十余", 10, 19), ("约300", 200, 400), ("近20", 10, 20),
        ("20左右", 10, 30), ("3-5人", 3, 5), ("3至5", 3, 5), ("不少于5人", 5, None),
        ("5人以上", 5, None), ("不足30", 0, 30), ("超过100", 100, None),
    ],
)  # fmt: skip
def test_an_approximation_is_an_interval(text: str, low: int, high: int | None) -> None:
    assert parse_number(text, "", ONE, whole=True) == Unknown(Cause.INCOMPLETE, low, high)


@pytest.mark.parametrize(
    ("text", "unit", "hint"),
    [
        ("-3", "元", "不能是负数"),
        ("2147483648", "元", f"数字应小于{LIMIT}"),
        ("0.00001", "元", "小数不得超过4位"),
        ("60小时", "学时", "单位“小时”与本列的“学时”不同"),
        ("5000美元", "元", "单位“美元”与本列的“元”不同"),
        ("12,34", "元", ""),
        ("32 28", "学时", "写了不止一个数"),
        ("12\n8", "学时", "写了不止一个数"),
        ("12\n000", "元", "写了不止一个数"),
        ("2024 100", "元", "写了不止一个数"),
        ("1 234 56", "元", "写了不止一个数"),
        ("12①", "人", "单位“①”与本列的“人”不同"),
        ("3²", "学时", "单位“²”与本列的“学时”不同"),
        ("若干", "元", ""),
    ],
)
def test_what_is_no_number_says_why(text: str, unit: str, hint: str) -> None:
    assert parse_number(text, unit, ONE, whole=False) == Unreadable(hint)


def test_whole_numbers_are_whole() -> None:
    assert parse_number("3.5", "人", ONE, whole=True) == Unreadable("应为整数")


def test_a_cells_own_scale_takes_the_headers_place() -> None:
    assert parse_number("3.5万", "元", WAN, whole=False) == Decimal(35000)
    assert parse_number("3500元", "元", WAN, whole=False) == Decimal(3500)


def test_units_scale_or_do_not_compare() -> None:
    assert unit_scale("万元", "元") == WAN
    assert unit_scale("元", "元") == 1
    assert unit_scale("美元", "元") is None
    assert unit_scale("小时", "学时") is None


@given(st.decimals(0, LIMIT - 1, places=4, allow_nan=False))
def test_every_allowed_number_reads_back(number: Decimal) -> None:
    assert parse_number(f"{number:f}", "元", ONE, whole=False) == number
    assert parse_number(f"{number:,f}", "元", ONE, whole=False) == number


@given(st.text(max_size=60))
def test_nothing_written_raises(text: str) -> None:
    parse_number(text, "元", ONE, whole=True)


def test_an_approximate_amount_is_not_rounded_to_whole_numbers() -> None:
    assert parse_number("约50元", "元", Decimal(1), whole=False) == Unknown(
        Cause.INCOMPLETE, Decimal(40), Decimal(60)
    )
    assert parse_number("3至4.5", "万元", Decimal(1), whole=False) == Unknown(
        Cause.INCOMPLETE, Decimal(3), Decimal("4.5")
    )
