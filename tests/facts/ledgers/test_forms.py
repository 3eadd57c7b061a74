"""Forms that offices export or publish are read as they are: each header as its form means it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.schema import Schema
from engine.model.values import ABSENT, Cause, Elements, Unknown
from facts.forms.load import forms_for, load_forms, read_forms
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.form_headings import form_headings
from facts.ledgers.headers import headings_of
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

D = dt.date


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


def said(office: Office) -> list[str]:
    return [problem.expected for problem in notes(office.read())]


# --- the forms themselves --------------------------------------------------------------------


def test_every_form_fits_the_record_types() -> None:
    """Broken by a form that names a field which isn't there."""
    assert len(forms_for(load_schema(), load_forms())) == len(load_forms()) >= 9


def test_whoever_knows_a_header_of_a_form_is_named_by_the_index() -> None:
    """Broken by an index that hides a header from the form that has it."""
    schema = load_schema()
    forms = form_headings(schema, load_forms())
    known = AllHeadings(headings_of(schema), forms)
    for name, form in known.forms.items():
        for word in form.words:
            assert name in known.knowing(word), (name, word)


PLAIN = "form: f\ntitle: 表\nsource: 编的\nneeds: [[甲]]\nrecords:\n  - type: officer\n    "


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (PLAIN + "columns: {nmae: [甲]}", "没有字段“nmae”.*name"),
        (PLAIN + "columns: {parent.year: [甲]}", "没有字段“parent.year”"),
        (PLAIN + "given: {unit: {unit: true, year: true}}", "写一项"),
        (PLAIN.replace("form: f", "form: g"), "文件名须与 form“g”一致"),
    ],
)
def test_a_form_that_can_t_be_right_is_refused(text: str, match: str) -> None:
    """Broken by a slip in a form's file that reads a column as nothing, or as something else."""
    with pytest.raises(InvalidRulesetError, match=match):
        forms_for(load_schema(), read_forms({"facts/forms/f.yaml": text}))


def test_forms_of_record_types_that_aren_t_there_are_left_out() -> None:
    """Broken by a small schema that can't be read because of forms that it has no use for."""
    some = Schema([t for t in load_schema().types.values() if t.type == "place"], {})
    assert [form.form for form in forms_for(some, load_forms()) if form.records] == []


# --- penalties and licences ------------------------------------------------------------------

PENALTY = [
    "行政相对人名称", "行政相对人类别", "行政相对人代码_1（统一社会信用代码）", "法定代表人",
    "证件类型", "证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据",
    "处罚类别", "处罚内容", "罚款金额（万元）", "没收违法所得、没收非法财物的金额（万元）",
    "暂扣或吊销证照名称及编号", "处罚决定日期", "处罚有效期", "公示截止期", "处罚机关",
    "处罚机关统一社会信用代码", "数据来源单位", "备注",
]  # fmt: skip


def penalty(number: str, party: str, kinds: str, fine: object, taken: object) -> list[object]:
    return [
        f"{number}号店", party, "91", "周某", "身份证", "41", number, "占道", "占道经营", "某条例",
        kinds, "见决定书", fine, taken, None, "2024/05/08", "2099/12/31", "2025/05/08",
        "青溪县城市管理局", "11", "青溪县城市管理局", None,
    ]  # fmt: skip


