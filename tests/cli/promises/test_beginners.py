"""The workbook for beginners: written, filled in and judged through the command alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import openpyxl
import pytest

from engine.language import tree as t
from engine.model.assessment import CORE
from engine.ruleset.load import load_ruleset
from facts.ledgers.templates import CORE_BOOK
from facts.records.load import load_schema
from reporter.exit_code import ExitCode
from tests.cli.promises.office import Found, check, fazhi, promise, text
from tests.conftest import ROOT

SETTINGS: Final = """
place: {name: 青石县, level: 县级, judicial_bureau: 县司法局}
year: 2024
jurisdiction: henan
"""
LAWFUL: Final = {
    "决策编号": "决1",
    "决策事项": "停车收费",
    "决策机关层级": "政府",
    "承办单位": "城管局",
    "是否重大行政决策": "是",
    "征求意见公告日期": "2024-03-01",
    "征求意见截止日期": "2024-04-05",
    "专业性技术性是否较强": "是",
    "专家论证日期": "2024-04-10",
    "专家论证意见": "论证意见书〔2024〕1号",
    "是否可能造成不利影响": "是",
    "风险评估报告日期": "2024-04-12",
    "风险评估报告": "评估报告〔2024〕2号",
    "涉及的特定群体": "无",
    "风险点": "停车费争议",
    "风险防范措施": "分期实施",
    "处置预案": "预案〔2024〕1号",
    "风险评估征求意见的部门": "县信访局",
    "是否人大讨论决定事项": "否",
    "合法性审查意见日期": "2024-05-08",
    "合法性审查意见书": "司审〔2024〕7号",
    "审查文书类型": "书面审查意见",
    "合法性审查单位": "县司法局",
    "合法性审查结论": "合法",
    "讨论日期": "2024-05-20",
    "会议类型": "政府常务会议",
    "讨论结果": "通过",
    "请示报告党委日期": "2024-05-22",
    "出台日期": "2024-06-01",
}
MET: Final = {
    "dec-public-participation": "met",
    "dec-comment-30d": "met",
    "dec-comment-closed": "met",
    "dec-hearing-needed": "not_applicable",
    "dec-expert-needed": "met",
    "dec-risk-needed": "met",
    "dec-risk-report": "met",
    "dec-group-consult": "not_applicable",
    "dec-npc-report": "not_applicable",
    "dec-legality-before-discussion": "met",
    "dec-legality-not-substituted": "met",
    "dec-legality-negative": "met",
    "dec-collective-forum": "met",
    "dec-party-report": "met",
    "dec-issue-approved": "met",
}
"""A decision with all its steps in order; the law asks for no hearing."""

SPOILT: Final = {  # what is written otherwise, and what comes out otherwise
    "讨论在审查以前": (
        {"讨论日期": "2024-05-07"},
        {"dec-legality-before-discussion": "gap"},
    ),
    "征求意见十九日": ({"征求意见截止日期": "2024-03-20"}, {"dec-comment-30d": "gap"}),
    "没有论证": (
        {"专家论证日期": "无", "专家论证意见": "无"},
        {"dec-expert-needed": "gap"},
    ),
    "没有评估": (
        {"风险评估报告日期": "无", "风险评估报告": "无"},
        {"dec-risk-needed": "gap", "dec-risk-report": "not_applicable"},
    ),
    "评估报告没有预案": ({"处置预案": "无"}, {"dec-risk-report": "gap"}),
    "应当报告人大而没有报告": (
        {"是否人大讨论决定事项": "是", "报告人大日期": "无"},
        {"dec-npc-report": "gap"},
    ),
    "涉及的群体协商没有登记": ({"涉及的特定群体": "出租车司机"}, {"dec-group-consult": "unknown"}),
    "没有请示报告": ({"请示报告党委日期": "无"}, {"dec-party-report": "gap"}),
    "没有通过": ({"讨论结果": "不通过"}, {"dec-issue-approved": "gap"}),
    "会签": ({"审查文书类型": "会签"}, {"dec-legality-not-substituted": "gap"}),
    "党委会议": ({"会议类型": "党委常委会"}, {"dec-collective-forum": "gap"}),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("入门")
    run = fazhi("template", "--core", made)
    assert run.exit_code == ExitCode.CLEAN
    assert f"--profile {CORE}，核{len(MET)}条要求" in run.stdout
    return text(made, {"fazhi.yaml": SETTINGS})


@pytest.fixture(scope="module")
def filled(folder: Path) -> Found:
    """Both the lawful decision and every spoilt one, each a row below the example's."""
    book = openpyxl.load_workbook(folder / f"{CORE_BOOK}.xlsx")
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert set(LAWFUL) <= set(heads)
    spoilt = enumerate(SPOILT.values(), 2)
    rows = [
        LAWFUL,
        *(
            {**LAWFUL, **cells, "决策编号": f"决{n}", "决策事项": f"停车收费{n}"}
            for n, (cells, _) in spoilt
        ),
    ]
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    book.save(folder / f"{CORE_BOOK}.xlsx")
    return check(folder, "--profile", CORE)


