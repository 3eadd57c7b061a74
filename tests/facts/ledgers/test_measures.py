"""Amounts are read in the unit that covers them, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.values import Cause, Unknown
from tests.facts.conftest import Office, errors, notes

UNREADABLE = Unknown(Cause.UNREADABLE)
MEND = "（请在列名上写明，如“金额（元）”）"
ONE = "（请改正其中写错的一处）"
HEADER = ["编号", "事项", "金额", "是否重大"]
ROW = ["1", "停车", 12, "是"]


def amounts(office: Office) -> list[object]:
    return [record.values["amount"] for record in office.read().records["matter"]]


@pytest.mark.parametrize(
    "title",
    [
        "单位：万元",
        "填报单位：清溪县城市管理局    单位：万元",
        "填报单位：元氏县司法局 单位：万元",
        "填报单位：某局单位：万元填表人：某",
        "（单位：人民币万元）",
        "计量单位：件、万元",
        "单位为“万元”",
        "行政处罚统计表（万元）",
        "金额以万元计",
        "本表金额均为万元",
        "以万元为单位填报",
        "2024年台账 金额：万元",
        "单 位 ： 万 元",
    ],
)
def test_a_unit_stated_anywhere_above_covers_the_sheet(office: Office, title: str) -> None:
    office.xlsx(决策台账=[["决策台账"], [title], HEADER, ROW])
    assert office.one().values["amount"] == 120000
    office.xlsx(决策台账=[[title, None, "2024年"], [], HEADER, ROW])
    assert office.one().values["amount"] == 120000


@pytest.mark.parametrize(
    "title",
    [
        "决策台账",
        "填报单位：元氏县司法局",
        "单位：件",
        "五万元以上处罚台账",
        "罚款5万元以下的案件",
        "罚没数万元案件",
        "单位：元",
        "万元以上案件",
    ],
)
def test_titles_that_state_no_other_unit(office: Office, title: str) -> None:
    """No over-correction: thresholds and offices' names are no units."""
    office.xlsx(决策台账=[[title], HEADER, ROW])
    assert office.one().values["amount"] == 12


def test_a_unit_beside_the_office_right_above_the_header(office: Office) -> None:
    office.xlsx(决策台账=[["填报单位：某局", None, "单位：万元"], HEADER, ROW])
    assert office.one().values["amount"] == 120000


def test_a_short_row_that_speaks_of_units_is_still_a_row(office: Office) -> None:
    """Fails if a row without an amount is passed over for a word in it."""
    rows = [HEADER, ROW, ["2", "万元村拆迁", None, None], ["3", "金额单位：万元", None, None],
            ["4", "（万元）商场", None, None], ["5", "桥", 3, "否"]]  # fmt: skip
    office.xlsx(决策台账=rows)
    facts = office.read()
    assert [(r.key, r.values["amount"]) for r in facts.records["matter"]] == [
        ("1", 12),
        ("2", Unknown(Cause.BLANK)),
        ("3", Unknown(Cause.BLANK)),
        ("4", Unknown(Cause.BLANK)),
        ("5", 3),
    ]


def test_a_note_that_says_nothing_of_units_changes_nothing(office: Office) -> None:
    office.xlsx(决策台账=[HEADER, ROW, ["注：单位按三定方案填写"], ["备注：五万元以上的另报"]])
    assert office.one().values["amount"] == 12


def test_the_corner_of_the_header_may_state_the_unit(office: Office) -> None:
    office.xlsx(决策台账=[[*HEADER, "单位：万元"], [*ROW, None]])
    assert office.one().values["amount"] == 120000
    office.xlsx(决策台账=[[*HEADER, "违法所得（单位：万元）"], [*ROW, 5]])
    assert office.one().values["amount"] == 12


def test_names_of_sheet_and_file_state_units(office: Office) -> None:
    office.xlsx(**{"决策台账(万元)": [HEADER, ROW]})
    assert office.one().values["amount"] == 120000
    (office.folder / "台账.xlsx").unlink()
    office.xlsx("决策台账（单位：千元）.xlsx", 决策台账=[HEADER, ROW])
    assert office.one().values["amount"] == 12000
    (office.folder / "决策台账（单位：千元）.xlsx").unlink()
    office.write("台账.csv", "单位：万元,,,\n编号,事项,金额,是否重大\n1,停车,12,是\n")
    assert office.one().values["amount"] == 120000


