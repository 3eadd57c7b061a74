"""docs/ledgers.md: the annual report beside the ledgers, and beside the report of last year."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Final

import docx
import pytest

from reporter.exit_code import ExitCode
from tests.cli.promises.office import Found, check, fazhi, promise, text, xlsx
from tests.facts.report.test_formats import pdf

LATER: Final = ("--as-of", "2025-04-20")
REPORT: Final = """甲县2024年法治政府建设情况报告
一、主要做法
（一）依法决策。全年审查重大行政决策4件。
（二）规范性文件管理。全年制发行政规范性文件3件，审核5件，报送备案20余件。
（三）严格规范执法。上半年备案重大行政处罚案件1件。注销执法证件2本，举办执法培训班2期，\
培训执法人员3人次，培训学时60学时。
二、存在的不足
一是执法力量薄弱，原因是编制不足。
"""
DOCUMENTS: Final = [  # the third has no dates, the last is of another year
    ["文号", "文件名称", "是否规范性文件", "印发日期", "合法性审核意见日期"],
    ["甲政规〔2024〕1号", "一", "是", "2024-03-01", "2024-02-01"],
    ["甲政规〔2024〕2号", "二", "是", "2024-04-01", "2024-03-01"],
    ["甲政规〔2024〕3号", "三", "是", None, None],
    ["甲政规〔2023〕9号", "四", "是", "2023-12-31", "2023-12-01"],
]
FILED: Final = [
    ["文号", "备案机关", "报备日期"],
    *([f"甲政规〔2024〕{n}号", "南河市人民政府", "2024-05-01"] for n in (1, 2)),
]


def counted(found: Found) -> dict[str, tuple[str, str]]:
    """How each number of the report stands to its ledger, and in which words."""
    claims = found.json["reports"][0]["claims"]
    return {c["indicator"]: (c["verdict"], c["difference"]) for c in claims}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ledgers of which some are declared complete."""
    folder: Path = tmp_path_factory.mktemp("reports")
    xlsx(folder, "文件.xlsx", 规范性文件台账=DOCUMENTS, 备案=FILED)
    decided = "".join(f"决{n},第{n}件,是,2024-03-0{n}\n" for n in range(1, 6))
    trained = "训1,R1,2024-03-01,20\n训2,R1,2024-04-01,20\n训3,R2,2024-03-01,20\n"
    files = {
        "甲县2024年法治政府建设报告.txt": REPORT,
        "fazhi.yaml": "place: {name: 甲县, level: 县级, government: 甲县人民政府}\n"
        "closed: [规范性文件台账, 执法证件, 备案, 培训记录]\n",
        "决策台账.csv": "决策编号,决策事项,是否重大行政决策,合法性审查意见日期\n" + decided,
        "执法证件.csv": "证号,人员编号,注销日期\n甲1,R1,2024-02-01\n甲2,R2,2024-12-31\n"
        "甲3,R3,2025-01-02\n甲4,R4,\n",
        "处罚案件.csv": "案号,重大处罚报备日期\n罚1,2024-05-06\n罚2,2024-06-06\n",
        "培训记录.csv": "培训编号,人员编号,培训日期,学时\n" + trained,
    }
    return text(folder, files)


@pytest.fixture(scope="module")
def found(office: Path) -> Found:
    return check(office, *LATER)


@promise(
    "同台账逐行点出来的数比",
    "缺日期的行算“可能计入”",
    "声明录全了的，两个数不等就是不符合；没有声明的，台账的数只是下限，报告的数比它小才算不符合",
    "“20余”按20至29比",
    "培训记录一人一行，只点得出人次、人数和学时",
)
def test_the_numbers_of_a_report_are_counted_in_the_ledgers(found: Found) -> None:
    """Fails if a number is held against another year's rows, or an open ledger proves too much."""
    assert counted(found) == {
        "审查行政决策": ("fails",
            "报告4件，台账至少5件（没有声明录全，只是下限），报告至少少1件"),
        "制发规范性文件": ("unknown", "报告3件，台账2至3件，判断不了"),
        "审核规范性文件": ("fails", "报告5件，台账2至3件，报告至少多2件"),
        "备案规范性文件": ("fails", "报告20余件，台账2件，报告至少多18件"),
        "注销执法证件": ("holds", "报告2本，台账2本，相符"),
        "培训次数": ("unknown", "报告2期，没有读到台账"),
        "培训人数": ("holds", "报告3人次，台账3人次，相符"),
        "培训学时": ("holds", "报告60学时，台账60学时，相符"),
    }  # fmt: skip
    verdicts = {
        o["requirement"]: o["outcome"]
        for o in found.json["outcomes"]
        if o["subject_type"] == "report_claim" and o["outcome"] != "not_applicable"
    }
    assert {r for r, outcome in verdicts.items() if outcome == "gap"} == {
        "dec-reviewed-count", "nd-reviewed-count", "nd-filed-count",
    }  # fmt: skip


@promise("写明上半年、截至某月的不比")
def test_part_of_a_year_is_not_compared(found: Found) -> None:
    assert "备案重大处罚" not in counted(found)
    assert "gap" not in found.verdicts("enf-filed-count").values()


@promise("按日期归年：印发日期、审核意见日期、报备日期、审查意见日期、注销日期、培训日期")
def test_rows_are_of_the_year_of_their_day(found: Found) -> None:
    claims = {c["indicator"]: c for c in found.json["reports"][0]["claims"]}
    rows = {
        indicator: (
            [r["record_key"] for r in claims[indicator]["rows"]],
            [r["record_key"] for r in claims[indicator]["outside"]],
        )
        for indicator in ("制发规范性文件", "注销执法证件")
    }
    assert rows == {
        "制发规范性文件": (["甲政规〔2024〕1号", "甲政规〔2024〕2号"], ["甲政规〔2023〕9号"]),
        "注销执法证件": (["甲1", "甲2"], ["甲3"]),
    }
    doubtful = claims["制发规范性文件"]["doubtful"]
    assert [r["record_key"] for r in doubtful] == ["甲政规〔2024〕3号"]


