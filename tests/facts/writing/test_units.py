"""Units: which words are worth the same, and which must never be taken for another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from facts.writing.units import is_whole, same_unit, unit_name, unit_scale


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("元", "元"), ("圆", "元"), ("元整", "元"), ("课时", "学时"), ("日", "天"),
        ("工作日", "个工作日"), ("名", "人"), ("场次", "次"), ("", "元"), ("件", ""), ("年", ""),
    ],
)  # fmt: skip
def test_these_are_worth_the_same(written: str, unit: str) -> None:
    assert same_unit(written, unit)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("个月", "天"), ("年", "天"), ("小时", "学时"), ("天", "个工作日"), ("天", "件"),
        ("元", "件"), ("件", "元"), ("美元", "元"), ("天", ""), ("元", ""),
    ],
)  # fmt: skip
def test_these_are_not(written: str, unit: str) -> None:
    """Fails if 3个月 in a column of days is three days."""
    assert not same_unit(written, unit)
    assert unit_scale(written, unit) is None


@pytest.mark.parametrize(
    ("written", "unit", "scale"),
    [("万元", "元", 10**4), ("亿元", "元", 10**8), ("百件", "件", 100), ("单位:万元", "元", 10**4)],
)
def test_a_scale_before_the_unit_multiplies(written: str, unit: str, scale: int) -> None:
    assert unit_scale(written, unit) == Decimal(scale)


@pytest.mark.parametrize(
    ("unit", "whole"), [("件", True), ("人次", True), ("", True), ("元", False), ("天", False)]
)
def test_things_are_counted_whole(unit: str, *, whole: bool) -> None:
    assert is_whole(unit) is whole


def test_a_unit_has_one_name() -> None:
    assert [unit_name(unit) for unit in ("个工作日", "大类", "件")] == ["工作日", "类", "件"]
