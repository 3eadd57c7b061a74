"""The annual reports of a folder: which are read, which are only there to compare with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.model.values import ABSENT, Cause, Unknown
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors

TITLE = "甲县{}年法治政府建设情况报告\n一、主要做法\n（一）规范管理。"


@pytest.fixture
def county(tmp_path: Path) -> Office:
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "place: {name: 甲县, level: 县级}\n")
    return office


def test_a_report_without_a_year_is_a_problem(county: Office) -> None:
    county.write("年报.txt", "法治政府建设情况报告\n一、工作情况\n工作有序推进。\n")
    facts = county.read()
    assert facts.records.get("annual_report", []) == []
    assert errors(facts) == ["年报.txt：看不出是哪一年的报告，没有读取（文件名或标题里写明年度）"]


def test_reports_of_other_years_are_noted_and_not_judged(county: Office) -> None:
    for year in (2021, 2023, 2024):
        text = TITLE.format(year) + f"全年制发行政规范性文件{year - 2010}件。"
        county.write(f"{year}.txt", text)
    facts = county.read()
    assert [record.key for record in facts.records["annual_report"]] == ["甲县/2024"]
    assert {item.path: item.notes for item in facts.inputs if item.notes} == {
        "2021.txt": ["2021年的报告，不是自查年度（2024年）的，没有核对"],
        "2023.txt": ["上年（2023年）的报告：与2024年的报告对照，本身不再核对"],
    }
    assert [(entry.year, entry.assessed) for entry in facts.reports] == [
        (2024, True),
        (2023, False),
        (2021, False),
    ]
    ((change,),) = [entry.changes for entry in facts.reports if entry.changes]
    # (14 - 13) / 13 = 7.6923…%
    assert (change.last, change.this, round(change.percent or 0, 4)) == (13, 14, 7.6923)


def test_an_approximate_figure_changes_by_no_percentage(county: Office) -> None:
    county.write("旧.txt", TITLE.format(2023) + "全年制发行政规范性文件9件以上。")
    county.write("新.txt", TITLE.format(2024) + "全年制发行政规范性文件12件。")
    entry, before = county.read().reports
    assert [change.percent for change in entry.changes] == [None]
    assert [(figure.min, figure.max) for figure in before.figures] == [(9, None)]
    assert [(figure.min, figure.max) for figure in entry.figures] == [(12, 12)]


def test_different_numbers_for_one_thing_claim_what_lies_between(county: Office) -> None:
    """Fails if one of the two is taken for the claim: a ledger of nine would then agree, or not."""
    text = TITLE.format(2024) + "全年制发行政规范性文件9件。\n"
    county.write("年报.txt", text + "（二）加强监督。全年制发行政规范性文件4件。")
    (claim,) = county.read().records["report_claim"]
    # the larger of them, and all together
    assert claim.values["value"] == Unknown(Cause.INCOMPLETE, Decimal(9), Decimal(13))


def test_of_different_rates_one_is_meant(county: Office) -> None:
    """Fails if rates were added like counts that may be parts of one another."""
    text = TITLE.format(2024) + "行政机关负责人出庭应诉率为95.5%。\n"
    county.write("年报.txt", text + "（二）加强监督。行政机关负责人出庭应诉率达98%。")
    (claim,) = county.read().records["report_claim"]
    assert claim.values["value"] == Unknown(Cause.INCOMPLETE, Decimal("95.5"), Decimal(98))


@pytest.mark.parametrize(("said", "step"), [("95%", "1"), ("95.5%", "0.1"), ("95.45%", "0.01")])
def test_a_rate_is_as_fine_as_its_last_digit(county: Office, said: str, step: str) -> None:
    county.write("年报.txt", TITLE.format(2024) + f"行政机关负责人出庭应诉率为{said}。")
    (claim,) = county.read().records["report_claim"]
    assert claim.values["indicator"] == "负责人出庭率"
    assert claim.values["step"] == Decimal(step)


def test_a_ledger_row_of_another_government_is_another_report(county: Office) -> None:
    county.write("2024.txt", TITLE.format(2024) + "依法行政。")
    county.write("年度报告.csv", "报告单位,报告年度\n乙镇,2024\n甲县人民政府,2024\n")
    found = county.read().records["annual_report"]
    assert [(record.key, record.values.get("text_read")) for record in found] == [
        ("乙镇/2024", None),
        ("甲县人民政府/2024", True),
    ]
    assert found[1].values["head_duty_text"] is ABSENT


def test_the_year_of_a_ledger_that_has_one(county: Office) -> None:
    county.write("年度报告.csv", "报告单位,报告年度\n甲县人民政府,2022\n")
    facts = county.read(year=None)
    assert facts.year == 2022


def test_what_a_report_says_of_its_leader_stands_where_it_is_said(county: Office) -> None:
    said = "县长先后三次主持召开会议研究法治工作"
    text = TITLE.format(2024) + f"依法行政。{said}。\n"
    county.write("2024.txt", text)
    (report,) = county.read().records["annual_report"]
    source = report.source_of("head_duty_text")
    assert report.values["head_duty_text"] == source.text == said
    assert (source.file, source.start) == ("2024.txt", text.index(said))


WHOLE = """甲县2024年法治政府建设情况报告
一、主要做法
审核文件12件。
二、存在的不足
{}
三、主要负责人履职情况
县长主持召开会议3次研究法治工作。
四、2025年工作安排
充实执法力量。
"""


@pytest.mark.parametrize(
    ("said", "closed", "where"),
    [
        ("执法力量薄弱。", True, "没有找到原因；举措成效第18—34字、不足第34—50字、"),
        ("略。", True, "没有找到不足、原因；举措成效第18—34字、党政主要负责人履职第"),
        ("还有一定差距。", False, "没有找到原因；举措成效第18—34字、不足（须人看）第34—50字、"),
    ],
)
def test_the_parts_stand_with_their_places(
    county: Office,
    said: str,
    closed: bool,  # noqa: FBT001
    where: str,
) -> None:
    """Fails if a doubt passes for a part, or if it isn't said where a part stands."""
    county.write("年报.txt", WHOLE.format(said))
    (report,) = county.read().records["annual_report"]
    parts = report.elements("parts")
    asked = {"举措成效", "主要负责人履职", "下年度安排"} | ({"不足"} if "力量" in said else set())
    assert (set(parts.items), parts.closed) == (asked, closed)
    assert report.source_of("parts").text.startswith(where)


def test_a_certain_gap_stays_one_beside_a_doubt(county: Office) -> None:
    """Fails if a doubt about one part hides that another is missing."""
    text = WHOLE.format("还有一定差距。").replace("充实执法力量。", "略。")
    county.write("年报.txt", text)
    (report,) = county.read().records["annual_report"]
    assert report.elements("parts").closed


@pytest.mark.parametrize(
    ("problem", "plan"),
    [
        ("执法力量薄弱", "充实执法力量。"),
        ("装备老化，下一步将采购", "本句已写明：一是装备老化，下一步将采购。"),
        ("执法人员着装不规范", Unknown(Cause.NEEDS_PERSON)),
        ("档案室狭窄老旧", ABSENT),
    ],
)
def test_what_answers_a_problem(county: Office, problem: str, plan: object) -> None:
    """The plan that names its object; its own words; a doubt; none."""
    county.write("年报.txt", WHOLE.format(f"一是{problem}。二是乡镇执法力量不足。"))
    found = county.read().records["report_problem"]
    plans = {str(one.values["text"])[2:-1]: one.values["plan"] for one in found}
    assert plans == {problem: plan, "乡镇执法力量不足": "充实执法力量。"}
