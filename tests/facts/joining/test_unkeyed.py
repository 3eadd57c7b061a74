"""Rows without their number: called by title and day, and spoken of once a sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from engine.model.facts import Facts
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

HEADER: Final = ["文件名称", "起草单位", "审核日期", "审核结论"]
SHEET: Final = "规范性文件台账.xlsx〔规范性文件〕"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


def keys(facts: Facts, record_type: str = "normative_doc") -> list[str]:
    return [record.key for record in facts.records[record_type]]


def said(facts: Facts) -> list[str]:
    return [note.text() for note in notes(facts) if note.lost_row or "称呼" in note.expected]


def test_a_register_without_numbers_is_said_once(office: Office) -> None:
    """Fails if a ledger that never had a number is an error a row, or if its rows are lost."""
    rows = [["甲", "县水利局", "2024-03-08", "合法"], ["乙", "县林业局", "2024-04-08", "合法"]]
    office.xlsx("规范性文件台账.xlsx", 规范性文件=[HEADER, *rows])
    facts = office.read()
    assert keys(facts) == ["乙（2024-04-08）", "甲（2024-03-08）"]
    assert errors(facts) == []
    assert said(facts) == [
        f"{SHEET}A2：没有“文号”，第2、3行各以名称和日期称呼，与其他台账对不上（要对得上，请加一列“文号”）"
    ]


def test_what_says_too_little_is_one_problem_for_the_sheet(office: Office) -> None:
    """Fails if a row without title or day is called by the other, or if each is a problem."""
    rows = [
        ["甲", "县水利局", None, "合法"],
        [None, "县林业局", "2024-04-08", "合法"],
        ["丙", "县林业局", "2024-04-08", "合法"],
    ]
    office.xlsx("规范性文件台账.xlsx", 规范性文件=[HEADER, *rows])
    facts = office.read()
    assert errors(facts) == [f"{SHEET}A2：缺少“文号”，第2、3行各仍按一件核对，但与其他台账对不上"]
    assert len(keys(facts)) == 3
    assert "丙（2024-04-08）" in keys(facts)


def test_a_number_that_is_not_written_is_to_be_filled_in(office: Office) -> None:
    rows = [["云政〔2024〕1号", "甲", "2024-03-08"], [None, "乙", "2024-04-08"]]
    office.xlsx("规范性文件台账.xlsx", 规范性文件=[["文号", "文件名称", "审核日期"], *rows])
    facts = office.read()
    assert keys(facts) == ["乙（2024-04-08）", "云政〔2024〕1号"]
    assert said(facts) == [
        f"{SHEET}A3：没有“文号”，这一行以名称和日期称呼，与其他台账对不上（要对得上，请填上“文号”）"
    ]


def test_rows_of_one_title_and_day_stay_apart(office: Office) -> None:
    """Fails if two matters of one title, on one day, become one because neither has a number."""
    rows = [["甲", "县水利局", "2024-03-08", "合法"]] * 2
    office.xlsx("规范性文件台账.xlsx", 规范性文件=[HEADER, *rows])
    assert keys(office.read()) == ["甲（2024-03-08）"] * 2


def test_rows_that_hold_one_thing_are_lost_together(office: Office) -> None:
    """Fails if a lost row is not counted, or if its ledger stays complete without it."""
    lone = [[None, "县水利局", None, None], [None, "县林业局", None, None]]
    office.write("fazhi.yaml", "closed: [规范性文件台账]\n")
    office.xlsx("规范性文件台账.xlsx", 规范性文件=[HEADER, *lone])
    facts = office.read()
    assert errors(facts) == [f"{SHEET}A2：“县水利局”，缺少“文号”，不能当作记录（第2、3行）"]
    assert (keys(facts), facts.closed) == ([], frozenset())
    assert "normative_doc" in facts.lost


def test_many_rows_are_counted(office: Office) -> None:
    rows = [[f"甲{n}", "县水利局", None, "合法"] for n in range(12)]
    text = "".join(",".join("" if v is None else v for v in row) + "\n" for row in [HEADER, *rows])
    office.write("规范性文件台账.csv", text)
    numbers = "、".join(map(str, range(2, 12)))
    assert errors(office.read()) == [
        f"规范性文件台账.csv 第2行：缺少“文号”，第{numbers}等12行各仍按一件核对，但与其他台账对不上"
    ]


def test_who_is_kept_from_readers_names_nothing(office: Office) -> None:
    """An officer without a number is not called by name and day of birth, as it were."""
    office.xlsx(
        "执法人员.xlsx", 执法人员=[["姓名", "单位", "考试日期"], ["张三", "县水利局", "2024-05-01"]]
    )
    assert all("张三" not in key for key in keys(office.read(), "officer"))


def test_what_an_object_that_says_too_little_holds_is_lost_with_it_and_told(office: Office) -> None:
    """Broken by experts that are gone without a word, or a list of them still held to be whole."""
    matters = [
        {"编号": "1", "事项": "停车", "专家名单": [{"姓名": "李四", "是否署名": "是"}]},
        {"事项": "河道", "专家名单": [{"姓名": "张三", "是否署名": "是"}]},
    ]
    office.write("fazhi.yaml", "closed: [重大行政决策台账, 论证专家]\n")
    office.write("台账.json", json.dumps({"决策台账": matters}, ensure_ascii=False))
    facts = office.read()
    assert [one.values["name"] for one in facts.records["expert"]] == ["李四"]
    assert errors(facts) == [
        "台账.json〔决策台账〕决策台账[2]：“河道”，缺少“决策编号”，不能当作记录",
        "台账.json〔决策台账〕决策台账[2].专家名单[1]：所属的重大行政决策没有写明，这一行没有算进去",
    ]
    assert not facts.closed & {"decision", "expert"}
