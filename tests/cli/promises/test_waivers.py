"""docs/waivers.md, promise by promise, through the command line and real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import engine.judging.run
from engine.judging.sql import SqlJudge
from engine.model.outcome import Outcome
from reporter.exit_code import ExitCode
from tests.cli.promises.office import AS_OF, Found, check, fazhi, promise, text, xlsx
from tests.conftest import ROOT
from tests.docs.test_pages import blocks
from tests.results import whole

PAGE = ROOT / "docs" / "waivers.md"
COMMENTS = "dec-comment-30d"
REVIEWED = "dec-legality-before-discussion"
HEADER = "要求,对象,理由,豁免依据,批准人,起,止\n"
DECISIONS = (
    "决策编号,决策事项,是否重大行政决策,不适用本程序的情形,另有程序的依据,"
    "征求意见公告日期,征求意见截止日期,缩短期限的理由,公告中是否说明缩短理由,"
    "合法性审查意见日期,讨论日期\n"
)
IN_FORCE = "有效：所管的问题照样列出，注明已豁免"
NOT_THIS_TIME = "这次没有核它所管的要求或事项"


def decision(
    key: str, title: str = "", until: str = "2024-05-20", reviewed: str = "2024-06-10"
) -> str:
    """A decision whose comments closed after 19 days of the 30, unless another day is given."""
    return f"{key},{title or key},是,无,无,2024-05-01,{until},无,否,{reviewed},2024-06-20\n"


def row(  # noqa: PLR0913, PLR0917 - the seven columns
    requirement: str = COMMENTS,
    record: str = "决1",
    reason: str = "施工期已定",
    basis: str = "会签单〔2024〕3号",
    approver: str = "李某",
    start: str = "2024-06-01",
    until: str = "2024-12-31",
) -> str:
    return f"{requirement},{record},{reason},{basis},{approver},{start},{until}\n"


DECIDED = (
    DECISIONS
    + "".join(decision(f"决{n}") for n in (1, 3, 4, 8, 10, 11, 12))
    + decision("决2", until="2024-05-31")
    + decision("决5")
    + decision("决5", "另一件")
    + decision("决6", reviewed="2024-06-25")
    + decision("决7", reviewed="")
)
"""决2 has its thirty days; 决5 is two; 决6 was reviewed after the meeting, 决7 without a date."""

WAIVED = {  # the row of the ledger, and what it comes to on 2024-12-20
    "in force": (row(), "met", IN_FORCE),
    "of what is in order": (row(record="决2"), "gap",
        "没有用上：这一条的结论是“符合要求”，没有要豁免的问题"),
    "past its last day": (row(record="决3", until="2024-12-19"), "gap",
        "已过期：到2024年12月19日为止"),
    "before its first day": (row(record="决4", start="2024-12-21"), "pending",
        "还没有生效：从2024年12月21日起"),
    "of two of one number": (row(record="决5"), "gap",
        "编号“决5”有2件，不知道豁免的是哪一件"),
    "of what comes first": (row(REVIEWED, "决6"), "gap",
        "“必须先解决”的要求不能豁免，这一条不作数"),
    "of what lacks its paper": (row(REVIEWED, "决7"), "gap",
        "“必须先解决”的要求不能豁免，这一条不作数"),
    "on its last day": (row(record="决8", until="2024-12-20"), "met", IN_FORCE),
    "on its first day": (row(record="决10", start="2024-12-20"), "met", IN_FORCE),
    "by the title": (row("公开征求意见期限", "决11"), "met", IN_FORCE),
    "of the year": (row("nd-cleanup-2y", "2024"), "met", IN_FORCE),
    "of no such record": (row(record="决99"), "gap",
        "没有用上：“重大行政决策”里没有“决99”"),
    "of two in one row": (row(record="决12、决11"), "gap",
        "没有用上：“重大行政决策”里没有“决12、决11”，是否指“决12”？"),
    "of no such requirement": (row("dec-coment-30d", "决12"), "gap",
        "没有要求“dec-coment-30d”，是否指“dec-comment-30d”？"),
    "ends before it begins": (row(record="决12", until="2024-05-31"), "gap",
        "止日2024年5月31日早于起日2024年6月1日"),
    "without a requirement": (row("", "决12"), "gap",
        "“要求”没有填，或者认不出，这条豁免不作数"),
    "without a record": (row(record=""), "gap",
        "没有写明对象，太宽：一条豁免只能管一件事项，请写它的编号"),
    "without a reason": (row(record="决12", reason=""), "gap",
        "“理由”没有填，或者认不出，这条豁免不作数"),
    "without a ground": (row(record="决12", basis=""), "gap",
        "“豁免依据”没有填，或者认不出，这条豁免不作数"),
    "without approval": (row(record="决12", approver=""), "gap",
        "“批准人”没有填，或者认不出，这条豁免不作数"),
    "without a beginning": (row(record="决12", start=""), "gap",
        "“起”没有填，或者认不出，这条豁免不作数"),
    "without an end": (row(record="决12", until=""), "gap",
        "“止”没有填，或者认不出，这条豁免不作数"),
}  # fmt: skip
"""Each row is the only one of its situation; all stand in one ledger."""

CLEANUP = {  # last done in 2020, and all there is: the year's requirement is not met
    "清理.csv": "清理编号,清理类别,清理完成日期\n清1,全面清理,2020-01-01\n",
    "fazhi.yaml": "closed: [清理]\nplace: {name: 甲县, level: 县级}\n",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"决策台账.csv": DECIDED, **CLEANUP}
    return text(tmp_path_factory.mktemp("waived"), files)


@pytest.fixture(scope="module")
def before(office: Path) -> Found:
    return check(office)


@pytest.fixture(scope="module")
def after(office: Path, before: Found) -> Found:  # noqa: ARG001 - checked without the ledger first
    ledger = HEADER + "".join(line for line, _, _ in WAIVED.values())
    return check(text(office, {"豁免台账.csv": ledger}))


def own(found: Found) -> list[tuple[str, str]]:
    """The outcomes of the waivers themselves, by the line they stand in."""
    rows = [o for o in found.json["outcomes"] if o["requirement"] == "waiver"]
    lines = {id(o): {e["source"]["line"] or 0 for e in o["evidence"]} for o in rows}
    rows.sort(key=lambda o: min(lines[id(o)], default=0))
    return [(o["outcome"], o["message"]) for o in rows]


def noted(found: Found) -> set[tuple[str, str]]:
    """The findings that a waiver stands beside."""
    return {(o["requirement"], o["subject_key"]) for o in found.json["outcomes"] if o["waiver"]}


@promise(
    "核对照常进行，问题照样列出，结论、严重度、理由都不变",
    "豁免只是在问题旁边注明“已豁免”",
)
def test_a_waiver_stands_beside_its_finding_and_changes_nothing_else(
    before: Found, after: Found
) -> None:
    others = [{**o, "waiver": None} for o in after.json["outcomes"] if o["requirement"] != "waiver"]
    assert others == before.json["outcomes"]
    waived = after.outcome(COMMENTS, "决1")
    assert (waived["outcome"], waived["finding"]) == ("gap", True)
    assert waived["waiver"]["reason"] == "施工期已定"
    assert noted(before) == set()
    kept = {(COMMENTS, f"决{n}") for n in (1, 8, 10, 11)}
    assert noted(after) == kept | {("nd-cleanup-2y", "2024")}


@promise("谁批的；输出时遮盖，加 `--unmask` 才显示")
def test_who_approved_it_is_hidden_until_asked_for(office: Path, after: Found) -> None:
    assert after.outcome(COMMENTS, "决1")["waiver"]["approver"] == "＊＊＊"
    shown = check(office, "--unmask")
    assert shown.outcome(COMMENTS, "决1")["waiver"]["approver"] == "李某"


WHOLE = {
    "决策编号": "决1", "决策事项": "停车收费", "是否重大行政决策": "是", "决策机关层级": "政府",
    "承办单位": "甲县住建局", "认定人": "甲县人民政府", "认定依据": "年度目录",
    "启动日期": "2024-04-01", "不适用本程序的情形": "", "另有程序的依据": "",
    "征求意见公告日期": "2024-05-01", "征求意见截止日期": "2024-05-20", "缩短期限的理由": "",
    "公告中是否说明缩短理由": "否", "不予公开的依据": "", "必须听证的依据": "",
    "是否举行听证会": "否", "专业性技术性是否较强": "否", "是否可能造成不利影响": "否",
    "是否涉及经营者经济活动": "否", "风险评估报告日期": "无", "风险评估报告": "无",
    "不重复评估的依据": "", "风险评估结论": "", "复评结论": "", "合法性审查单位": "甲县司法局",
    "合法性审查意见日期": "2024-06-10", "合法性审查意见书": "甲司审〔2024〕1号",
    "审查结论": "合法", "审查文书类型": "合法性审查意见书", "讨论日期": "2024-06-20",
    "会议类型": "常务会议", "是否变更或停止执行": "否", "请示报告党委日期": "2024-06-25",
    "印发日期": "2024-07-01",
}  # fmt: skip
"""A decision with nothing to answer for but the nineteen days of its comments."""


def one_finding(folder: Path) -> Path:
    rows = [list(WHOLE), [value or None for value in WHOLE.values()]]
    xlsx(folder, "决策台账.xlsx", 决策台账=rows)
    place = "place: {name: 甲县, level: 县级, reviewers: [甲县司法局]}\n"
    return text(folder, {"fazhi.yaml": place})


def predecided(folder: Path, key: str = "决1", *options: str) -> tuple[int, Any]:
    run = fazhi("predecision", folder, key, *AS_OF, *options, "--format", "json")
    return run.exit_code, whole(run.stdout)


@promise(
    "注明了豁免的问题不计入 `--fail-on` 的退出码 1，“须处理”的件数里也不算它",
    "能否上会、出台不受豁免影响：该关的闸门照样关着",
)
def test_a_waived_finding_asks_for_nothing_and_opens_no_gate(tmp_path: Path) -> None:
    """Fails if the only finding still ends the command with 1, or no longer shuts the gates."""
    one_finding(tmp_path)
    code, before = predecided(tmp_path)
    assert [o["requirement"] for o in before["outcomes"] if o["finding"]] == [COMMENTS]
    assert code == ExitCode.FINDINGS
    assert "须处理　1项" in fazhi("predecision", tmp_path, "决1", *AS_OF).stdout
    text(tmp_path, {"豁免台账.csv": HEADER + row()})
    code, after = predecided(tmp_path)
    assert code == ExitCode.CLEAN
    shown = fazhi("predecision", tmp_path, "决1", *AS_OF)
    assert "须处理　0项" in shown.stdout
    assert "已豁免" in shown.stdout
    assert after["gates"] == before["gates"]
    assert {gate["gate"]: gate["state"] for gate in after["gates"]} == {
        "submit-to-discussion": "closed",
        "issue": "closed",
    }


@promise("“必须先解决”的要求不能豁免；它因缺材料而降为“佐证不足”的，也不能")
def test_what_comes_first_is_not_waived_nor_is_it_for_want_of_its_paper(after: Found) -> None:
    assert after.outcome(REVIEWED, "决6")["severity"] == "blocking"
    assert after.outcome(REVIEWED, "决7")["severity"] == "major"
    assert [after.outcome(REVIEWED, key)["outcome"] for key in ("决6", "决7")] == [
        "gap",
        "not_evidenced",
    ]
    assert not {key for _, key in noted(after)} & {"决6", "决7"}


@pytest.mark.parametrize(
    "situation",
    [
        pytest.param(
            "of what is in order", marks=promise("所管的问题已经没有了，或者没有这件事项")
        ),
        pytest.param("of no such record", marks=promise("或者没有这件事项")),
        pytest.param("past its last day", marks=promise("检查日在止日之后")),
        pytest.param("on its last day", marks=promise("到哪一天为止（当日在内），不能空着")),
        pytest.param("on its first day", marks=promise("从哪一天起（当日在内）")),
        pytest.param("before its first day", marks=promise("还没到起日的是“期限未到”")),
        pytest.param("of two of one number", marks=promise("编号有几件的，不知道豁免哪一件")),
        pytest.param("of what comes first", marks=promise("“必须先解决”的要求，系统未核成的结论")),
        pytest.param("of what lacks its paper", marks=promise("也不能")),
        pytest.param("in force", marks=promise("要求的编号，就是结果里〔〕中的那个")),
        pytest.param("by the title", marks=promise("写全名称也行")),
        pytest.param("of the year", marks=promise("挂在年度上的结论，对象写那一年，如 2024")),
        pytest.param("of two in one row", marks=promise("一行只管一件")),
        pytest.param("of no such requirement", marks=promise("没有这条要求")),
        pytest.param("ends before it begins", marks=promise("止日早于起日")),
        pytest.param("without a record", marks=promise("没有写对象，或者写“全部”")),
        pytest.param("without a requirement", marks=promise("七栏有空着的、认不出的")),
        pytest.param("without a reason", marks=promise("为什么暂不处理")),
        pytest.param("without a ground", marks=promise("批准的文件、会议、签单")),
        pytest.param("without approval", marks=promise("谁批的")),
        pytest.param("without a beginning", marks=promise("七栏都要填")),
        pytest.param("without an end", marks=promise("不能空着")),
    ],
)
def test_each_row_of_the_ledger_has_its_own_outcome(after: Found, situation: str) -> None:
    """Fails if a row counts that shouldn't, or is turned down for another reason than its own."""
    place = list(WAIVED).index(situation)
    assert own(after)[place] == WAIVED[situation][1:]


