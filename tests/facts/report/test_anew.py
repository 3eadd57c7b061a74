"""Texts that were written after the reader was mended; their first contact is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.values import ABSENT
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors
from tests.facts.report.spoken import score


@pytest.mark.parametrize("tally", score.anew(), ids=lambda tally: tally.name)
def test_what_was_written_anew_is_read(tally: score.Tally) -> None:
    """A kind that was mended after its first contact and is lost again breaks this."""
    assert tally.cases >= 6
    assert tally.wrong == ()


def test_a_rate_of_the_rest_may_be_rounded() -> None:
    """By hand: (200-10)/200 is 95%; 96% may be a last digit, 98% is not."""
    text = "评查案卷200份，不合格10份，合格率{}。"
    assert [score.fails(text.format(rate)) for rate in ("95%", "96%", "98%")] == [
        False,
        False,
        True,
    ]


def test_a_sum_that_cannot_be_is_a_record_with_its_sentence(tmp_path: Path) -> None:
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "place: {name: 甲县, level: 县级}\nyear: 2024\n")
    wrong = "评查案卷50份，合格52份。"
    office.write("甲县2024年法治政府建设报告.txt", HEAD + "一、主要做法\n" + wrong)
    (relation,) = office.read(year=None).records["report_relation"]
    assert relation.values["status"] == "不成立"
    assert relation.values["detail"].startswith("52份多于其所出自的50份，不可能")
    start = (HEAD + "一、主要做法\n").__len__()
    assert (relation.source.start, relation.source.end) == (start, start + len(wrong))


def test_a_report_without_any_part_has_none(tmp_path: Path) -> None:
    """It used to end in an error of the program: no part found was no cell at all."""
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "place: {name: 甲县, level: 县级}\nyear: 2024\n")
    for text, parts in (
        ("全年平稳，各项安排照旧，没有别的情况需要说明。", ABSENT),
        ("一、存在不足\n详见附件。\n二、下步打算\n待定。", ABSENT),
    ):
        office.write("甲县2024年法治政府建设报告.txt", HEAD + text)
        (report,) = office.read(year=None).records["annual_report"]
        assert report.values["parts"] == parts


HEAD = "甲县2024年法治政府建设情况报告\n"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("县政府主要负责人研究部署法治政府建设工作3次，听取汇报2次。", 3),
        ("二、党政主要负责人履职情况\n全年听取汇报2次，专题研究法治建设工作5次。", 5),
        ("县长主持召开常务会议4次，研究法治政府建设议题11个。", 4),
        # of the government's head, told first
        ("县长研究部署法治建设工作3次。\n县委书记研究部署法治建设工作2次。", 3),
        # somebody else's, planned, approximate, or perhaps of something else
        ("县人大常委会专题研究法治建设工作5次。县长带头学法2次。", None),
        ("县长计划研究法治建设工作4次。", None),
        ("县长主持专题研究行政执法工作近5次。", None),
        ("县长主持召开政府常务会议12次。", None),
    ],
)
def test_how_often_the_head_studied_law_is_read(
    tmp_path: Path, text: str, times: int | None
) -> None:
    """Fails if what others studied, or what is to be studied, counts for the head."""
    assert told_of_the_head(tmp_path, text, "head_study_times") == times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("县政府主要负责人听取法治政府建设工作汇报2次。", 2),
        ("二、党政主要负责人履职情况\n全年听取法治政府建设工作汇报3次。", 3),
        # the standing committee of the people's congress, the heads of others, and what is planned
        ("县人大常委会听取法治政府建设工作报告1次。县长带头学法2次。", None),
        (
            "二、党政主要负责人履职情况\n各部门主要负责人听取法治建设工作汇报12次。县长带头学法2次。",
            None,
        ),
        ("二、党政主要负责人履职情况\n县长带头学法2次。明年要听取法治建设工作汇报4次。", None),
    ],
)
def test_how_often_the_head_heard_reports_is_read(
    tmp_path: Path, text: str, times: int | None
) -> None:
    """Fails if what others heard counts for the head: a requirement would be met on it."""
    assert told_of_the_head(tmp_path, text, "head_hear_times") == times


def told_of_the_head(tmp_path: Path, text: str, field: str) -> int | None:
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "place: {name: 甲县, level: 县级}\nyear: 2024\n")
    office.write("甲县2024年法治政府建设报告.txt", HEAD + text)
    facts = office.read(year=None)
    assert errors(facts) == []
    (report,) = facts.records["annual_report"]
    value = report.values[field]
    return value if isinstance(value, int) else None
