"""序号: the number of a row orders its sheet, and identifies nothing outside it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.values import Cause, Elements, Record, Unknown
from facts.records.load import read_schema
from tests.facts.conftest import SMALL, Office, errors, notes

SAID = "“序号”只排这张表的行次，不当编号：各行与别的表、别的台账对不上（要对得上，请加一列“编号”）"


def test_the_same_number_in_two_sheets_is_two_records(office: Office) -> None:
    """Fails if row 1 of one sheet completes row 1 of another."""
    office.xlsx("甲.xlsx", 决策台账=[["序号", "事项", "承办单位"], [1, "停车", "城管局"]])
    office.xlsx("乙.xlsx", 重大决策台账=[["序号", "讨论日期", "是否重大"], [1, "2024-04-26", "是"]])
    facts = office.read()
    first, second = facts.records["matter"]
    assert [first.key, second.key] == ["1", "1"]
    assert {"talk.on" in first.values, "talk.on" in second.values} == {True, False}
    assert {first.scalar("no"), second.scalar("no")} == {Unknown(Cause.BLANK)}
    assert errors(facts) == []
    assert [note.text() for note in notes(facts)] == [
        f"乙.xlsx〔重大决策台账〕A2：{SAID}",
        f"甲.xlsx〔决策台账〕A2：{SAID}",
    ]


def test_rows_of_one_number_that_stand_together_are_one_record(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["序号", "事项", "专家姓名"],
            [1, "停车", "张三"],
            [1, "停车", "李四"],
            [2, "规划", "王五"],
        ]
    )
    found = office.read().records["matter"]
    assert [(r.key, len(r.elements("experts").items)) for r in found] == [("1", 2), ("2", 1)]


def test_numbers_that_begin_again_in_a_sheet_begin_new_records(office: Office) -> None:
    """Fails if the second month's row 1 is taken for the first month's, or for its repetition."""
    office.xlsx(决策台账=[["序号", "事项", "人数"], [1, "停车", 3], [2, "规划", 3], [1, "停车", 3]])
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1", "1", "2"]
    assert errors(facts) == []


def test_a_real_number_under_that_header_is_a_key(office: Office) -> None:
    """Lawful: some offices write their numbers under 序号."""
    office.xlsx("甲.xlsx", 决策台账=[["序号", "事项"], ["决2024-1", "停车"]])
    office.xlsx("乙.xlsx", 决策台账=[["编号", "讨论日期"], ["决2024-1", "2024-04-26"]])
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["决2024-1"]
    assert notes(facts) == []


def test_a_number_of_a_row_is_no_key_for_the_rows_of_a_list(office: Office) -> None:
    office.write("fazhi.yaml", "closed: [决策台账, 专家]\n")
    office.xlsx(
        决策台账=[["序号", "事项", "是否重大"], [1, "停车", "是"]],
        专家=[["决策编号", "姓名"], ["1", "张三"]],
    )
    facts = office.read()
    assert facts.records["expert"] == []
    assert errors(facts) == ["台账.xlsx〔专家〕A2：“1”，所属的决策没有这一件，这一行没有算进去"]
    (matter,) = facts.records["matter"]
    assert matter.elements("experts") == Elements((), closed=False)


def test_what_is_joined_by_another_field_is_not_touched(office: Office) -> None:
    """Lawful: rows that are only numbered are found by their unit as ever, and prove a list."""
    office.write("fazhi.yaml", "closed: [决策台账, 单位]\n")
    office.xlsx(
        决策台账=[["序号", "事项", "承办单位"], [1, "停车", "城管局"], [2, "规划", "城管局"]],
        单位=[["单位名称", "执法人员数"], ["城管局", 40]],
    )
    (agency,) = office.read().records["agency"]
    matters = agency.elements("matters")
    found = [item.values["title"] for item in matters.items if isinstance(item, Record)]
    assert (sorted(map(str, found)), matters.closed) == (["停车", "规划"], True)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_two_sheets_ever_share_a_record(months: list[list[int]]) -> None:
    """Broken by any join of rows of two sheets through the number of the row."""
    schema = read_schema({f"facts/records/{name}": text for name, text in SMALL.items()})
    with TemporaryDirectory() as folder:
        office = Office(Path(folder), schema)
        for month, numbers in enumerate(months, 1):
            rows = [[number, f"第{number}件"] for number in numbers]
            office.xlsx(f"{month}月.xlsx", 决策台账=[["序号", "事项"], *rows])
        records = office.read().records["matter"]
    runs = sum(
        1 for numbers in months for at, n in enumerate(numbers) if at == 0 or numbers[at - 1] != n
    )
    assert len(records) == runs