def test_an_export_of_penalties_is_read_as_it_is(office: Office) -> None:
    """Broken by asking for other headers, by yuan for 万元, or by a warning of unknown fine."""
    rows = [
        PENALTY,
        penalty("青城罚〔2024〕1号", "法人及非法人组织", "罚款;没收违法所得、没收非法财物", 3, 0.2),
        penalty("青城罚〔2024〕2号", "自然人", "警告", None, None),
        penalty("青城罚〔2024〕3号", "个体工商户", "罚款", None, None),
        penalty("青城罚〔2024〕4号", "自然人", "其他行政处罚", None, None),
    ]
    office.xlsx("公示.xlsx", Sheet1=rows)
    facts = office.read()
    assert (errors(facts), notes(facts)) == ([], [])
    one, two, three, four = facts.records["penalty_case"]
    assert one.key == "青城罚〔2024〕1号"
    assert one.values["fine"] == Decimal(30000)
    assert one.values["confiscated"] == Decimal(2000)
    kinds = one.values["penalty_types"]
    assert isinstance(kinds, Elements)
    assert set(kinds.items) == {"罚款", "没收违法所得", "没收非法财物"}
    assert one.values["decision_on"] == D(2024, 5, 8)
    assert (one.values["unit"], one.values["act"]) == ("青溪县城市管理局", "占道经营")
    assert [r.values["party_type"] for r in (one, two)] == ["法人", "公民"]
    # no law says whether a household that trades is one of the two: nobody decides it here
    assert three.values["party_type"] == Unknown(Cause.BLANK)
    assert (two.values["fine"], two.values["confiscated"]) == (Decimal(0), Decimal(0))
    assert three.values["fine"] == Unknown(Cause.BLANK)
    assert three.values["confiscated"] == Decimal(0)
    assert four.values["fine"] == Unknown(Cause.BLANK)
    assert "hearing_offered_on" not in one.values
    assert "“行政处罚信息公示（双公示）”" in facts.inputs[0].notes[0]


def test_a_fine_that_has_no_column_stays_unknown(office: Office) -> None:
    """Broken by a warning that makes a fine of 0 where nothing was asked about fines."""
    header = ["行政相对人名称", "行政处罚决定书文号", "处罚类别", "处罚决定日期", "处罚机关"]
    office.xlsx(Sheet1=[header, ["某店", "青罚〔2024〕1号", "警告", "2024-05-08", "县局"]])
    assert "fine" not in office.read().records["penalty_case"][0].values


def test_an_export_of_licences_has_the_number_of_the_decision_as_its_key(office: Office) -> None:
    """Broken by a licence known by nothing, or known by the number of the licence itself."""
    header = ["行政相对人名称", "行政许可决定文书名称", "行政许可决定文书号", "许可类别",
              "许可编号", "许可决定日期", "有效期自", "有效期至", "许可机关", "备注"]  # fmt: skip
    row = ["某店", "决定书", "青许〔2024〕7号", "普通", "X7", "2024/3/1", "2024/3/1", "2027/3/1",
           "青溪县行政审批局", None]  # fmt: skip
    office.xlsx("行政许可双公示.xlsx", 行政许可=[header, row])
    facts = office.read()
    assert (errors(facts), notes(facts)) == ([], [])
    (record,) = facts.records["licence_case"]
    assert (record.key, record.values["decided_on"]) == ("青许〔2024〕7号", D(2024, 3, 1))
    assert record.values["unit"] == "青溪县行政审批局"


# --- officers and certificates ---------------------------------------------------------------


def test_officer_and_certificate_stand_in_one_row(office: Office) -> None:
    """Broken by certificates lost, by one made of a blank, or by the two not knowing each other."""
    header = ["序号", "姓名", "性别", "执法证号", "职务", "发证日期", "证件有效期"]
    rows = [
        ["青溪县林业局行政执法人员名单"],
        header,
        [1, "丁一", "女", "豫Q001", "科员", "2023-01-05", "2023-01-05至2028-01-04"],
        [2, "牛二", "男", "豫Q002", "股长", "2020-02-29", "五年"],
        [3, "张三", "男", None, "科员", None, None],
        [4, "李四", "男", "豫Q004", "科员", "2021-03-01", "2026年2月28日止"],
    ]
    office.xlsx(Sheet1=rows)
    facts = office.read()
    assert errors(facts) == [
        "台账.xlsx〔Sheet1〕A5：缺少“人员编号”，这一行仍按一件核对，但与其他台账对不上"
    ]
    names = {r.values["name"]: r for r in facts.records["officer"]}
    assert set(names) == {"丁一", "牛二", "张三", "李四"}
    assert {r.values["unit"] for r in names.values()} == {"青溪县林业局"}
    found = {r.key: r.values for r in facts.records["certificate"]}
    assert set(found) == {"豫Q001", "豫Q002", "豫Q004"}
    assert {v["officer_id"] for v in found.values()} == {"豫Q001", "豫Q002", "豫Q004"}
    assert (found["豫Q001"]["valid_from"], found["豫Q001"]["valid_to"]) == (
        D(2023, 1, 5), D(2028, 1, 4),
    )  # fmt: skip
    assert (found["豫Q002"]["valid_from"], found["豫Q002"]["valid_to"]) == (
        D(2020, 2, 29), D(2025, 2, 27),
    )  # fmt: skip
    assert found["豫Q004"]["valid_to"] == D(2026, 2, 28)
    assert found["豫Q004"]["valid_from"] == Unknown(Cause.BLANK)


