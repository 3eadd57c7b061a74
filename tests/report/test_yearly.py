"""Two years of an invented place side by side."""

from __future__ import annotations

from decimal import Decimal

from facts.report import Status, read_report
from facts.report.yearly import compare, misquoted, states_change

LAST = """甲县2022年法治政府建设情况报告
一、主要做法
（一）审查把关。全年出具法律意见书40份，开展行政执法培训300余人。
（二）化解争议。对24个涉诉单位制发39份提醒函，行政诉讼败诉5件。
"""
THIS = """甲县2023年法治政府建设情况报告
一、主要做法
（一）审查把关。全年出具法律意见书50份，同比增长25%，开展行政执法培训320余人。
（二）化解争议。对29个涉诉单位制发78份提醒函，推动“双下降”取得实效。行政诉讼败诉4件，较上年增加20%。
"""


def test_changes_and_claims() -> None:
    changes = {c.indicator: c for c in compare(read_report(LAST), read_report(THIS))}
    opinions = changes["legal_opinions_issued"]
    assert (opinions.difference, opinions.percent) == (10, 25)
    assert opinions.status is Status.HOLDS
    assert states_change(opinions, Decimal(25))
    lost = changes["litigation_losses"]
    assert lost.status is Status.FAILS
    assert "与数字方向相反" in lost.explanation
    letters = changes["reminder_letters"]
    assert letters.percent == 100
    assert (letters.claim, letters.contradicts, letters.status) == (
        "双下降",
        True,
        Status.UNKNOWN,
    )


def test_approximate_figures_have_no_percentage() -> None:
    changes = {c.indicator: c for c in compare(read_report(LAST), read_report(THIS))}
    people = changes["training_people"]
    assert people.percent is None
    assert people.status is Status.UNKNOWN


def test_last_years_figure_told_otherwise() -> None:
    text = THIS.replace("同比增长25%", "较去年出具法律意见书45份有所增长")
    pairs = misquoted(read_report(LAST), read_report(text))
    assert [(new.value, old.value) for new, old in pairs] == [(45, 40)]
    assert not misquoted(read_report(LAST), read_report(THIS))


def test_nothing_in_common() -> None:
    assert compare(read_report(""), read_report(THIS)) == ()
