"""Yearly statistics held against the ledgers and the annual report."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from engine.model.facts import Facts
from facts.declared import load_held
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

PENALTIES: Final = [
    ["案号", "办案机关", "处罚决定日期"],
    ["罚1", "县水利局", "2024-03-05"],
    ["罚2", "云溪县水利局", "2024-05-05"],  # the same body, with the name of the place
    ["罚3", "县水利局", "2023-05-05"],
    ["罚4", "县林业局", "2024-07-05"],
]
STATISTICS: Final = "处罚统计.xlsx〔行政处罚实施情况统计〕"
REPORT: Final = (
    "云溪县2024年法治政府建设年度报告\n一、主要举措和成效\n"
    "2024年全县办理行政处罚案件{0}件，收到行政复议申请20件，审结16件。\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


def statistics(office: Office, *numbers: tuple[str, int], year: str = "2024年度") -> None:
    header = ["单位名称", "处罚案件数", "罚没金额"]
    title = [f"云溪县{year}行政处罚实施情况统计表", None, None]
    rows = [[unit, number, 1] for unit, number in numbers]
    office.xlsx("处罚统计.xlsx", 行政处罚实施情况统计=[title, header, *rows])


def penalties(office: Office, *more: list[object], closed: bool = False) -> None:
    office.xlsx("行政处罚案件.xlsx", 行政处罚案件=[*PENALTIES, *more])
    declared = "closed: [行政处罚案件]\n" if closed else ""
    office.write("fazhi.yaml", f"place: {{name: 云溪县}}\n{declared}")


def said(facts: Facts) -> list[str]:
    return [text for text in errors(facts) if "统计表写" in text]


def test_a_number_that_the_ledger_reaches_says_nothing(office: Office) -> None:
    """Fails if agreement makes a ledger complete that nobody declared so."""
    statistics(office, ("云溪县水利局", 2), ("县林业局", 1))
    penalties(office)
    facts = office.read()
    assert (said(facts), facts.closed) == ([], frozenset())
    penalties(office, closed=True)
    facts = office.read()
    assert (said(facts), "penalty_case" in facts.closed) == ([], True)


@pytest.mark.parametrize("closed", [True, False])
def test_a_ledger_with_more_than_was_declared(office: Office, closed: bool) -> None:  # noqa: FBT001
    """Fails if one of the two numbers is believed in silence, or if another year's case counts."""
    statistics(office, ("云溪县水利局", 1), ("县林业局", 1))
    penalties(office, closed=closed)
    facts = office.read()
    assert said(facts) == [
        f"{STATISTICS}B3：“1”，统计表写云溪县水利局2024年行政处罚1件，台账里有2件（罚1、罚2），对不上，请核对"
    ]
    assert ("penalty_case" in facts.closed) is closed


def test_a_number_of_no_body_is_that_of_all(office: Office) -> None:
    statistics(office, ("", 2))
    penalties(office)
    (text,) = said(office.read())
    assert "统计表写2024年行政处罚2件，台账里有3件（罚1、罚2、罚4）" in text


def test_many_cases_are_counted_and_some_named(office: Office) -> None:
    statistics(office, ("县水利局", 2))
    penalties(office, *([f"罚1{n}", "县水利局", "2024-03-05"] for n in range(5)))
    (text,) = said(office.read())
    assert text.endswith("台账里有7件（罚1、罚10、罚11、罚12、罚13等），对不上，请核对")


def test_a_ledger_declared_complete_with_fewer_is_none(office: Office) -> None:
    """Fails if a ledger stays complete of which the office itself has counted more."""
    statistics(office, ("云溪县水利局", 4), ("县林业局", 1))
    penalties(office)
    assert said(office.read()) == []  # what nobody declared complete may lack some
    penalties(office, closed=True)
    facts = office.read()
    text = (
        f"{STATISTICS}B3：“4”，统计表写云溪县水利局2024年行政处罚4件，"
        "声明录全的“行政处罚案件”至多2件，对不上，录全的声明不作数"
    )
    assert said(facts) == [text]
    assert facts.closed == frozenset()


@pytest.mark.parametrize(
    "row",
    [
        ["罚9", "县水利局", None],  # a day that isn't known may be of the year
        ["罚9", None, "2024-03-05"],  # so may a body
        ["罚9", "河东水利局", "2024-03-05"],  # and a name that ends like another
        ["罚9", "县水利局", "2024年"],
    ],
)
def test_what_may_be_among_the_counted_accuses_nobody(office: Office, row: list[object]) -> None:
    """Fails if a row that may count is taken to count, or not to."""
    statistics(office, ("县水利局", 3))
    penalties(office, row, closed=True)
    facts = office.read()
    assert said(facts) == []
    assert "penalty_case" in facts.closed
    statistics(office, ("县水利局", 2))
    assert said(office.read()) == []


@pytest.mark.parametrize(
    "row",
    [["罚9", "县水利局", "无"], ["罚9", "县水利局", "2023年"], ["罚9", "县林业局", "2024年"]],
)
def test_what_is_not_among_the_counted(office: Office, row: list[object]) -> None:
    statistics(office, ("县水利局", 3))
    penalties(office, row, closed=True)
    (text,) = said(office.read())
    assert "至多2件" in text


def test_the_report_says_another_number(office: Office) -> None:
    """Fails if the sum of all bodies isn't held against what the report says of the place."""
    statistics(office, ("县水利局", 4), ("县林业局", 1))
    office.write("云溪县2024年法治政府建设年度报告.txt", REPORT.format(15))
    text = (
        f"{STATISTICS}：“5”，统计表写2024年行政处罚合计5件，"
        "年度报告写“15件”（云溪县2024年法治政府建设年度报告.txt 第44—46字），"
        "对不上，请核对；口径不同的，在报告里写明"
    )
    assert said(office.read()) == [text]
    office.write("云溪县2024年法治政府建设年度报告.txt", REPORT.format(5))
    assert said(office.read()) == []


