"""Sheets recognised, headers found, units and columns settled."""

# ruff: noqa: DTZ001 - ledgers hold naive local times

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from engine.model.values import ABSENT, Cause, Elements, Unknown
from tests.facts.conftest import Office, errors, notes, patched


def test_the_header_is_found_under_title_rows_and_merges(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["某市2024年度重大决策台账"],
            ["填报单位：司法局", None, "填报日期：2025-01-05"],
            [],
            ["编号", "事项", "是否重大"],
            ["1", "停车", "是"],
        ],
        merges={"决策台账": ["A1:C1"]},
    )
    record = office.one()
    assert record.values["title"] == "停车"
    assert record.source_of("title").place() == "台账.xlsx〔决策台账〕B5"
    assert record.source_of("title").text == "停车"


def test_a_two_row_header_names_fields_by_both_rows(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "事项", "风险评估", None, "集体讨论", "专家名单", None],
            [None, None, "日期", "文号", "日期", "姓名", "是否署名"],
            ["1", "停车", dt.datetime(2024, 3, 1), "评1", "2024.4.26", "张三", "√"],
        ],
        merges={"决策台账": ["A1:A2", "B1:B2", "C1:D1", "F1:G1"]},
    )
    record = office.one()
    assert record.values["risk.on"] == dt.date(2024, 3, 1)
    assert record.values["risk.doc"] == "评1"
    assert record.values["talk.on"] == dt.date(2024, 4, 26)
    (expert,) = record.elements("experts").items
    assert (expert.values["name"], expert.values["signed"]) == ("张三", True)  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["编号", "决策序号"])
def test_a_running_number_is_not_the_key_beside_a_real_one(office: Office, number: str) -> None:
    """Fails if 序号 is read as the key: nothing could then refer to the matter by its number."""
    for headers in (["序号", number, "事项"], [number, "事项", "序号"]):
        cells = {"序号": 1, number: "决2024-7", "事项": "停车"}
        office.xlsx(决策台账=[headers, [cells[header] for header in headers]])
        assert office.one().key == "决2024-7"


def test_several_sheets_are_told_apart_by_name_and_header(office: Office) -> None:
    office.xlsx(
        Sheet1=[["编号", "事项", "是否重大"], ["1", "停车", "是"]],
        单位=[["单位名称", "执法人员数"], ["城管局", 40]],
        填表说明=[["请如实填写"]],
        Sheet4=[],
    )
    facts = office.read()
    assert errors(facts) == []
    assert [len(facts.records[name]) for name in ("matter", "agency")] == [1, 1]
    assert facts.inputs[0].notes == ["工作表“填表说明”不是台账，未读取"]
    assert facts.inputs[0].records == {"matter": 1, "agency": 1}


def test_a_sheet_that_is_no_ledger_names_the_nearest(office: Office) -> None:
    office.xlsx(决策台帐=[["甲", "乙"], ["1", "2"]])
    assert errors(office.read()) == [
        (
            "台账.xlsx〔决策台帐〕：“决策台帐”，认不出是哪种台账，没有读取"
            "（最接近的是“决策”；可能是论证专家、决策，这些台账先不当作录全；"
            "请按模板的工作表名和列名填写）"
        )
    ]


def test_unknown_columns_are_listed_with_the_nearest_header(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "讨论日其", "备注"], ["1", "停车", "2024-04-26", "x"]])
    assert [note.text() for note in notes(office.read())] == [
        (
            "台账.xlsx〔决策台账〕C1：“讨论日其”，不认识的列，没有读取"
            "（是否指“讨论日期”？列名相近，格里的内容合得上。可在设置的“列名对照”（headers）里写明）"
        ),
        "台账.xlsx〔决策台账〕D1：“备注”，不认识的列，没有读取",
    ]