def test_a_number_of_their_own_comes_before_that_of_the_certificate(office: Office) -> None:
    """Broken by calling people by their certificates where the office numbers them itself."""
    header = ["人员编号", "姓名", "所在单位", "执法证号", "有效期至"]
    office.xlsx("执法人员名单.xlsx", Sheet1=[header, ["R1", "丁一", "县局", "豫Q1", "2028-01-04"]])
    facts = office.read()
    assert [r.key for r in facts.records["officer"]] == ["R1"]
    assert [r.values["officer_id"] for r in facts.records["certificate"]] == ["R1"]


def test_a_ledger_of_certificates_may_name_whoever_holds_them(office: Office) -> None:
    """Broken by two rows of headers whose group reaches on without a merge."""
    rows = [
        ["序号", "姓名", "执法证号", "所属单位", "证件有效期", None],
        [None, None, None, None, "起", "止"],
        [1, "丁一", "豫Q1", "青溪县林业局", "2023-01-05", "2028-01-04"],
    ]
    office.xlsx(
        "人员.xlsx", 执法人员=[["人员编号", "姓名", "所在单位"], ["R1", "丁一", "青溪县林业局"]]
    )
    office.xlsx("执法证件台账.xlsx", Sheet1=rows)
    facts = office.read()
    assert errors(facts) == []
    (record,) = facts.records["certificate"]
    assert (record.values["valid_from"], record.values["valid_to"]) == (
        D(2023, 1, 5), D(2028, 1, 4),
    )  # fmt: skip
    assert record.values["officer_id"] == "R1"


@pytest.mark.parametrize("name", ["通讯录.xlsx", "人员.xlsx", "执法人员签到.xlsx"])
def test_a_list_of_names_is_no_roster(office: Office, name: str) -> None:
    """Broken by a person made of every name with a telephone number, or a roster opened by it."""
    office.xlsx(name, Sheet1=[["序号", "姓名", "单位", "电话"], [1, "丁一", "县局", "000"]])
    facts = office.read()
    assert facts.records["officer"] == []
    assert facts.lost == frozenset()


# --- catalogues and documents ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            ["序号", "事项名称", "责任部门", "完成时限"],
            [1, "青溪县停车规划", "县发改委", "2024年9月"],
        ),
        (
            ["序号", "重大行政决策名称", "承办部门", "履行程序", "拟决策时间", "备注"],
            [1, "青溪县停车规划", "县发改委", "公众参与", "2024年9月", None],
        ),
    ],
)
def test_a_yearly_catalogue_is_a_catalogue_and_no_decisions(
    office: Office, header: list[str], row: list[object]
) -> None:
    """Broken by decisions that nobody has taken yet, or by a catalogue without its year."""
    office.xlsx(
        "2024年度重大行政决策事项目录.xlsx",
        Sheet1=[
            ["青溪县2024年度重大行政决策事项目录"],
            header,
            row,
            [2, "青溪县供水方案", "县水利局"],
        ],
    )
    facts = office.read()
    assert facts.records["decision"] == []
    (catalogue,) = facts.records["decision_catalog"]
    assert (catalogue.key, "adopted_on" in catalogue.values) == ("2024", False)
    items = facts.records["catalog_item"]
    assert {i.values["title"]: i.values["lead_unit"] for i in items} == {
        "青溪县停车规划": "县发改委",
        "青溪县供水方案": "县水利局",
    }
    assert errors(facts) == []


