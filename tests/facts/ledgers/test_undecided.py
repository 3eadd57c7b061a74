"""A sheet that may be two ledgers is read as neither: it is asked once, and the answer decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.facts import Question
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors

BOTH = [
    ["文件名称", "文号", "印发日期", "报备日期", "备案机关"],
    ["停车办法", "青政〔2024〕1号", "2024-03-01", "2024-03-10", "青州市人民政府"],
    ["供水办法", "青政〔2024〕2号", "2024-04-01", "2024-04-10", "青州市人民政府"],
]
MAY_BE = ("行政规范性文件", "规范性文件备案", "行政处罚案件")
ITEM = "哪张表是哪种台账"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, load_schema())
    office.xlsx("表.xlsx", Sheet1=BOTH)
    return office


def held(office: Office) -> dict[str, int]:
    facts = office.read()
    made = {record_type.type for record_type in office.schema.generated} | {"place"}
    return {n: len(r) for n, r in facts.records.items() if r and n not in made}


def test_what_may_be_two_ledgers_is_read_as_neither(office: Office) -> None:
    """Broken by a record of the likelier ledger, or by a ledger that stays complete beside it."""
    office.write("fazhi.yaml", "closed: [规范性文件台账, 规范性文件备案, 行政执法人员]\n")
    office.xlsx("规范性文件台账.xlsx", 规范性文件台账=[["文号"], ["青政〔2024〕3号"]])
    office.xlsx("执法人员.xlsx", 执法人员=[["人员编号", "姓名"], ["R1", "丁一"]])
    facts = office.read()
    assert [r.key for r in facts.records["normative_doc"]] == ["青政〔2024〕3号"]
    assert facts.closed == {"officer"}
    assert {"normative_doc", "filing", "penalty_case"} <= facts.lost
    (said,) = errors(facts)
    assert said.startswith(
        "表.xlsx〔Sheet1〕：“Sheet1”，可能是“行政规范性文件”，也可能是“规范性文件备案”、"
        "“行政处罚案件”，分不清，没有读取（请在设置的“哪张表是哪种台账”（sheets）里写 "
        "表.xlsx〔Sheet1〕=行政规范性文件"
    )


def test_what_its_file_is_called_is_not_complete_either(office: Office) -> None:
    """Broken by a ledger that stays closed beside a file of its name that nobody could read."""
    office.write("fazhi.yaml", "closed: [行政执法人员]\n")
    office.xlsx("执法人员.xlsx", 执法人员=[["人员编号", "姓名"], ["R1", "丁一"]])
    assert office.read().closed == {"officer"}
    office.xlsx("执法人员下半年.xlsx", Sheet1=BOTH)
    assert office.read().closed == frozenset()


def test_it_is_asked_once_with_its_candidates(office: Office) -> None:
    """Broken by a doubt that nobody is asked about, or by one without its way out."""
    facts = office.read()
    (question,) = [q for item in facts.inputs for q in item.questions]
    assert question == Question(
        ITEM,
        "表.xlsx〔Sheet1〕",
        (*MAY_BE, "不是台账"),
        "可能是“行政规范性文件”，也可能是“规范性文件备案”、“行政处罚案件”",
    )


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("表.xlsx〔Sheet1〕: 规范性文件台账", {"normative_doc": 2, "filing": 2}),
        ("'表.xlsx[Sheet1]': 规范性文件备案登记簿", {"normative_doc": 2, "filing": 2}),
        ("表.xlsx: 不是台账", {}),
        ("表.xlsx: 行政处罚案件", {"penalty_case": 2}),
    ],
)
def test_the_answer_decides(office: Office, answer: str, found: dict[str, int]) -> None:
    """Broken by an answer that isn't read, or by a question that comes again."""
    office.write("fazhi.yaml", f"sheets: {{{answer}}}\n")
    assert held(office) == found
    assert [q for item in office.read().inputs for q in item.questions if q.item == ITEM] == []
    assert not [said for said in errors(office.read()) if "分不清" in said]