def test_missing_columns_are_listed_and_unknown(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项"], ["1", "停车"]])
    facts = office.read()
    assert facts.inputs[0].missing["决策台账"][:3] == ("承办单位", "是否重大", "类别")
    (record,) = facts.records["matter"]
    assert "major" not in record.values
    assert record.scalar("major") == Unknown(Cause.NO_COLUMN)
    assert record.scalar("exempt") == Unknown(Cause.NO_COLUMN)


def test_the_offices_own_headers(office: Office) -> None:
    office.write("fazhi.yaml", "headers: {决策事项全称: 事项}\n")
    office.xlsx(决策台账=[["编号", "决策事项全称"], ["1", "停车"]])
    assert office.one().values["title"] == "停车"


@pytest.mark.parametrize(
    ("title", "header", "value", "amount"),
    [
        ("台账", "金额", 3.5, "3.5"),
        ("台账", "金额(万元)", 3.5, "35000"),
        ("台账", "金额（万元）", "3.5", "35000"),
        ("台账", "金额\n（万元）", "3,500.5", "35005000"),
        ("台账 单位：万元", "金额", 3.5, "35000"),
        ("台账 单位：元", "金额（元）", 3.5, "3.5"),
        ("台账", "金额/万元", 1, "10000"),
        ("台账", "*金额：", 1, "1"),
    ],
)
def test_units_of_money(
    office: Office, title: str, header: str, value: object, amount: str
) -> None:
    office.xlsx(决策台账=[[title], ["编号", header, "事项"], ["1", value, "x"]])
    assert office.one().values["amount"] == Decimal(amount)


def test_another_currency_is_a_problem(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "金额（美元）", "事项"], ["1", 5, "x"]])
    assert errors(office.read()) == ["台账.xlsx〔决策台账〕B2：“5”，列名的单位与“元”不同"]


def test_totals_and_footers_are_passed_over_and_said_so(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "事项", "金额"],
            ["1", "停车", 5],
            ["合 计", None, 5],
            ["填表人：王某", None, None],
        ]
    )
    facts = office.read()
    assert len(facts.records["matter"]) == 1
    assert [note.expected for note in notes(facts)] == [
        "合计行，没有当作记录（第3行）",
        "表尾说明，没有当作记录（第4行）",
    ]


@pytest.mark.parametrize(
    "said", ["以上共1件", "共1件", "本页小计", "合计：1件", "总计", "累计3", "全年共计12起"]
)
def test_a_row_that_counts_those_above_is_no_record(office: Office, said: str) -> None:
    office.xlsx(决策台账=[["编号", "事项", "金额"], ["1", "停车", 5], [said, None, None]])
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1"]
    assert [note.expected for note in notes(facts)] == ["合计行，没有当作记录（第3行）"]


@pytest.mark.parametrize("said", ["共享单车", "合计局", "共1-2", "总计划"])
def test_a_number_that_begins_like_a_total_is_a_record(office: Office, said: str) -> None:
    office.xlsx(决策台账=[["编号", "事项"], [said, "停车"]])
    assert office.one().key == said


@pytest.mark.parametrize(
    "header",
    [
        *("讨论日期（计划）", "讨论日期(预计)", "讨论日期（上次）", "讨论日期（去年）"),
        *("讨论日期（部门）", "讨论日期【拟】", "讨论日期（修改前）", "讨论日期[初稿]"),
    ],
)
def test_a_header_that_says_it_is_of_something_else_is_not_read(
    office: Office, header: str
) -> None:
    """Fails if a day that was planned, or of another body, is taken for the day itself."""
    office.xlsx(决策台账=[["编号", "事项", header], ["1", "停车", "2024-05-06"]])
    facts = office.read()
    (record,) = facts.records["matter"]
    assert record.scalar("talk.on") == Unknown(Cause.NO_COLUMN)
    (note,) = notes(facts)
    assert (note.found, note.expected.split("（")[0]) == (header, "不认识的列，没有读取")


@pytest.mark.parametrize(
    "header",
    ["讨论日期（必填）", "讨论日期（年月日）", "讨论日期（如有）", "讨论日期（没有的填无）"],
)
def test_a_header_may_say_how_to_fill_it(office: Office, header: str) -> None:
    office.xlsx(决策台账=[["编号", "事项", header], ["1", "停车", "2024-05-06"]])
    assert office.one().values["talk.on"] == dt.date(2024, 5, 6)


@pytest.mark.parametrize("merges", [["C1:D1", "A1:A2", "B1:B2"], ["C1:D1"], []])
def test_a_group_of_what_is_planned_holds_no_day_that_was(
    office: Office, merges: list[str]
) -> None:
    whole = ["编号", "事项"] if len(merges) > 1 else [None, None]
    office.xlsx(
        决策台账=[[*whole, "工作计划", None], ["编号", "事项", "讨论日期", "承办单位"],
                  ["1", "停车", "2024-05-06", "水利局"]],
        merges={"决策台账": merges},
    )  # fmt: skip
    (record,) = office.read().records["matter"]
    assert (record.key, record.scalar("talk.on")) == ("1", Unknown(Cause.NO_COLUMN))
    assert record.values["unit"] == "水利局"