def test_results_of_a_clean_up_say_what_is_valid_by_section_sheet_and_column(
    office: Office,
) -> None:
    """Broken by a repealed document taken for a valid one, or by a heading taken for a lost row."""
    header = ["序号", "文件名称", "文号", "起草部门", "备注"]
    office.xlsx(
        "青溪县行政规范性文件清理结果.xlsx",
        全部=[
            ["青溪县行政规范性文件清理结果"],
            header,
            ["一、继续有效的文件（1件）"],
            [1, "甲办法", "青政〔2021〕1号", "县局", None],
            ["二、宣布失效的文件（1件）"],
            [1, "乙办法", "青政〔2012〕2号", "县局", None],
        ],
        废止=[["废止的文件"], header, [1, "丙办法", "青政〔2013〕3号", "县局", None]],
    )
    office.xlsx(
        "规范性文件目录.xlsx",
        Sheet1=[
            ["序号", "文件名称", "文号", "有效期至", "清理意见"],
            [1, "丁办法", "青政〔2014〕4号", "2019-01-01", "继续有效"],
            [2, "戊办法", "青政〔2014〕5号", "2019-01-01", "废止"],
            [3, "己办法", "青政〔2014〕6号", None, None],
        ],
    )
    facts = office.read()
    assert errors(facts) == []
    found = {
        r.values["title"]: r.values["in_valid_catalog"] for r in facts.records["normative_doc"]
    }
    assert found == {
        "甲办法": True, "乙办法": False, "丙办法": False, "丁办法": True, "戊办法": False,
        "己办法": Unknown(Cause.BLANK),
    }  # fmt: skip
    assert {r.values["is_normative"] for r in facts.records["normative_doc"]} == {True}


def test_a_register_of_reviews_is_split_by_what_was_reviewed(office: Office) -> None:
    """Broken by a contract that becomes a decision, or by a row that goes nowhere unsaid."""
    header = ["序号", "送审单位", "文件名称", "送审时间", "审查类型", "审查意见", "出具意见时间",
              "意见书编号"]  # fmt: skip
    rows = [
        ["青溪县司法局合法性审查登记（2024年）"],
        header,
        [1, "县发改委", "停车规划", "2024.3.1", "重大行政决策", "合法", "2024.3.9", "青审1号"],
        [2, "县住建局", "停车办法", "2024.4.1", "规范性文件", "合法", "2024.4.9", "青审2号"],
        [3, "县财政局", "合作协议", "2024.5.1", "合同", "同意", "2024.5.9", "青审3号"],
        [4, "县财政局", "某请示", "2024.6.1", "请示", "同意", "2024.6.9", "青审4号"],
    ]
    office.xlsx("合法性审查登记台账.xlsx", Sheet1=rows)
    facts = office.read()
    (decision,) = facts.records["decision"]
    (document,) = facts.records["normative_doc"]
    assert decision.values["title"] == "停车规划"
    assert decision.values["lead_unit"] == "县发改委"
    assert decision.values["legality_review.opinion_on"] == D(2024, 3, 9)
    assert document.values["title"] == "停车办法"
    assert document.values["legality_review.materials_complete_on"] == D(2024, 4, 1)
    assert any(
        p.expected == "不属于要核的台账，没有读取（第5行）" and p.found == "合同"
        for p in notes(facts)
    )
    (lost,) = (p for p in facts.problems if p.found == "请示")
    assert lost.lost_row
    assert "是重大行政决策的填“重大行政决策”" in lost.hint
    assert {"decision", "normative_doc"} <= facts.lost


def test_a_filing_register_needs_no_ledger_of_documents(office: Office) -> None:
    """Broken by filings whose document is nowhere, or by one day taken for two."""
    header = [
        "序号",
        "文件名称",
        "文号",
        "制定机关",
        "印发日期",
        "备案机关",
        "报备日期",
        "备案日期",
        "备案号",
    ]
    row = [1, "停车办法", "青政〔2024〕4号", "青溪县人民政府", "2024-05-06", "市政府", "2024-05-16",
           "2024-05-30", "市备〔2024〕9号"]  # fmt: skip
    office.xlsx("规范性文件备案登记簿.xlsx", Sheet1=[header, row])
    facts = office.read()
    assert errors(facts) == []
    (document,) = facts.records["normative_doc"]
    (filing,) = facts.records["filing"]
    assert (document.key, document.values["issued_on"]) == ("青政〔2024〕4号", D(2024, 5, 6))
    assert filing.values["filed_on"] == D(2024, 5, 16)
    assert filing.values["registered_on"] == D(2024, 5, 30)
    assert "recipient_kind" not in filing.values


