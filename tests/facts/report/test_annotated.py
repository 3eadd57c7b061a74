"""Indicators as annotated by hand, and figures that look like names and names like figures."""

from __future__ import annotations

import pytest

from facts.report import by_slug, read_report
from tests.facts.report.spoken import score

HEAD = "2024年法治政府建设情况报告\n"
FOUND = 0.9
"""The share of annotated indicators that are given; the rest is doubt, with candidates."""


def test_an_indicator_given_is_right() -> None:
    """At most one in fifty may be wrong; of the annotated ones none is today."""
    assert score.indicators_given().wrong == ()


def test_doubt_is_not_all_there_is() -> None:
    tally = score.indicators_found()
    assert tally.right >= FOUND * tally.cases, tally.wrong


def test_figures_and_names_are_told_apart() -> None:
    assert score.figures_and_names().wrong == ()


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("追缴资金六千余万元。", 60_000_000, 70_000_000),
        ("发放资料五十余万份。", 500_000, 599_999),
        ("提前60日以上办结。", 60, None),
        # a tenth on either side
        ("提前50日左右办结。", 40, 60),
    ],
)
def test_how_much_is_meant(sentence: str, low: int, high: int | None) -> None:
    (figure,) = read_report(HEAD + sentence).figures
    assert (figure.min, figure.max) == (low, high)


@pytest.mark.parametrize(
    "sentence",
    [
        "梳理行政强制32项、行政确认28项、行政裁决5项等权力事项。",
        "全县每千人口配备调解员2.5名。",
        "平均每件行政复议案件办理42天。",
        "设立法律援助咨询窗口14个。",
        "出庭应诉25人次。",
        "开展应急演练参演500人次。",
    ],
)
def test_entries_ratios_and_longer_nouns_have_no_indicator(sentence: str) -> None:
    assert {figure.indicator for figure in read_report(HEAD + sentence).figures} == {None}


def test_what_counts_entries_says_so() -> None:
    """A power list is counted by what is declared to count lists, and by nothing else."""
    (figure,) = read_report(HEAD + "公布行政权力980项。").figures
    assert figure.indicator is not None
    assert by_slug()[figure.indicator].lists
