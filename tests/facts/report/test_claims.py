"""Which numbers of a report are held against ledgers, and as what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from engine.model.record_type import RecordType
from facts.records.load import load_schema
from facts.report import read_report
from facts.report.claims import TYPE, claims_of
from facts.report.facts import report_draft

HEAD = "甲县2024年法治政府建设情况报告\n一、主要做法\n（一）{}。"


@cache
def claim_type() -> RecordType:
    return load_schema().types[TYPE]


def claims(sentence: str, title: str = "规范管理") -> list[tuple[str, str, bool]]:
    report = read_report(HEAD.format(title) + sentence)
    return [
        (claim.counted, "、".join(f.raw + f.unit for f in claim.figures), claim.whole_year)
        for claim in claims_of(report, claim_type(), 2024)
    ]


@pytest.mark.parametrize(
    ("sentence", "counted", "said"),
    [
        ("全年制发行政规范性文件9件。", "制发规范性文件", "9件"),
        ("全年审查重大行政决策15件。", "审查行政决策", "15件"),
        ("注销行政执法证件2本。", "注销执法证件", "2本"),
        ("备案重大行政处罚案件3件。", "备案重大处罚", "3件"),
        ("举办执法培训班20余期。", "培训次数", "20余期"),
        ("行政机关负责人出庭应诉率为95.5%。", "负责人出庭率", "95.5%%"),
        ("行政诉讼败诉率为8%。", "行政诉讼败诉率", "8%%"),
    ],
)
def test_a_number_of_the_whole_year_is_a_claim(sentence: str, counted: str, said: str) -> None:
    assert claims(sentence) == [(counted, said, True)]


def test_issued_reviewed_and_filed_in_one_breath() -> None:
    assert claims("全年制发行政规范性文件9件，审核8件，报送备案7件。") == [
        ("制发规范性文件", "9件", True),
        ("审核规范性文件", "8件", True),
        ("备案规范性文件", "7件", True),
    ]


@pytest.mark.parametrize("when", ["上半年", "截至10月31日", "一季度"])
def test_part_of_the_year_is_not_compared(when: str) -> None:
    assert claims(f"{when}制发行政规范性文件9件。") == [("制发规范性文件", "9件", False)]


@pytest.mark.parametrize("when", ["2024年", "今年以来", "本年度", ""])
def test_words_for_the_whole_year(when: str) -> None:
    assert claims(f"{when}制发行政规范性文件9件。") == [("制发规范性文件", "9件", True)]


@pytest.mark.parametrize(
    "sentence",
    ["2025年计划制发行政规范性文件9件。", "2023年制发行政规范性文件9件。", "受理行政复议9件。"],
)
def test_plans_other_years_and_what_no_ledger_counts_are_no_claims(sentence: str) -> None:
    assert claims(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "“十四五”以来制发行政规范性文件30件。",
        "自机构改革以来，制发行政规范性文件30件。",
        "本届政府任期内制发行政规范性文件30件。",
        "三年间制发行政规范性文件30件。",
        "2025年1月制发行政规范性文件4件。",
        "前年制发行政规范性文件4件。",
        "会议提出，要制发行政规范性文件10件。",
    ],
)
def test_more_years_than_one_or_another_are_no_claims(sentence: str) -> None:
    """Broken by thirty of five years held against the ledger of one, or by what was called for."""
    assert claims(sentence) == []
    both = f"{sentence[:-1]}。全年制发行政规范性文件9件。"
    assert claims(both) == [("制发规范性文件", "9件", True)]


@pytest.mark.parametrize(
    ("sentence", "counted", "said"),
    [
        ("制发行政规范性文件由6件增至9件。", "制发规范性文件", "9件"),
        ("制发行政规范性文件从2023年的6件增加到9件。", "制发规范性文件", "9件"),
        ("制发行政规范性文件较上年的12件减少到9件。", "制发规范性文件", "9件"),
        ("行政机关负责人出庭应诉率由去年同期的100%下降到85%。", "负责人出庭率", "85%%"),
        ("行政诉讼败诉率从4.5%升至8%。", "行政诉讼败诉率", "8%%"),
    ],
)
def test_what_it_has_come_to_is_claimed(sentence: str, counted: str, said: str) -> None:
    """Broken by last year's number held against this year's ledger, or by none held at all."""
    assert claims(sentence) == [(counted, said, True)]


def test_the_year_of_what_was_before_is_not_that_of_what_comes_after() -> None:
    said = "制发行政规范性文件由2023年的6件增至9件，注销行政执法证件从上年的5本降为2本。"
    assert claims(said) == [("制发规范性文件", "9件", True), ("注销执法证件", "2本", True)]


@pytest.mark.parametrize(
    ("sentence", "of_ours"),
    [
        ("江北区制发行政规范性文件9件。", False),
        ("2024年，江北区司法局共制发行政规范性文件9件。", False),
        ("其中，邻近的青岚县人民政府印发行政规范性文件9件。", False),
        ("全县制发行政规范性文件9件。", True),
        ("甲县制发行政规范性文件9件。", True),
        ("甲县司法局制发行政规范性文件9件。", True),
        ("江北区派员来访，我县制发行政规范性文件9件。", True),
        ("服务城区，制发行政规范性文件9件。", True),
        ("对标先进市县制发行政规范性文件9件。", True),
    ],
)
def test_what_another_place_did_is_not_claimed(sentence: str, of_ours: bool) -> None:  # noqa: FBT001
    """Broken by another county's documents held against the ledger, or by our own left out."""
    assert claims(sentence) == ([("制发规范性文件", "9件", True)] if of_ours else [])


