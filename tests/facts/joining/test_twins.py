"""One matter under two keys is a problem, and what its rows say differently counts for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.facts import Facts
from engine.model.schema import Schema
from engine.model.values import Cause, Unknown
from facts.folder import read_folder
from facts.records.load import read_schema

HEAD = "决策编号,决策事项,承办单位,是否重大行政决策,讨论日期,专家论证意见,公平竞争审查日期\n"
ONE = "决1,县城停车收费管理办法,县城管局,是,2024-05-06,论证〔2024〕1号,2024-04-01\n"


def read(folder: Path, schema: Schema, rows: str, head: str = HEAD) -> Facts:
    (folder / "重大行政决策台账.csv").write_text(head + rows, encoding="utf-8")
    return read_folder(folder, schema, year=2024)


def said(facts: Facts) -> list[tuple[int | None, str]]:
    return [
        (problem.line, problem.expected)
        for item in facts.inputs
        for problem in item.problems
        if "像是同一件" in problem.expected
    ]


def test_two_rows_of_one_matter_are_named_and_neither_is_relied_on(
    tmp_path: Path, schema: Schema
) -> None:
    """Fails if the row that has an opinion could be met beside the row that has none.

    What both rows say stays; both rows are still judged, and the ledger isn't whole.
    """
    twin = "决9,《县城停车收费管理办法（草案）》,县城管局,是,2024-05-20,,2024-04-01\n"
    facts = read(tmp_path, schema, ONE + twin)
    assert said(facts) == [
        (
            2,
            "与重大行政决策台账.csv 第3行像是同一件（决1、决9）；"  # noqa: ISC004
            "核清以前，两行写得不一样的“专家论证意见”“讨论日期”都不作数",
        )
    ]
    for record in facts.records["decision"]:
        unknown = Unknown(Cause.CONTRADICTED)
        assert record.values["discussion.held_on"] == unknown
        assert record.values["expert_review.opinion_doc"] == unknown
        assert str(record.values["fair_competition_review.reviewed_on"]) == "2024-04-01"
        assert record.values["is_major"] is True
    assert [record.key for record in facts.records["decision"]] == ["决1", "决9"]
    assert "decision" in facts.lost


@pytest.mark.parametrize("key", ["决-1", "决01", "决（1）", "决 · 001"])
def test_keys_that_differ_in_their_signs_are_one_matter(
    tmp_path: Path, schema: Schema, key: str
) -> None:
    """Fails if what is written under 决-1, whatever it is called there, didn't touch 决1."""
    other = f"{key},停车收费,县城管局,是,2024-09-20,论证〔2024〕1号,2024-04-01\n"
    facts = read(tmp_path, schema, ONE + other)
    ((_, problem),) = said(facts)
    assert "像是同一件" in problem
    held = [record.values["discussion.held_on"] for record in facts.records["decision"]]
    assert held == [Unknown(Cause.CONTRADICTED)] * 2
    assert "decision" in facts.lost


@pytest.mark.parametrize("key", ["决11", "决1-1", "决10", "决2", "议1", "1决", "决1补"])
def test_keys_with_other_figures_or_words_are_others(
    tmp_path: Path, schema: Schema, key: str
) -> None:
    """Fails if 决1-1 were taken for 决11, or for 决1."""
    other = f"{key},停车收费,县城管局,是,2024-09-20,,2024-04-01\n"
    assert said(read(tmp_path, schema, ONE + other)) == []


@pytest.mark.parametrize(
    "other",
    [
        "决9,县城停车收费管理办法,县水利局,是,2024-05-06,,2024-04-01\n",
        "决9,县城停车收费管理办法,县城管局,是,2024-07-06,,2024-04-01\n",
        "决9,县城停车收费管理细则,县城管局,是,2024-05-06,,2024-04-01\n",
        "决9,,县城管局,是,2024-05-06,,2024-04-01\n",
        "决9,（草案）,县城管局,是,2024-05-06,,2024-04-01\n",
        "决9,县城停车收费管理办法,县城管局,是,,,2024-04-01\n",
    ],
    ids=["unit", "61 days", "title", "no title", "nothing but signs", "no day in common"],
)
def test_what_tells_two_matters_apart(tmp_path: Path, schema: Schema, other: str) -> None:
    """Fails if another unit's matter, next time's, or an unnamed one were taken for the same."""
    assert said(read(tmp_path, schema, ONE + other)) == []


@pytest.mark.parametrize(
    "other",
    [
        "决9,县城停车收费管理办法,,是,2024-05-06,,2024-04-01\n",
        "决9,县城停车收费管理办法,县城管局,是,2024-07-05,,2024-04-01\n",
    ],
    ids=["unit not known", "60 days"],
)
def test_what_does_not_tell_them_apart(tmp_path: Path, schema: Schema, other: str) -> None:
    assert [line for line, _ in said(read(tmp_path, schema, ONE + other))] == [2]


def test_rows_that_agree_in_all_are_told_of_too(tmp_path: Path, schema: Schema) -> None:
    facts = read(tmp_path, schema, ONE + ONE.replace("决1", "决9"))
    assert [text for _, text in said(facts)] == [
        "与重大行政决策台账.csv 第3行像是同一件（决1、决9）"
    ]