@pytest.mark.parametrize("name", ["单位", "金额单位", "填报单位"])
def test_a_unit_beside_the_rows_of_json_covers_them(office: Office, name: str) -> None:
    rows = [{"编号": "1", "事项": "停车", "金额": 12}]
    office.write("台账.json", {name: "某局 单位：万元" if "填报" in name else "万元", "决策": rows})
    assert office.one().values["amount"] == 120000
    office.write("台账.json", {"填报单位": "某局", "决策": rows})
    assert office.one().values["amount"] == 12


GROUPS: Sequence[Sequence[object]] = [
    ["编号", "事项", "经费（万元）", None, "是否重大"],
    [None, None, "金额", "年限", None],
    ["1", "停车", 12, 3, "是"],
]


@pytest.mark.parametrize("merges", [{}, {"决策台账": ["A1:A2", "B1:B2", "C1:D1", "E1:E2"]}])
def test_a_unit_after_a_group_covers_the_groups_columns(
    office: Office, merges: Mapping[str, Sequence[str]]
) -> None:
    office.xlsx(决策台账=GROUPS, merges=merges)
    assert amounts(office) == [120000]


def test_the_unit_of_another_group_is_not_the_amounts(office: Office) -> None:
    """It covers its own columns; whether the amounts are meant too can't be told."""
    other = [
        ["甲", "涉案（万元）", None, None],
        ["编号", "事项", "年限", "金额"],
        ["1", "停", 3, 12],
    ]
    office.xlsx(决策台账=other, merges={"决策台账": ["B1:C1"]})
    (problem,) = errors(office.read())
    assert problem == (
        "台账.xlsx〔决策台账〕D3：“12”，不知这一列是否也按“万元”：B1写“涉案（万元）”"
        "（请在列名上写明，如“金额（元）”）"
    )
    assert amounts(office) == [UNREADABLE]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["单位：万元"], ["编号", "事项", "金额（元）"], ["1", "停车", 12]],
         "C3：“12”，单位说法不一：列名写“元”；A1写“单位：万元”（请改正其中写错的一处）"),
        ([["单位：元"], ["编号", "事项", "金额（万元）"], ["1", "停车", 12]],
         "C3：“12”，单位说法不一：列名写“万元”；A1写“单位：元”（请改正其中写错的一处）"),
        ([["台账（千元）"], ["单位：万元"], HEADER, ROW],
         "C4：“12”，单位说法不一：A1写“台账（千元）”；A2写“单位：万元”（请改正其中写错的一处）"),
        ([["单位：元/万元"], HEADER, ROW],
         "C3：“12”，单位说法不一：A1写“单位：元/万元”（请改正其中写错的一处）"),
        ([["单位：美元"], HEADER, ROW],
         "C3：“12”，A1写“单位：美元”，与“元”不同（请在列名上写明，如“金额（元）”）"),
        ([["罚没收入万元统计"], HEADER, ROW],
         f"C3：“12”，不知这一列是否也按“万元”：A1写“罚没收入万元统计”{MEND}"),
        ([["单位：元"], HEADER, ROW, ["注：金额单位为万元"]],
         f"C3：“12”，单位说法不一：A1写“单位：元”；注（第4行写“注：金额单位为万元”）{ONE}"),
    ],
)  # fmt: skip
def test_contradictions_and_vague_units_leave_the_amount_unknown(
    office: Office, rows: Sequence[Sequence[object]], said: str
) -> None:
    """Fails if an amount is taken in one of two units, or in 元 beside a unit left unexplained."""
    office.xlsx(决策台账=rows)
    assert errors(office.read()) == [f"台账.xlsx〔决策台账〕{said}"]
    assert amounts(office) == [UNREADABLE]


@pytest.mark.parametrize(
    "note", ["注：金额单位为万元", "备注：单位万元", "※ 金额均以万元计", "单位：万元"]
)
def test_a_note_below_covers_all_rows(office: Office, note: str) -> None:
    office.xlsx(决策台账=[HEADER, ROW, ["2", "河道", 3.5, "否"], [note]])
    assert errors(office.read()) == []
    assert amounts(office) == [120000, 35000]


def test_a_line_between_rows_covers_what_follows(office: Office) -> None:
    rows = [["单位：元"], HEADER, ROW, ["单位：万元"], ["2", "河道", 3, "否"], ["单位：千元"],
            ["3", "公园", 4, "否"]]  # fmt: skip
    office.xlsx(决策台账=rows)
    facts = office.read()
    assert errors(facts) == []
    assert [r.values["amount"] for r in facts.records["matter"]] == [12, 30000, 4000]
    assert [n.expected for n in notes(facts)] == ["单位说明，没有当作记录（第4、6行）"]