# --- statistics ------------------------------------------------------------------------------


def test_the_yearly_statistics_count_for_each_body(office: Office) -> None:
    """Broken by the number of fines taken for that of cases, or by the total taken for a body."""
    group = "行政处罚实施数量（件）"
    rows = [
        ["青溪县2024年度行政处罚实施情况统计表"],
        ["序号", "单位名称", group, None, None, None, "罚没金额（万元）", "简易程序数量（件）"],
        [None, None, "警告", "罚款", "其他行政处罚", "合计", None, None],
        [1, "青溪县林业局", 2, 3, 0, 5, 1.5, 1],
        [None, "合计", 2, 3, 0, 5, 1.5, 1],
    ]
    office.xlsx("行政执法统计年报.xlsx", merges={"表二": ["C2:F2"]}, 表二=rows)
    facts = office.read()
    (record,) = facts.records["agency_count"]
    assert record.values["unit"] == "青溪县林业局"
    assert (record.values["penalties"], record.values["year"]) == (5, 2024)
    assert errors(facts) == []


def test_what_no_requirement_uses_is_known_and_left_alone(office: Office) -> None:
    """Broken by statistics of another kind that open every ledger."""
    rows = [["单位名称", "征收次数", "征收总金额"], ["县税务局", 3, 2]]
    office.xlsx("行政征收实施情况统计表.xlsx", Sheet1=rows)
    facts = office.read()
    assert (facts.problems, facts.lost) == ([], frozenset())
    assert "现有要求不用它" in facts.inputs[0].notes[0]


# --- what sheets say of their rows -----------------------------------------------------------


def test_sheets_and_sections_of_one_body_name_it_for_their_rows(office: Office) -> None:
    """Broken by rows of a body that no column names, or by a name that isn't one."""
    header = ["执法编号", "执法日期", "执法种类"]
    office.xlsx(
        "执法活动.xlsx",
        县林业局=[header, ["执1", "2024-03-01", "行政检查"]],
        执法活动=[
            header,
            ["执2", "2024-03-02", "行政检查"],
            ["一、青溪县水利局（1件）"],
            ["执3", "2024-03-03", "行政检查"],
        ],
    )
    found = {r.key: r.values.get("unit") for r in office.read().records["enforcement_action"]}
    assert found == {"执1": "县林业局", "执2": None, "执3": "青溪县水利局"}


def test_no_word_of_a_form_says_that_there_is_none() -> None:
    """Broken by a form in which a missing column means 无 rather than not known."""
    for form in load_forms():
        for record in form.records:
            assert ABSENT not in record.given.values()
    empties = (f.empty for t in load_schema().types.values() for f in t.fields.values())
    assert {empty.says for empty in empties if empty is not None} == {"0"}


TWO = """
form: two
title: 两样在一行
source: 编的
needs: [[甲号], [乙名]]
records:
  - type: officer
    columns: {officer_id: [甲号], name: [乙名]}
"""