def test_an_answer_that_can_t_be_is_said(office: Office) -> None:
    """Broken by a wrong answer that is obeyed in silence, or that loses a ledger unsaid."""
    office.xlsx("电话.xlsx", 名单=[["姓氏", "电话"], ["丁", "000"]])
    office.write(
        "fazhi.yaml",
        "sheets: {电话.xlsx: 行政执法人员, 表.xls〔Sheet1〕: 备案, 表.xlsx: 备案台帐,\n"
        "         人事科花名册2023.csv: 备案}\n",
    )
    facts = office.read()
    assert {"officer"} <= facts.lost
    said = [text.partition("；可能")[0] for text in errors(facts)]
    assert said[:4] == [
        "fazhi.yaml sheets：“备案台帐”，没有这种台账（是否指“备案台账”？）",
        "fazhi.yaml sheets：“表.xls〔Sheet1〕”，文件夹里没有这张表（是否指“表.xlsx〔sheet1〕”？）",
        (
            "fazhi.yaml sheets：“人事科花名册2023.csv”，文件夹里没有这张表"
            "（写“文件名”或“文件名〔工作表名〕”）"
        ),
        (
            "电话.xlsx〔名单〕：“名单”，设置里写明了是哪种台账，表里没有一列是它的，没有读取"
            "（请核对设置的“哪张表是哪种台账”（sheets））"
        ),
    ]


@pytest.mark.parametrize(
    ("file", "sheet", "rows"),
    [
        # the title says one ledger, the columns another
        ("表.xlsx", "Sheet1", [["2024年行政强制措施台账"],
                              ["案号", "违法行为", "罚款数额", "处罚种类"],
                              ["1", "占道", 200, "罚款"]]),
        # the title says a catalogue, the columns decisions
        ("表.xlsx", "Sheet1", [["2024年度重大行政决策事项目录"],
                              ["事项名称", "送审日期", "合法性审查意见日期", "审查结论", "拟上会日",
                               "讨论日期", "会议次别"],
                              ["停车", "2024-03-01", "2024-03-11", "合法", "2024-03-20",
                               "2024-03-20", "第3次"]]),
        # the sheet is called one, and has three times the columns of another
        ("表.xlsx", "暂扣", [["案号", "当事人", "违法行为", "罚款数额", "处罚种类", "暂扣日期"],
                             ["1", "甲", "占道", 200, "罚款", "2024-01-01"]]),
    ],
)  # fmt: skip
def test_names_and_columns_that_say_two_things_are_a_doubt(
    office: Office, file: str, sheet: str, rows: list[list[object]]
) -> None:
    """Broken by a name that outweighs all columns, or by columns that outweigh a title."""
    office.xlsx(file, **{sheet: rows})
    assert held(office) == {}
    assert ["分不清" in said for said in errors(office.read())] == [True]


@pytest.mark.parametrize(
    ("name", "sheet", "rows"),
    [
        ("目录.xlsx", "2024", [["青溪县2024年度重大行政决策目录"],
                               ["序号", "项目", "承办部门", "完成时限"],
                               [1, "供水价格", "县发改委", "9月"]]),
        ("附件.xlsx", "Sheet1", [["附件1"], ["青溪县2024年度重大行政决策事项目录清单"],
                                 ["序号", "重大决策事项", "牵头单位", "履行程序"],
                                 [1, "供热办法", "县住建局", "公众参与"]]),
        ("重大行政决策2024年度目录.xlsx", "决策目录", [
            ["序号", "事项名称", "承办单位", "决策机关", "时间安排", "合法性审查", "公众参与",
             "专家论证", "风险评估"],
            [1, "供热办法", "县住建局", "县政府", "2024-10", "√", "√", "√", "×"]]),
    ],
)  # fmt: skip
def test_a_catalogue_is_never_decisions(
    tmp_path: Path, name: str, sheet: str, rows: list[list[object]]
) -> None:
    """Broken by a plan that is judged as if each matter had been decided."""
    office = Office(tmp_path, load_schema())
    office.xlsx(name, **{sheet: rows})
    assert held(office) == {"catalog_item": 1, "decision_catalog": 1}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "行政执法人员通讯录.xlsx",
            [["姓名", "所在单位", "职务", "电话"], ["丁", "县局", "", ""]],
        ),
        ("预算表.xlsx", [["科目", "名称", "金额", "合计"], [201, "一般公共服务", 10, 15]]),
        ("会议记录.xlsx", [["时间", "地点", "议题"], ["2024-05-01", "三楼", "停车"]]),
    ],
)
def test_a_stranger_changes_nothing(tmp_path: Path, name: str, rows: list[list[object]]) -> None:
    """Broken by a header as short as 金额 that opens a ledger, or by a word of the name."""
    office = Office(tmp_path, load_schema())
    office.xlsx(name, **{"部门预算" if name == "预算表.xlsx" else "Sheet1": rows})
    facts = office.read()
    assert (held(office), facts.lost, errors(facts)) == ({}, frozenset(), [])