def test_a_title_that_speaks_of_a_plan_is_no_group(office: Office) -> None:
    office.xlsx(
        决策台账=[["2024年度决策工作计划", None, None], ["编号", "事项", "讨论日期"],
                  ["1", "停车", "2024-05-06"]],
        merges={"决策台账": ["A1:C1"]},
    )  # fmt: skip
    assert office.one().values["talk.on"] == dt.date(2024, 5, 6)


def test_a_unit_may_be_asked_for_by_another_word(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "承办单位（部门）"], ["1", "停车", "水利局"]])
    assert office.one().values["unit"] == "水利局"


def test_one_column_for_two_dates(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "评估日期/讨论日期"], ["1", "甲", "2024.4.3/2024.4.20"],
                  ["2", "乙", "2024.4.3"], ["3", "丙", "无"]]
    )  # fmt: skip
    facts = office.read()
    first, second, third = facts.records["matter"]
    assert first.values["risk.on"] == dt.date(2024, 4, 3)
    assert first.values["talk.on"] == dt.date(2024, 4, 20)
    assert second.values["talk.on"] == Unknown(Cause.UNREADABLE)
    assert third.values["risk.on"] is ABSENT
    assert {p.hint for p in facts.problems} == {"这一列应写两项，用“/”隔开，只见一项"}


@pytest.mark.parametrize("cell", [dt.datetime(2024, 4, 3), "甲/乙/丙", "择日"])
def test_what_is_not_two_dates_is_neither(office: Office, cell: object) -> None:
    office.xlsx(决策台账=[["编号", "事项", "评估日期/讨论日期"], ["1", "甲", cell]])
    facts = office.read()
    (record,) = facts.records["matter"]
    assert [record.values[path] for path in ("risk.on", "talk.on")] == [
        Unknown(Cause.UNREADABLE)
    ] * 2
    assert [(p.cell, p.hint) for p in facts.problems] == [("C2", "这一列应写两项，用“/”隔开")] * 2


def test_what_stands_under_an_object(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "风险评估", "评估报告"], ["1", "甲", "2024-03-01", None],
                  ["2", "乙", "无", None], ["3", "丙", "有", None], ["4", "丁", "/", None],
                  ["5", "戊", "无", "评5"], ["6", "己", None, "评6"], ["7", "庚", None, None]]
    )  # fmt: skip
    facts = office.read()
    by_key = {record.key: record.values for record in facts.records["matter"]}
    assert by_key["1"]["risk"] is True
    assert by_key["1"]["risk.on"] == dt.date(2024, 3, 1)
    assert (by_key["2"]["risk"], by_key["2"]["risk.doc"], by_key["2"]["risk.on"]) == (ABSENT,) * 3
    assert (by_key["3"]["risk"], by_key["3"]["risk.doc"]) == (True, Unknown(Cause.BLANK))
    assert by_key["4"]["risk"] == by_key["4"]["risk.doc"] == Unknown(Cause.CLAIMED_NOT_APPLICABLE)
    assert (by_key["5"]["risk"], by_key["5"]["risk.doc"]) == (Unknown(Cause.UNREADABLE), "评5")
    assert by_key["6"]["risk"] is True
    assert by_key["7"]["risk"] == Unknown(Cause.BLANK)
    assert errors(facts) == ["台账.xlsx〔决策台账〕A6：“风险评估”填“无”，但它下面又有内容，请核对"]


def test_a_planned_day_is_no_meeting(office: Office) -> None:
    office.xlsx(
        决策台账=[["编号", "事项", "拟上会日", "讨论日期"], ["1", "甲", "2024-04-26", None]]
    )
    values = office.one().values
    assert values["talk.on"] == Unknown(Cause.PLANNED, planned=dt.date(2024, 4, 26))
    assert values["talk"] == Unknown(Cause.BLANK)


def test_a_formula_never_computed_is_a_problem_and_not_a_blank(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "金额"], ["1", "甲", "=1+1"]])
    facts = office.read()
    assert facts.records["matter"][0].values["amount"] == Unknown(Cause.UNREADABLE)
    assert errors(facts) == [
        "台账.xlsx〔决策台账〕C2：公式没有算出结果，请在表格软件中打开并保存一次"
    ]