@pytest.mark.parametrize(("claimed", "fits"), [(15, True), (3, False)])
def test_the_table_of_one_body_is_part_of_the_report(
    office: Office,
    claimed: int,
    fits: bool,  # noqa: FBT001
) -> None:
    statistics(office, ("县水利局", 4))
    office.write("云溪县2024年法治政府建设年度报告.txt", REPORT.format(claimed))
    assert (said(office.read()) == []) is fits


def test_reconsideration_is_held_against_the_report_alone(office: Office) -> None:
    """Fails if the total of a table counts twice, or if half a year is held against the year."""
    table = [
        ["类别", "收到申请", "受理", "审结", "维持"],
        ["公安", 12, 11, 10, 5],
        ["自然资源", 8, 7, 7, 3],
    ]
    office.xlsx("2024年行政复议统计表.xlsx", 统计=[*table, ["合计", 20, 18, 17, 8]])
    text = REPORT.format(1) + "2024年上半年受理行政复议案件9件。\n"
    office.write("云溪县2024年法治政府建设年度报告.txt", text)
    facts = office.read()
    (said_of,) = [text for text in errors(facts) if text.startswith("2024年行政复议")]
    assert said_of.startswith(
        "2024年行政复议统计表.xlsx〔统计〕：“17”，统计表写2024年行政复议审结合计17件，年度报告写“16件”"
    )


def test_several_numbers_stand_in_one_row(office: Office) -> None:
    upper = ["单位名称", "行政强制措施实施数量", None, None, "行政强制执行实施数量", None]
    lower = [None, "查封", "扣押", "合计", "代履行", "合计"]
    office.xlsx(
        "2024年行政强制实施情况统计表.xlsx", 表三=[upper, lower, ["县水利局", 3, 2, 5, 1, 1]]
    )
    upper = ["单位名称", "行政征收", None, "行政检查"]
    lower = [None, "次数", "征收总金额", "次数"]
    name = "2024年其他行政执法行为实施情况统计表.xlsx"
    office.xlsx(name, 表四=[upper, lower, ["县水利局", 3, 2, 50]])
    header = ["单位名称", "申请数量", "受理数量", "许可数量", "不予许可数量"]
    office.xlsx("2024年行政许可实施情况统计表.xlsx", 表一=[header, ["县水利局", 30, 28, 27, 1]])
    facts = office.read()
    found = {r.scalar("counted"): r.scalar("number") for r in facts.records["declared_count"]}
    assert found == {
        "行政强制措施": 5, "行政强制执行": 1, "行政检查": 50, "行政许可受理": 28, "行政许可": 27,
    }  # fmt: skip
    assert errors(facts) == []


def test_licences_are_those_that_were_granted(office: Office) -> None:
    header = ["单位名称", "申请数量", "受理数量", "许可数量"]
    office.xlsx("2024年行政许可实施情况统计表.xlsx", 表一=[header, ["县水利局", 9, 9, 1]])
    cases = ["办件编号", "许可机关", "许可决定日期", "是否准予"]
    rows = [["许1", "县水利局", "2024-03-01", "是"], ["许2", "县水利局", "2024-03-01", "否"],
            ["许3", "县水利局", "2024-03-01", None]]  # fmt: skip
    office.xlsx("行政许可办件.xlsx", 行政许可办件=[cases, *rows])
    assert errors(office.read()) == []
    office.xlsx("行政许可办件.xlsx", 行政许可办件=[cases, *rows, [*rows[0][:2], *rows[0][2:]]])
    rows.append(["许4", "县水利局", "2024-03-01", "是"])
    office.xlsx("行政许可办件.xlsx", 行政许可办件=[cases, *rows])
    (text,) = errors(office.read())
    assert "行政许可1件，台账里有2件（许1、许4）" in text


def test_inspections_of_enterprises_are_part_of_all_inspections(office: Office) -> None:
    """Fails if a ledger that holds some of what was counted is blamed for holding no more."""
    header = ["单位名称", "行政检查次数"]
    office.xlsx("2024年行政检查实施情况统计表.xlsx", 表四=[header, ["县水利局", 50]])
    rows = [["检查编号", "检查单位", "检查日期"], ["检1", "县水利局", "2024-03-01"]]
    office.xlsx("涉企行政检查.xlsx", 涉企行政检查=rows)
    office.write("fazhi.yaml", "closed: [涉企行政检查]\n")
    facts = office.read()
    assert (errors(facts), "inspection" in facts.closed) == ([], True)


def test_statistics_of_no_year_are_held_against_nothing(office: Office) -> None:
    statistics(office, ("县水利局", 1), year="")
    penalties(office)
    facts = office.read()
    assert said(facts) == []
    texts = [note.text() for note in notes(facts) if note.type == "declared_count"]
    assert texts == [
        f"{STATISTICS}：看不出是哪一年的统计，没有用来核对（请在标题、工作表名或文件名里写明年度）"
    ]


def test_what_is_counted_is_what_the_record_type_names() -> None:
    """Fails if a kind of number is held against nothing because its name is misspelt."""
    schema = load_schema()
    assert [held.counted for held in load_held()] == [
        *schema.types["declared_count"].fields["counted"].values
    ]
    for held in load_held():
        if held.of is not None:
            assert held.day in schema.types[held.of].fields