def test_a_set_that_differs_is_open(tmp_path: Path, schema: Schema) -> None:
    head = "决策编号,决策事项,讨论日期,归档材料\n"
    facts = read(tmp_path, schema, "决1,甲办法,2024-05-06,请示\n决9,甲办法,2024-05-06,批复\n", head)
    assert not any(r.elements("archive.items").closed for r in facts.records["decision"])


def test_many_of_one_name_are_compared_with_their_neighbours(
    tmp_path: Path, schema: Schema
) -> None:
    """Forty-one rows: forty pairs of neighbours, not all 820."""
    rows = "".join(ONE.replace("决1", f"决{n:02}") for n in range(1, 42))
    assert len(said(read(tmp_path, schema, rows))) == 40


def test_a_party_that_is_hidden_is_nobody_in_particular(tmp_path: Path, schema: Schema) -> None:
    """Fails if two persons 张某 were taken for one; a firm of that name is one."""
    head = "案号,办案机关,当事人,违法行为,处罚决定日期\n"
    row = "青罚〔2024〕{}号,县城管局,{},占道经营,2024-05-06\n"
    for party, found in (("张某", 0), ("青岚某商行", 0), ("青岚商行", 1)):
        (tmp_path / "行政处罚案件.csv").write_text(
            head + row.format(1, party) + row.format(2, party), encoding="utf-8"
        )
        assert len(said(read_folder(tmp_path, schema, year=2024))) == found


@pytest.mark.parametrize(
    ("same", "said"),
    [
        ("{names: [titel], alike: [unit], days: [on], within: 3}", "不是“titel”，是否指“title”"),
        ("{names: [title], alike: [unit], days: [title], within: 3}", "days 须指向本记录的 date"),
    ],
)
def test_a_declaration_names_fields_of_the_record(same: str, said: str) -> None:
    text = f"""
type: plan
title: 方案
same: {same}
fields:
  title: {{type: string, title: 名称}}
  unit: {{type: string, title: 单位}}
  on: {{type: date, time: event, title: 日期}}
"""
    with pytest.raises(InvalidRulesetError, match=said):
        read_schema({"plan.yaml": text})


def test_the_end_of_a_procedure_is_a_day_of_the_record() -> None:
    text = (
        "type: plan\ntitle: 方案\nconcluded: [title]\nfields:\n  title: {type: string, title: 名}\n"
    )
    with pytest.raises(
        InvalidRulesetError, match="concluded 须指向本记录的 date 字段，不是“title”"
    ):
        read_schema({"plan.yaml": text})


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ("学2,C01,2024,2024-05-13,36,业务知识,执法业务轮训", [36, None]),
        ("学2,C01,2024,2024-05-13,30,业务知识,执法业务轮训", [None, None]),
        ("学2,C01,2024,2024-05-13,36,业务知识,", [36, None]),
        ("学2,C01,2024,2024-05-13,36,法律法规,执法业务轮训", [36, 36]),
        ("学2,C01,2024,2024-05-13,36,业务知识,执法案卷制作", [36, 36]),
        ("学2,C01,2024,2024-05-14,36,业务知识,执法业务轮训", [36, 36]),
        ("学2,C02,2024,2024-05-13,36,业务知识,执法业务轮训", [36, 36]),
    ],
    ids=["all alike", "hours differ", "no content", "category", "content", "day", "officer"],
)
def test_a_training_under_two_numbers_is_counted_once(
    tmp_path: Path, schema: Schema, other: str, counts: list[int | None]
) -> None:
    """Fails if hours of one course added up twice, or if two courses of a day were taken for one.

    The list is open besides: what is missing may be added, nothing is pretended to be there.
    """
    head = "培训编号,人员编号,年度,培训日期,学时,培训类别,培训内容\n"
    one = "学1,C01,2024,2024-05-13,36,业务知识,执法业务轮训\n"
    (tmp_path / "培训记录.csv").write_text(head + one + other + "\n", encoding="utf-8")
    facts = read_folder(tmp_path, schema, year=2024)
    found = [record.values["hours"] for record in facts.records["training_record"]]
    assert [None if isinstance(hours, Unknown) else hours for hours in found] == counts
    assert ("training_record" in facts.lost) == (None in counts)
    assert [text.endswith("后一行不合计") for _, text in said(facts)] == [True] * (None in counts)


def test_a_course_under_two_numbers_is_held_once(tmp_path: Path, schema: Schema) -> None:
    """Fails if the report's number of courses could be met by a course that stands twice."""
    rows = "班1,执法轮训,2024-05-13,30\n班2,执法轮训,2024-05-13,30\n班3,执法轮训,2024-06-13,30\n"
    (tmp_path / "培训班.csv").write_text("班次编号,培训班名称,开班日期,参训人次\n" + rows, "utf-8")
    facts = read_folder(tmp_path, schema, year=2024)
    days = [record.values["held_on"] for record in facts.records["training_course"]]
    assert [isinstance(day, Unknown) for day in days] == [False, True, False]