def test_a_record_whose_columns_aren_t_there_is_not_made(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a second record of every row made of nothing, or by a body read out of nothing."""
    text = TWO + (
        "    given: {unit: {unit: true}, left_on: {year: true}}\n"
        "  - {type: certificate, needs: [cert_no], columns: {cert_no: [丁号], unit: [丙]}}\n"
    )
    forms = read_forms({"facts/forms/two.yaml": text})
    monkeypatch.setattr("facts.intake.desk.load_forms", lambda: forms)
    office.xlsx(Sheet1=[["甲号", "乙名", "丙"], ["R1", "丁一", "县局"]])
    facts = office.read()
    assert (facts.records["certificate"], facts.problems) == ([], [])
    (officer,) = facts.records["officer"]
    assert officer.values["name"] == "丁一"
    assert "unit" not in officer.values


def test_a_list_whose_name_says_that_it_is_another_needs_more_than_names(office: Office) -> None:
    """Broken by a roster that nobody reads because of one word in the name of its file."""
    header = ["人员编号", "姓名", "编制类型", "是否在岗", "公共法律考试"]
    office.xlsx("执法人员通讯录.xlsx", Sheet1=[header, ["R1", "丁一", "行政编制", "是", "合格"]])
    assert [r.key for r in office.read().records["officer"]] == ["R1"]


def test_two_columns_of_one_field_in_a_form_have_to_agree(office: Office) -> None:
    """Broken by taking the first of two days that differ."""
    header = [
        "行政相对人名称",
        "处罚决定书文号",
        "处罚类别",
        "处罚决定日期",
        "处罚决定时间",
        "处罚机关",
    ]
    row = ["某店", "青罚〔2024〕1号", "警告", "2024-05-08", "2024-05-09", "县局"]
    office.xlsx(Sheet1=[header, row])
    facts = office.read()
    assert facts.records["penalty_case"][0].values["decision_on"] == Unknown(Cause.UNREADABLE)
    assert [p.cell for p in facts.problems if p.lost_row or p.found == "2024-05-09"] == ["E2"]


def test_a_list_that_says_nothing_of_validity_leaves_it_unknown(office: Office) -> None:
    """Broken by a document that is valid, or normative, because nobody said that it isn't."""
    header = ["序号", "文件名称", "文号", "备注"]
    office.xlsx("清理结果.xlsx", Sheet1=[header, [1, "甲办法", "青政〔2021〕1号", None]])
    (record,) = office.read().records["normative_doc"]
    assert {"in_valid_catalog", "is_normative"}.isdisjoint(record.values)


def test_two_columns_of_kinds_are_read_together(office: Office) -> None:
    """Broken by a fine that is missed, and with it a fine of 0, because it is the second kind."""
    header = ["行政处罚决定书文号", "处罚名称", "处罚类别1", "处罚类别2", "处罚事由", "处罚依据",
              "行政相对人名称", "行政相对人代码_1(统一社会信用代码)", "法定代表人姓名", "处罚结果",
              "处罚决定日期", "处罚机关", "当前状态", "地方编码", "数据更新时间戳", "备注",
              "罚款金额"]  # fmt: skip
    tail = [
        "占道",
        "某条例",
        "某店",
        "91",
        "周某",
        "见决定书",
        "2016/05/08",
        "县局",
        "0",
        "411",
        None,
    ]
    rows = [["青罚〔2016〕1号", "占道案", "警告", "罚款", *tail, None, None],
            ["青罚〔2016〕2号", "占道案", "警告", None, *tail, None, None],
            ["青罚〔2016〕3号", "占道案", "警告", "看不懂", *tail, None, None]]  # fmt: skip
    office.xlsx("双公示.xlsx", Sheet1=[header, *rows])
    facts = office.read()
    assert notes(facts) == []
    one, two, three = facts.records["penalty_case"]
    kinds = [r.values["penalty_types"] for r in (one, two)]
    assert [set(k.items) for k in kinds if isinstance(k, Elements)] == [{"警告", "罚款"}, {"警告"}]
    assert one.values["fine"] == Unknown(Cause.BLANK)
    assert two.values["fine"] == Decimal(0)
    assert three.values["fine"] == Unknown(Cause.BLANK)
    assert [p.found for p in facts.problems] == ["看不懂"]


def test_the_other_tables_of_the_yearly_statistics_are_numbers_and_no_ledger(
    office: Office,
) -> None:
    """Broken by statistics on licences that are taken for licences, or that open a ledger."""
    rows = [
        ["青溪县2024年度行政许可实施情况统计表"],
        ["单位名称", "申请数量", "受理数量"],
        ["县局", 3, 2],
    ]
    office.xlsx("统计年报.xlsx", 表一=rows)
    facts = office.read()
    assert (facts.problems, facts.lost, facts.records["licence_case"]) == ([], frozenset(), [])
    (number,) = facts.records["declared_count"]
    said = [number.scalar(path) for path in ("unit", "year", "counted", "number")]
    assert said == ["县局", 2024, "行政许可受理", 2]
