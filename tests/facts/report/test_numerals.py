"""Numbers in words and digits: what they are worth, and what is none. Sentences are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from facts.report import read_report
from facts.writing.numerals import chinese_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五", 5),
        ("十二", 12),
        ("三十五", 35),
        ("一百零五", 105),
        ("一千零三十", 1030),
        ("三万五千", 35_000),
        ("三亿零二万", 300_020_000),
        ("二〇二四", 2024),
    ],
)
def test_a_numeral_has_its_value(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["百", "万", "零万", "二二", "十百", "一百五", "三万五", "二千三"])
def test_what_is_no_numeral_or_may_mean_two_things_has_none(text: str) -> None:
    """Fails if 一百五, spoken for a hundred and fifty, is read as 105."""
    assert chinese_number(text) is None


def numbers(text: str) -> list[tuple[str, str, Decimal | None, Decimal | None, str]]:
    return [
        (figure.raw, figure.unit, figure.min, figure.max, figure.kind.value)
        for figure in read_report(text).figures
    ]


def exactly(
    raw: str, unit: str, value: str
) -> list[tuple[str, str, Decimal | None, Decimal | None, str]]:
    return [(raw, unit, Decimal(value), Decimal(value), "result")]


@pytest.mark.parametrize(
    ("text", "raw", "unit", "value"),
    [
        ("满意率百分之三点五。", "百分之三点五", "%", "3.5"),
        ("满意率百分之九十八点零五，居首位。", "百分之九十八点零五", "%", "98.05"),
        ("满意率百分之百。", "百分之百", "%", "100"),
        ("发案率3‰。", "3‰", "‰", "3"),
        ("三分之一的案件。", "三分之一", "%", "33.33"),
        ("四分之一的案件。", "四分之一", "%", "25"),
        ("全年行政诉讼败诉案件为零。", "零", "件", "0"),
        ("综合考评名列全省第三名。", "第三", "名", "3"),
    ],
)
def test_shares_zeros_and_places_in_words(text: str, raw: str, unit: str, value: str) -> None:
    assert numbers(text) == exactly(raw, unit, value)


@pytest.mark.parametrize(("first", "last"), [("第3", "第5"), ("第三", "第五")])
def test_a_range_of_places_is_both(first: str, last: str) -> None:
    assert numbers(f"在全省排名{first}至{last}。") == [
        *exactly(first, "名", "3"),
        *exactly(last, "名", "5"),
    ]


def test_open_to_one_side() -> None:
    assert numbers("办理案件50件以上。") == [("50", "件", Decimal(50), None, "result")]


def test_an_approximate_percentage_may_exceed_a_hundred() -> None:
    """Fails if 约95% is bounded by 100, for a growth may be of 104%."""
    assert numbers("满意率约95%。") == [("95%", "%", Decimal("85.5"), Decimal("104.5"), "result")]


def test_a_ceiling_is_an_aim() -> None:
    assert numbers("信访件不超过5件。") == [("5", "件", None, Decimal(5), "target")]


@pytest.mark.parametrize(
    "text",
    [
        "应当在15日内办结。",
        "流水1234567890123456789。",
        "案卷007办结。",
        "登记123456789 。",
        "误差为零。",
        "第三季度工作有序推进。",
        "统筹推进两案。",
        "四分之五的案件。",
        "满意率百分之百百。",
        "走访数十天。",
        "群众有几百。",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert numbers(text) == []