def outcomes(found: Found, key: str) -> dict[str, str]:
    return {
        o["requirement"]: o["outcome"] for o in found.json["outcomes"] if o["subject_key"] == key
    }


@promise("36 列，按程序先后排", "橙色的每件都填，绿色的有这种情形才填")
def test_one_sheet_in_the_order_of_the_procedure(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / f"{CORE_BOOK}.xlsx")
    assert book.sheetnames == ["重大行政决策", "填表说明"]
    row = list(book.worksheets[0][1])
    colours = {cell.value: cell.fill.fgColor.rgb for cell in row}
    assert len(row) == 36
    steps = ["是否重大行政决策", "征求意见公告日期", "专家论证日期", "风险评估报告日期"]
    steps += ["合法性审查意见日期", "讨论日期", "请示报告党委日期", "出台日期"]
    assert [head for head in colours if head in steps] == steps
    green = {"不适用本程序的情形", "另有程序的依据", "不予公开的依据", "必须听证的依据"}
    green |= {"缩短期限的理由", "不重复评估的依据", "专家论证日期", "专家论证意见"}
    green |= {"风险评估报告日期", "风险评估报告", "风险点", "风险防范措施", "处置预案"}
    green |= {"风险评估征求意见的部门", "报告人大日期"}
    assert {
        head for head, colour in colours.items() if colour == colours["不予公开的依据"]
    } == green
    assert len(set(colours.values())) == 2
    guide = [[cell.value for cell in line] for line in book["填表说明"]]
    more = next(n for n, line in enumerate(guide) if line[1] == "还可以添的列")
    assert "启动日期" in {line[1] for line in guide[more:]}
    assert not set(colours) & {line[1] for line in guide[more:]}


@promise("只核这些列核得出的要求")
def test_a_lawful_decision_is_judged_whole(filled: Found) -> None:
    """Fails if a requirement of the profile reads a column that beginners don't have."""
    assert outcomes(filled, "决1") == MET
    assert [item for file in filled.json["inputs"] for item in file["problems"]] == []


@pytest.mark.parametrize(("number", "case"), list(enumerate(SPOILT, 2)))
def test_a_step_that_lacks_is_found(filled: Found, number: int, case: str) -> None:
    assert outcomes(filled, f"决{number}") == MET | SPOILT[case][1]


def test_every_column_serves_a_requirement_of_the_profile() -> None:
    """Fails for a column that is asked for in vain. The title names the decision for people."""
    schema = load_schema()
    ruleset = load_ruleset(ROOT / "rulesets", schema)
    texts = [ruleset.requirements[name].texts[0] for name in ruleset.profiles[CORE]]
    read = {
        (node.record, node.field)
        for text_ in texts
        for part in (text_.applies, text_.require, text_.due)
        if part is not None
        for node in t.walk(part)
        if isinstance(node, t.Path)
    }
    core = {
        (record_type.type, path)
        for record_type in schema.types.values()
        for path, spec in record_type.fields.items()
        if spec.core
    }
    assert core - read == {("decision", "decision_no"), ("decision", "title")}


def test_the_page_says_what_was_not_judged(filled: Found, folder: Path) -> None:
    assert filled.code == ExitCode.FINDINGS
    said = fazhi("check", folder, "--as-of", "2024-12-20", "--profile", CORE).stdout
    assert f"范围　　只核清单“{CORE}”里的{len(MET)}条要求，其余没有核" in said