@promise(
    "写了几个不同的数的，从最大的一个到各数之和都算说得通",
    "培训次数要有“培训班”台账（一期一行）才点得出",
)
@pytest.mark.parametrize(("sessions", "verdict"), [(3, "fails"), (6, "unknown"), (7, "fails")])
def test_several_numbers_of_one_thing(tmp_path: Path, sessions: int, verdict: str) -> None:
    """Two and four: four at least, six at most; in between nothing is wrong, nor proved."""
    said = "（一）严格规范执法。举办执法培训班2期。\n（二）加强执法监督。举办执法培训班4期。\n"
    held = "".join(f"班{n},第{n}期,2024-03-0{n}\n" for n in range(1, sessions + 1))
    files = {
        "2024年报.txt": f"甲县2024年法治政府建设情况报告\n一、主要做法\n{said}",
        "fazhi.yaml": "closed: [培训班]\n",
        "培训班.csv": "培训班编号,培训班名称,开班日期\n" + held,
    }
    assert counted(check(text(tmp_path, files), *LATER))["培训次数"][0] == verdict


YEARS: Final = {
    "年报甲.txt": "甲县2023年法治政府建设情况报告\n一、主要做法\n"
    "（一）依法决策。全年审查重大行政决策8件。\n（二）化解争议。行政应诉案件20件。办理人大代表建议20件。\n",
    "2024年年报.txt": "甲县法治政府建设情况报告\n一、主要做法\n"
    "（一）依法决策。全年审查重大行政决策4件，同比下降50%。\n"
    "（二）化解争议。行政应诉案件30件，较上年增长20%。\n"
    "（三）接受监督。办理人大代表建议25件，比去年有所增加（去年办理人大代表建议21件）。\n",
}


@promise(
    "一年一份；放两年的，自查年度的那份核对，上年的那份用来对照",
    "上年报告里有的指标，本年报告也有的，列出同比",
    "正文说“同比下降”“较上年增长20%”“去年22件”的，用上年报告的数复算",
    "看标题里的年份，标题没有的看文件名",
    "都没有的取最近一年的报告",
)
def test_last_years_report_is_what_this_years_is_compared_with(tmp_path: Path) -> None:
    """4 of 8 is half; 30 of 20 is half as much again, not a fifth; and 20 is not 21."""
    run = fazhi("check", text(tmp_path, YEARS), *LATER, "--format", "json")
    reports = json.loads(run.stdout)["reports"]
    assert [(r["year"], r["assessed"]) for r in reports] == [(2024, True), (2023, False)]
    report = reports[0]
    assert {c["indicator"]: (c["last"], c["this"]) for c in report["changes"]} == {
        "decisions_reviewed": (8, 4),
        "litigation_cases": (20, 30),
        "npc_suggestions_handled": (20, 25),
    }
    ties = {
        r["arithmetic"]: r["verdict"]
        for r in report["relations"]
        if r["kind"].startswith("last-year")
    }
    assert ties == {"(8-4)/8=50%": "holds", "(30-20)/20=20%": "fails", "21=20": "fails"}


@promise("自查年度取命令行、`fazhi.yaml`")
@pytest.mark.parametrize(
    ("settings", "options", "year"),
    [("year: 2023\n", (), 2023), ("year: 2023\n", ("--year", "2024"), 2024)],
)
def test_which_year_is_assessed(
    tmp_path: Path, settings: str, options: tuple[str, ...], year: int
) -> None:
    folder = text(tmp_path, {**YEARS, "fazhi.yaml": settings})
    shown = fazhi("check", folder, *LATER, *options)
    assert f"{year}年　检查日" in shown.stdout


BODY: Final = ["甲县2024年法治政府建设情况报告", "一、主要做法", "全年审查重大行政决策4件。"]


def report_file(folder: Path, form: str) -> Path:
    """The same three lines in a file of that format."""
    path = folder / f"2024年报.{form}"
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    page = f'<html><head><meta charset="utf-8"></head><body>{paragraphs}</body></html>'
    if form == "docx":
        document = docx.Document()
        for line in BODY:
            document.add_paragraph(line)
        document.save(str(path))
    elif form == "pdf":
        path.write_bytes(pdf([BODY]))
    elif form == "mht":
        encoded = base64.encodebytes(page.encode()).decode()
        path.write_text(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
            "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
            f"{encoded}\n--b--\n"
        )
    else:
        path.write_text(page if form == "html" else "\n\n".join(BODY), encoding="utf-8")
    return path


@promise("txt、md、html、mht（单个文件网页）、docx、pdf（要有文字层）")
@pytest.mark.parametrize("form", ["txt", "md", "html", "mht", "docx", "pdf"])
def test_a_report_in_every_format(tmp_path: Path, form: str) -> None:
    report_file(tmp_path, form)
    found = check(tmp_path, *LATER)
    assert found.said() == []
    assert list(counted(found)) == ["审查行政决策"]


@promise("pdf（要有文字层）")
def test_a_scan_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "2024年报.pdf").write_bytes(pdf([[], []]))
    found = check(tmp_path, *LATER)
    (said,) = found.said()
    assert "扫描件" in said
    assert found.code == ExitCode.UNREAD