def test_a_line_between_rows_that_states_no_unit_covers_nothing(office: Office) -> None:
    """Broken by a line about bodies (单位 is that too) that is taken for a unit of what follows."""
    rows = [["单位：万元"], HEADER, ROW, ["以下是乡镇单位报的"], ["2", "河道", 3, "否"]]
    office.xlsx(决策台账=rows)
    assert [a for a in amounts(office) if a != Unknown(Cause.BLANK)] == [120000, 30000]


def test_rows_above_the_first_unit_line_are_not_covered(office: Office) -> None:
    office.xlsx(决策台账=[HEADER, ROW, ["单位：万元"], ["2", "河道", 3, "否"]])
    (problem,) = errors(office.read())
    assert problem == (
        "台账.xlsx〔决策台账〕C2：“12”，不知这一列是否也按“万元”：第3行写“单位：万元”，"
        "写在这些行的下面（请在列名上写明，如“金额（元）”）"
    )
    assert amounts(office) == [UNREADABLE, 30000]


def test_a_row_may_state_its_own_unit(office: Office) -> None:
    header = ["编号", "事项", "金额", "计量", "备考"]
    rows = [["1", "停车", 12, "万元", None], ["2", "河道", 12, "元", None],
            ["3", "公园", 12, None, "金额单位：千元"], ["4", "桥", 12, "件", "销售万元商品"],
            ["5", "路", 12, "万元", "单位：元"]]  # fmt: skip
    office.xlsx(决策台账=[header, *rows])
    assert amounts(office) == [120000, 12, 12000, 12, UNREADABLE]


def test_a_cells_own_unit_needs_no_other(office: Office) -> None:
    rows = [
        ["单位：万元"],
        ["编号", "事项", "金额（元）"],
        ["1", "停", "3万元"],
        ["2", "河", "500元"],
    ]
    office.xlsx(决策台账=rows)
    assert errors(office.read()) == []
    assert amounts(office) == [30000, 500]


def formatted(path: Path, code: str) -> None:
    book = openpyxl.load_workbook(path)
    for row in book["决策台账"].iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.number_format = code
    book.save(path)


@pytest.mark.parametrize(
    ("header", "code", "stored", "amount"),
    [
        ("金额", '0.00"万元"', 12, 120000),
        ("金额（万元）", '0.00"万元"', 12, 120000),
        ("金额（元）", '0.00"万元"', 12, UNREADABLE),
        ("金额", '0!.0,"万元"', 123456, 123456),
        ("金额（千元）", "#,##0,", 12000, 12000),
        ("金额", "#,##0,", 12000, UNREADABLE),
        ("金额", "#,##0.00", 12000, 12000),
        ("金额", "0%", 0.5, UNREADABLE),
        ("金额", ";;;", 12, UNREADABLE),
    ],
)
def test_a_format_is_a_unit_too(
    office: Office, header: str, code: str, stored: float, amount: object
) -> None:
    formatted(office.xlsx(决策台账=[["编号", "事项", header], ["1", "停车", stored]]), code)
    assert amounts(office) == [amount]


UNITS = {"元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "百万元": 1_000_000}
PLACES = ["title", "header", "group", "note", "row", "format", "cell"]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(st.integers(1, 9_999), st.sampled_from([*UNITS]), st.sampled_from(PLACES))
def test_an_amount_and_its_unit_scaled_together_say_the_same(
    office: Office, tens: int, unit: str, place: str
) -> None:
    """Whatever the unit and wherever it stands, the amount is the same number of 元.

    Fails if any place of a unit is overlooked, or applied twice.
    """
    yuan = tens * 10_000
    stored = float(Decimal(yuan) / UNITS[unit])
    header = f"金额（{unit}）" if place == "header" else "金额"
    value = f"{stored:.4f}{unit}" if place == "cell" else stored
    group = [None, None, f"经费（{unit}）", None]
    rows: list[list[object]] = [
        *([[f"填报单位：某局  单位：{unit}"]] if place == "title" else []),
        *([group] if place == "group" else []),
        ["编号", "事项", header, "计量"],
        ["1", "停车", value, unit if place == "row" else None],
        *([[f"注：金额单位为{unit}"]] if place == "note" else []),
    ]
    path = office.xlsx(决策台账=rows)
    if place == "format":
        formatted(path, f'0.00"{unit}"')
    assert office.one().values["amount"] == yuan
