"""Two years of an invented place side by side."""

from __future__ import annotations

import pytest

from facts.report import Verdict, read_report
from facts.report.last_year import relations_to
from facts.report.year_on_year import compare

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
    assert (opinions.direction, opinions.claimed, opinions.agrees) == ("up", "up", True)
    lost = changes["litigation_losses"]
    assert (lost.direction, lost.claimed, lost.agrees) == ("down", "up", False)
    assert "与数字方向相反" in lost.explanation
    letters = changes["reminder_letters"]
    assert letters.percent == 100
    assert (letters.claim, letters.general, letters.agrees) == ("双下降", True, False)


def test_approximate_figures_have_no_percentage() -> None:
    changes = {c.indicator: c for c in compare(read_report(LAST), read_report(THIS))}
    people = changes["training_people"]
    assert people.percent is None
    assert (people.direction, people.agrees) == (None, None)


def ties(later: str) -> list[tuple[str, Verdict]]:
    return [
        (tie.expression, tie.verdict) for tie in relations_to(read_report(LAST), read_report(later))
    ]


def test_a_printed_change_is_held_against_both_years() -> None:
    # (50−40)/40 = 25 %; the losses fell from 5 to 4, so nothing gives a rise of 20 %
    assert ties(THIS) == [
        ("(50-40)/40=25%", Verdict.HOLDS),
        ("(4-5)/5=20%", Verdict.FAILS),
    ]


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("25%", Verdict.HOLDS),
        ("25.0%", Verdict.HOLDS),
        ("26%", Verdict.UNKNOWN),
        ("35%", Verdict.FAILS),
    ],
)
def test_off_by_the_last_digit_is_a_question_not_an_error(printed: str, verdict: Verdict) -> None:
    text = THIS.replace("同比增长25%", f"较2022年增长{printed}")
    assert ties(text)[0][1] is verdict


def test_a_change_in_number() -> None:
    assert ties(THIS.replace("同比增长25%", "较上年增加10份"))[0] == ("50-40=10", Verdict.HOLDS)
    assert ties(THIS.replace("同比增长25%", "较上年增加12份"))[0] == ("50-40=12", Verdict.FAILS)


def test_last_years_figure_as_told_then_and_now() -> None:
    told = THIS.replace("同比增长25%", "较去年出具法律意见书45份有所增长")
    assert ("45=40", Verdict.FAILS) in ties(told)
    assert ("40=40", Verdict.HOLDS) in ties(told.replace("45份", "40份"))
    # a figure of the year before last is not in last year's report
    older = THIS.replace("同比增长25%", "2021年出具法律意见书45份")
    assert not any("45" in expression for expression, _ in ties(older))


def test_what_was_told_approximately_then_can_only_be_told_wrongly_now() -> None:
    """Fails if 35 is said to be last year's 30余, which 31 may be as well."""
    then = LAST.replace("意见书40份", "意见书30余份")
    now = THIS.replace("同比增长25%", "较去年出具法律意见书35份有所增长")
    told = {tie.expression: tie for tie in relations_to(read_report(then), read_report(now))}
    assert told["35=30"].verdict is Verdict.UNKNOWN
    assert told["35=30"].explanation.endswith("上年所写是约数，无法核对")
    wrong = relations_to(read_report(then), read_report(now.replace("书35份", "书45份")))
    assert ("45=30", Verdict.FAILS) in [(tie.expression, tie.verdict) for tie in wrong]


def test_a_change_told_in_another_unit_or_from_none_is_a_question() -> None:
    assert ties(THIS.replace("同比增长25%", "较上年增加10件"))[0] == ("50-40=10", Verdict.UNKNOWN)
    none = read_report(LAST.replace("败诉5件", "败诉0件"))
    last = relations_to(none, read_report(THIS))[-1]
    assert (last.expression, last.verdict) == ("(4-0)/0=20%", Verdict.UNKNOWN)
    assert last.explanation == "上年报告0件，本年4件，基数为零，无法复算"


def test_the_same_number_again_is_level() -> None:
    same = THIS.replace("50份，同比增长25%", "40份，与上年持平")
    (opinions, *_) = compare(read_report(LAST), read_report(same))
    assert (opinions.percent, opinions.direction, opinions.agrees) == (0, "same", True)
    assert opinions.explanation == (
        "出具书面法律意见数：上年40份，本年40份，持平；正文称“与上年持平”，与数字方向一致"
    )


@pytest.mark.parametrize(
    "later",
    [
        "甲县2023年法治政府建设情况报告\n行政诉讼败诉4件。",
        "甲县2023年法治政府建设情况报告\n一、化解争议\n行政诉讼败诉4件。",
    ],
)
def test_without_words_nothing_is_claimed(later: str) -> None:
    (lost,) = compare(read_report(LAST), read_report(later))
    assert (lost.direction, lost.claim, lost.agrees) == ("down", None, None)
    assert lost.explanation.endswith("上年5件，本年4件，减少20%")


def test_nothing_in_common() -> None:
    assert compare(read_report(""), read_report(THIS)) == ()
