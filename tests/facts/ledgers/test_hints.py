"""What a column that isn't known may be: never a field that is there, never against its cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

HEAD = ["编号", "事项", "讨论日期"]


def hint(office: Office, header: str, *cells: object) -> str:
    office.xlsx(决策台账=[[*HEAD[:2], header], *(["1", "甲", cell] for cell in cells[:1]),
                      *([str(n), "乙", cell] for n, cell in enumerate(cells[1:], 2))])  # fmt: skip
    (said,) = [note.hint for note in notes(office.read()) if note.found == header]
    return said.partition("？")[0]


def test_what_the_cells_hold_decides_between_names_that_are_close(office: Office) -> None:
    """Broken by a proposal that puts words into a column of days, or days into one of words."""
    assert hint(office, "讨论日其", "2024-05-01", "2024-06-01") == "是否指“讨论日期”"
    assert hint(office, "讨论日其", "很好", "还行") != "是否指“讨论日期”"
    assert hint(office, "事项名", "2024-05-01", "2024-06-01") != "是否指“事项”"


def test_a_field_that_has_its_column_is_proposed_for_no_other(office: Office) -> None:
    """Broken by a hint that, obeyed, makes two columns of one field and so loses both."""
    office.xlsx(
        决策台账=[["编号", "事项", "讨论日期", "讨论日其"], ["1", "甲", "2024-05-01", "2024-06-01"]]
    )
    (said,) = [note.hint for note in notes(office.read())]
    assert "“讨论日期”" not in said


def test_a_wrong_line_in_the_settings_takes_no_column_with_it(office: Office) -> None:
    """Broken by two columns of one field that differ because of a hint that was obeyed."""
    office.write("fazhi.yaml", "headers: {上报日: 讨论日期}\n")
    office.xlsx(决策台账=[[*HEAD, "上报日"], ["1", "甲", "2024-05-01", "2024-06-01"]])
    facts = office.read()
    (record,) = facts.records["matter"]
    assert record.values["talk.on"] == dt.date(2024, 5, 1)
    assert errors(facts) == []
    assert [note.text() for note in notes(facts)] == [
        (
            "台账.xlsx〔决策台账〕：“上报日”，设置里把它当作“讨论日期”，表里已有这一列，没有照设置读"
            "（请改正 headers（列名对照）里的这一行）"
        )
    ]
    office.xlsx(决策台账=[["编号", "事项", "上报日"], ["1", "甲", "2024-06-01"]])
    assert office.one().values["talk.on"] == dt.date(2024, 6, 1)


def test_a_line_in_the_settings_that_means_nothing_in_a_ledger_leaves_its_header_be(
    office: Office,
) -> None:
    """Broken by a line meant for one ledger that takes a known column from another."""
    office.write("fazhi.yaml", "headers: {讨论日期: 执法人员数}\n")
    office.xlsx(
        决策台账=[HEAD, ["1", "甲", "2024-05-01"]], 单位=[["单位名称", "讨论日期"], ["县局", 3]]
    )
    facts = office.read()
    assert facts.records["matter"][0].values["talk.on"] == dt.date(2024, 5, 1)
    assert facts.records["agency"][0].values["officers"] == 3
    assert facts.problems == []


def test_a_known_header_that_the_settings_call_another_column_means_what_it_says(
    office: Office,
) -> None:
    """Broken by a wrong line that is refused and takes the header's own meaning with it."""
    office.write("fazhi.yaml", "headers: {风险评估日期: 讨论日期}\n")
    office.xlsx(决策台账=[[*HEAD, "风险评估日期"], ["1", "甲", "2024-05-01", "2024-04-01"]])
    facts = office.read()
    (record,) = facts.records["matter"]
    assert record.values["talk.on"] == dt.date(2024, 5, 1)
    assert record.values["risk.on"] == dt.date(2024, 4, 1)
    assert ["没有照设置读" in note.expected for note in notes(facts)] == [True]


def test_a_wrong_line_is_said_once_of_a_row_with_several_records(tmp_path: Path) -> None:
    """Broken by one line of the settings that is refused for each record of a form."""
    office = Office(tmp_path, load_schema())
    office.write("fazhi.yaml", "headers: {借调单位: 所在单位}\n")
    office.xlsx("行政执法人员名单.xlsx", Sheet1=[
        ["姓名", "执法证号", "所在单位", "借调单位"], ["丁一", "豫Q1", "县局", "乡里"],
    ])  # fmt: skip
    facts = office.read()
    assert [facts.records[t][0].values["unit"] for t in ("officer", "certificate")] == ["县局"] * 2
    assert [note.found for note in notes(facts) if "没有照设置读" in note.expected] == ["借调单位"]
