"""What a column that isn't known may be: never a field that is there, never against its cells."""

from __future__ import annotations

import datetime as dt

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