def test_a_merge_of_the_whole_sheet_is_clipped(office: Office) -> None:
    path = office.xlsx(决策台账=[["编号", "事项"], ["1", "甲"]], merges={"决策台账": ["D1:D2"]})
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    patched(path, {"xl/worksheets/sheet1.xml": xml.replace(b"D1:D2", b"A2:XFD1048576")})
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1"]


def test_numbers_of_people_and_sets_in_a_row(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "人数", "材料", "依据", "类别"],
            ["1", "20余人", "草案、起草说明", "甲、乙", "第12次常务会"],
        ]
    )
    values = office.one().values
    assert values["people"] == Unknown(Cause.INCOMPLETE, 20, 29)
    assert values["materials"] == Elements(("草案", "说明"), closed=True)
    assert values["basis"] == Elements(("甲", "乙"), closed=False)
    assert values["kind"] == "常务会议"


def test_what_stands_under_no_header_is_said(office: Office) -> None:
    """Fails if a column whose header is blank, or missing at the end, is dropped in silence."""
    office.xlsx(决策台账=[["编号", None, "事项", " "], ["1", "x", "停车", None, "y"], ["2", " "]])
    facts = office.read()
    assert [note.text() for note in notes(facts)] == [
        "台账.xlsx〔决策台账〕B1：这一列没有列名，没有读取",
        "台账.xlsx〔决策台账〕E1：这一列没有列名，没有读取",
    ]
    assert [record.key for record in facts.records["matter"]] == ["1", "2"]


def test_two_columns_of_one_field_have_to_say_the_same(office: Office) -> None:
    """Fails if one of two different days is believed, or two that agree are none."""
    office.xlsx(
        决策台账=[
            ["编号", "风险评估日期", "评估日期"],
            ["1", "2024-03-05", "2024-03-01"],
            ["2", "2024-03-05", "2024年3月5日"],
            ["3", None, "2024-03-05"],
            ["4", "2024-03-05", None],
        ]
    )
    facts = office.read()
    days = [record.values["risk.on"] for record in facts.records["matter"]]
    assert days == [Unknown(Cause.UNREADABLE), *[dt.date(2024, 3, 5)] * 3]
    assert [note.text() for note in notes(facts)] == [
        "台账.xlsx〔决策台账〕B1：“风险评估日期”，与“评估日期”是同一项，两列都读，不一样的都不作数"
    ]
    assert errors(facts) == [
        "台账.xlsx〔决策台账〕C2：“2024-03-01”，与同一项的“风险评估日期”（B2）不一样，都不作数"
    ]


def test_a_hidden_sheet_that_is_no_ledger_is_noted(office: Office) -> None:
    path = office.xlsx(决策台账=[["编号", "事项"], ["1", "停车"]], 选项=[["甲"], ["乙"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("草稿").append(["温度", "风力"])
    book["草稿"].sheet_state = "hidden"
    book.save(path)
    facts = office.read()
    assert facts.problems == []
    assert facts.inputs[0].notes == [
        "工作表“选项”不是台账，未读取",
        "隐藏的工作表“草稿”不是台账，未读取",
    ]


def test_a_title_merged_over_the_table_is_no_record(office: Office) -> None:
    office.xlsx(
        决策台账=[
            ["编号", "事项", "金额"],
            ["（一）城建类", None, None],
            ["1", "停车", 5],
        ],
        merges={"决策台账": ["A2:C2"]},
    )
    facts = office.read()
    assert [record.key for record in facts.records["matter"]] == ["1"]
    assert [note.text() for note in notes(facts)] == [
        "台账.xlsx〔决策台账〕：分节标题，没有当作记录（第2行）"
    ]


def test_a_close_header_of_a_list_is_named(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "专家名单录", "是否属名"], ["1", "甲", "张三", "是"]])
    assert [note.hint for note in notes(office.read())] == [
        "是否指“专家名单”？列名相近，格里的内容合得上。可在设置的“列名对照”（headers）里写明",
        "是否指“专家名单·是否署名”？列名相近，格里的内容合得上。可在设置的“列名对照”（headers）里写明",
    ]


def test_square_brackets_hold_a_unit_too(office: Office) -> None:
    office.xlsx(决策台账=[["编号", "事项", "金额[万元]"], ["1", "甲", 2]])
    assert office.one().values["amount"] == Decimal(20000)