@pytest.mark.parametrize("when", ["年初以来", "活动开展以来", "入汛以来", "会议要求"])
def test_words_that_only_look_like_several_years(when: str) -> None:
    said = [] if when == "会议要求" else [("制发规范性文件", "9件", True)]
    assert claims(f"{when}制发行政规范性文件9件。") == said


def test_a_part_gives_way_to_its_total() -> None:
    said = "全年制发行政规范性文件9件，其中以县政府名义制发行政规范性文件6件。"
    assert claims(said) == [("制发规范性文件", "9件", True)]


def test_different_numbers_for_one_thing_stand_together() -> None:
    report = read_report(HEAD.format("规范管理") + "全年制发行政规范性文件9件。")
    (figure,) = report.figures
    other = replace(figure, value=Decimal(4), raw="4", start=figure.start + 1)
    both = replace(report, figures=(figure, other, other))
    (claim,) = claims_of(both, claim_type(), 2024)
    assert [figure.raw for figure in claim.figures] == ["9", "4"]


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("全年制发行政规范性文件9件。另制发行政规范性文件4件。", 13, 13),
        ("全年制发行政规范性文件9件，此外还制发行政规范性文件9件。", 18, 18),
        ("全年制发行政规范性文件9件。另制发行政规范性文件20余件。", 29, 38),
        ("全年制发行政规范性文件9件。另制发行政规范性文件超过20件。", 29, None),
    ],
)
def test_what_comes_on_top_is_claimed_together(sentence: str, low: int, high: int | None) -> None:
    report = read_report(HEAD.format("规范管理") + sentence)
    (claim,) = claims_of(report, claim_type(), 2024)
    assert claim.added
    assert (claim.total.min, claim.total.max) == (low, high)


def test_what_comes_on_top_is_added_up_in_the_facts() -> None:
    said = "全年制发行政规范性文件9件。另制发行政规范性文件4件。"
    text = HEAD.format("规范管理") + said
    draft = report_draft(
        read_report(text), load_schema(), ("甲县人民政府", 2024), file="报告.txt", text=text
    )
    (claim,) = [child for name, child in draft.children if name == "claims"]
    assert claim.cells["value"] == 13


def test_training_counts_where_it_is_of_those_who_enforce_the_law() -> None:
    assert claims("培训帮办人员58名。", "优化服务") == []
    assert claims("组织业务培训5次。", "加强行政执法监督") == [("培训次数", "5次", True)]