@promise(
    "台账的每一行自己也有一条结论（要求编号 `waiver`，一般）", "和别的问题一样列出、计入退出码"
)
def test_a_waiver_that_does_not_count_is_a_finding_like_any_other(tmp_path: Path) -> None:
    one_finding(tmp_path)
    text(tmp_path, {"豁免台账.csv": HEADER + row() + row(until="2024-12-19")})
    code, found = predecided(tmp_path)
    assert code == ExitCode.FINDINGS
    assert [
        (o["requirement"], o["severity"], o["outcome"])
        for o in found["outcomes"]
        if o["finding"] and o["waiver"] is None
    ] == [("waiver", "minor", "gap")]
    assert predecided(tmp_path, "决1", "--fail-on", "major")[0] == ExitCode.CLEAN


@promise("写“全部”")
def test_everything_is_too_wide(tmp_path: Path) -> None:
    text(tmp_path, {"决策台账.csv": DECISIONS + decision("决1")})
    found = check(text(tmp_path, {"豁免台账.csv": HEADER + row(record="全部")}))
    assert noted(found) == set()
    ((verdict, message),) = own(found)
    assert verdict == "gap"
    assert message.endswith("太宽：一条豁免只能管一件事项，请写它的编号")


@promise("系统未核成的结论")
def test_what_the_engines_do_not_agree_on_is_not_waived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails if a waiver covers what the program itself could not settle."""

    class Other(SqlJudge):
        def judge(self, *arguments: Any) -> dict[str, list[Outcome]]:  # noqa: ANN401
            found = super().judge(*arguments)
            return {**found, COMMENTS: [Outcome.MET for _ in found[COMMENTS]]}

    monkeypatch.setattr(engine.judging.run, "for_size", lambda _: Other("sqlite"))
    files = {"决策台账.csv": DECISIONS + decision("决1"), "豁免台账.csv": HEADER + row()}
    found = check(text(tmp_path, files))
    assert found.verdicts(COMMENTS) == {"决1": "failed"}
    assert (found.code, noted(found)) == (ExitCode.FAILED, set())
    assert own(found) == [("gap", "没有用上：这一条的结论是“系统未核成”，没有要豁免的问题")]


@promise("这次没有核它所管的要求或事项的（用了 `--profile`，或者上会前核对别的事项）是“不涉及”")
def test_what_was_not_asked_is_neither_good_nor_bad(tmp_path: Path) -> None:
    rows = row("nd-cleanup-2y", "2024") + row(record="决2")
    decided = DECISIONS + decision("决1") + decision("决2")
    text(tmp_path, {"决策台账.csv": decided, "豁免台账.csv": HEADER + rows, **CLEANUP})
    assert own(check(tmp_path, "--profile", "predecision")) == [
        ("not_applicable", NOT_THIS_TIME),
        ("met", IN_FORCE),
    ]
    _, other = predecided(tmp_path, "决1")
    assert own(Found(0, other)) == [("not_applicable", NOT_THIS_TIME)] * 2


@promise("豁免台账里有整行、整表、整个文件没有读进来的，全部豁免都不作数")
@pytest.mark.parametrize("lost", ["file", "row"])
def test_a_ledger_that_can_not_be_read_voids_every_waiver(tmp_path: Path, lost: str) -> None:
    """Fails if the guard is off in production: a row was lost, and the others still count."""
    text(tmp_path, {"决策台账.csv": DECISIONS + decision("决1")})
    rows = [line.strip().split(",") for line in (HEADER, row(), row(record="决2"))]
    book = xlsx(tmp_path, "豁免台账.xlsx", 豁免台账=rows)
    if lost == "file":
        text(tmp_path, {"豁免台账（旧）.xls": b"old"})
    else:
        book.worksheets[0].row_dimensions[3].hidden = True
        book.save(tmp_path / "豁免台账.xlsx")
    found = check(tmp_path)
    assert noted(found) == set()
    assert {message for _, message in own(found)} == {
        "豁免台账没有读全，这一条不作数",
        "豁免台账有读不进来的内容，全部豁免都不作数；见“读取中的问题”",
    }
    assert {verdict for verdict, _ in own(found)} == {"gap"}
    assert found.code == ExitCode.UNREAD


@promise("单独一格认不出的，只是那一条不作数")
def test_a_cell_that_can_not_be_read_voids_its_own_row(tmp_path: Path) -> None:
    rows = row() + row(record="决2", until="下周")
    decided = DECISIONS + decision("决1") + decision("决2")
    found = check(text(tmp_path, {"决策台账.csv": decided, "豁免台账.csv": HEADER + rows}))
    assert noted(found) == {(COMMENTS, "决1")}
    assert own(found)[1] == ("gap", "“止”没有填，或者认不出，这条豁免不作数")
    assert found.said("豁免台账.csv") == [
        "豁免台账.csv 第3行G列：“下周”，“止”应为日期，如 2024-05-01"
    ]
    assert found.code == ExitCode.UNREAD


@promise("名字里有“豁免”二字，xlsx、csv、yaml、json 都行", "同样的内容写成 yaml：", "英文名")
def test_the_same_ledger_in_every_format(tmp_path: Path) -> None:
    """The page's own two examples, and the same as json and as a workbook, each of a matter."""
    (csv,), (yaml,) = blocks(PAGE, "csv"), blocks(PAGE, "yaml")
    lines = [line.split(",") for line in csv.splitlines()]
    names = ["requirement", "record", "reason", "basis", "approver", "from", "until"]
    named = dict(zip(names, [lines[1][0], "决3", *lines[1][2:]], strict=True))
    xlsx(tmp_path, "豁免.xlsx", Sheet1=[lines[0], [lines[1][0], "决4", *lines[1][2:]]])
    decided = DECISIONS.strip() + ",印发日期,公布日期,不予公开的依据\n"
    for key in ("决2024-03", "决2", "决3", "决4"):
        decided += decision(key).strip() + ",2024-06-21,无,无\n"
    files = {
        "决策台账.csv": decided,
        "局豁免情况.csv": csv,
        "豁免（续）.yaml": yaml.replace("决2024-03", "决2"),
        "又一份豁免.json": json.dumps([named], ensure_ascii=False),
    }
    found = check(text(tmp_path, files), "--as-of", "2025-03-10")
    assert found.said() == []
    assert noted(found) == {("dec-publish", key) for key in ("决2024-03", "决2", "决3", "决4")}
    waivers = [found.outcome("dec-publish", key)["waiver"] for _, key in noted(found)]
    told = {(w["reason"], w["basis"], w["start"], w["until"]) for w in waivers}
    assert told == {
        ("与上级方案一并公布", "县政府办会签单〔2025〕12号", "2025-01-10", "2025-06-30")
    }


@promise("`fazhi explain 结果.json waiver 编号` 看经过")
def test_the_way_to_its_own_outcome_is_explained(tmp_path: Path) -> None:
    files = {
        "决策台账.csv": DECISIONS + decision("决1"),
        "豁免台账.csv": HEADER + row(record="决9"),
    }
    saved = tmp_path / "结果.json"
    folder = text(tmp_path / "县", files)
    fazhi("check", folder, *AS_OF, "--format", "json", "--output", saved)
    told = fazhi("explain", saved, "waiver", f"{COMMENTS}·决9")
    assert told.exit_code == ExitCode.CLEAN
    assert "没有用上：“重大行政决策”里没有“决9”" in told.stdout


@promise("`fazhi template` 会写出空白的一份")
def test_the_template_of_the_ledger_has_its_seven_columns(templates: Path) -> None:
    sheet = openpyxl.load_workbook(templates / "豁免.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEADER.strip().split(",")
