"""Two years' reports and ledgers in one folder: claims recounted, changes and words compared.

The county and everything in it are invented; every expected number is counted from the lines
below.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from engine.model.assessment_json import from_json
from tests.results import whole

SETTINGS = """place: {name: 甲县, level: 县级, government: 甲县人民政府}
closed: [规范性文件台账, 执法证件, 培训班, 执法人员, 培训记录]
"""
LAST = """甲县2023年法治政府建设情况报告
一、主要做法
（一）化解争议。行政应诉案件10件，对24个涉诉单位制发39份提醒函。办理人大代表建议20件。
（二）依法决策。全年审查重大行政决策8件。
二、存在的不足
一是执法力量薄弱，原因是编制不足。
"""
THIS = """甲县2024年法治政府建设情况报告
一、主要做法
（一）依法决策。全年审查重大行政决策4件，同比下降50%。
（二）规范性文件管理。全年制发规范性文件10件。
（三）严格规范执法。备案重大行政处罚案件3件，注销执法证件2本，举办执法培训班2期。
（四）化解争议。行政应诉案件12件，同比下降20%。对29个涉诉单位制发78份提醒函，推动“双下降”取得实效。
（五）接受监督。办理人大代表建议25件，比去年有所增加（去年办理人大代表建议21件）。
二、存在的不足
一是执法力量薄弱，原因是编制不足。
"""
DOCUMENTS = "文号,文件名称,是否规范性文件,印发日期\n" + "".join(
    f"甲政规〔2024〕{n}号,第{n}号文件,是,2024-0{1 + n % 9}-15\n" for n in range(1, 13)
)
DECISIONS = "决策编号,决策事项,是否重大行政决策,合法性审查意见日期\n" + "".join(
    f"决{n},第{n}件决策,是,2024-03-0{n}\n" for n in range(1, 6)
)
CERTIFICATES = """证号,人员编号,注销日期
甲001,R1,2024-02-01
甲002,R2,2024-12-31
甲003,R3,2025-01-02
甲004,R4,
"""
CASES = "案号,重大处罚报备日期\n罚1,2024-05-06\n"
COURSES = "培训班编号,培训班名称,开班日期\n训1,第一期,2024-04-16\n训2,第二期,2024-09-20\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("two")
    for name, text in {
        "fazhi.yaml": SETTINGS,
        "年报（旧）.txt": LAST,
        "年报（新）.txt": THIS,
        "规范性文件台账.csv": DOCUMENTS,
        "重大行政决策台账.csv": DECISIONS,
        "执法证件.csv": CERTIFICATES,
        "行政处罚案件.csv": CASES,
        "培训班.csv": COURSES,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    arguments = ["check", str(folder), "--as-of", "2025-04-20", "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == ExitCode.FINDINGS, result.output
    assert from_json(result.stdout).reports
    assessment: dict[str, Any] = whole(result.stdout)
    return assessment


def test_the_older_report_is_compared_with_not_judged(found: dict[str, Any]) -> None:
    assert found["year"] == 2024
    assert [(r["year"], r["assessed"]) for r in found["reports"]] == [(2024, True), (2023, False)]
    problems = [problem for item in found["inputs"] for problem in item["problems"]]
    # declared complete, but there are no such ledgers in this folder: said, and nothing else
    assert [(p["place"], p["level"]) for p in problems] == [("fazhi.yaml", "note")]
    assert "行政执法人员、培训记录" in problems[0]["text"]
    old = next(item for item in found["inputs"] if item["path"] == "年报（旧）.txt")
    assert any("上年（2023年）" in note for note in old["notes"])
    judged = {o["subject_key"] for o in found["outcomes"] if o["subject_type"] == "annual_report"}
    assert judged == {"甲县人民政府/2024"}


def test_claims_and_the_rows_behind_them(found: dict[str, Any]) -> None:
    claims = {claim["requirement"]: claim for claim in found["reports"][0]["claims"]}
    shown = {
        name: (c["claimed_min"], c["shown_min"], c["shown_max"], c["lower_bound"], c["verdict"])
        for name, c in claims.items()
    }
    assert shown == {
        "dec-reviewed-count": (4, 5, None, True, "fails"),
        "nd-count-reconcile": (10, 12, 12, False, "fails"),
        "enf-filed-count": (3, 1, None, True, "unknown"),
        "cert-cancelled-count": (2, 2, 2, False, "holds"),
        "cert-training-sessions": (2, 2, 2, False, "holds"),
    }
    documents = claims["nd-count-reconcile"]
    assert documents["difference"] == "报告10件，台账12件，报告少2件"
    assert {row["source"]["line"] for row in documents["rows"]} == set(range(2, 14))
    assert claims["dec-reviewed-count"]["difference"].endswith("报告至少少1件")
    cancelled = claims["cert-cancelled-count"]
    assert [row["record_key"] for row in cancelled["rows"]] == ["甲001", "甲002"]
    assert [row["record_key"] for row in cancelled["outside"]] == ["甲003"]


def test_a_claim_that_fails_is_a_finding(found: dict[str, Any]) -> None:
    counted = {
        o["requirement"]: o["outcome"]
        for o in found["outcomes"]
        if o["subject_type"] == "report_claim" and o["outcome"] != "not_applicable"
    }
    assert counted == {
        "dec-reviewed-count": "gap",
        "nd-count-reconcile": "gap",
        "enf-filed-count": "unknown",
        "cert-cancelled-count": "met",
        "cert-training-sessions": "met",
    }


def test_changes_and_the_direction_that_words_claim(found: dict[str, Any]) -> None:
    changes = {
        c["indicator"]: (c["last"], c["this"], c["direction"], c["claimed"], c["agrees"])
        for c in found["reports"][0]["changes"]
    }
    assert changes == {
        "decisions_reviewed": (8, 4, "down", "down", True),
        "litigation_cases": (10, 12, "up", "down", False),
        "litigation_units_reminded": (24, 29, "up", "down", False),
        "reminder_letters": (39, 78, "up", "down", False),
        "npc_suggestions_handled": (20, 25, "up", "up", True),
    }
    told = {
        o["subject_label"].rpartition("”")[2]: (o["outcome"], o["severity"])
        for o in found["outcomes"]
        if o["requirement"] == "ar-yoy" and o["finding"]
    }
    assert told == {
        "行政应诉案件数": ("gap", "minor"),
        "收到提醒的涉诉单位数": ("borderline", "advisory"),
        "败诉（应诉）提醒函数": ("borderline", "advisory"),
    }


def test_printed_changes_and_last_years_figures_are_recomputed(found: dict[str, Any]) -> None:
    ties = {
        r["arithmetic"]: r["verdict"]
        for r in found["reports"][0]["relations"]
        if r["kind"].startswith("last-year")
    }
    # (8−4)/8 = 50 %; 12 is above 10, so nothing falls by 20 %; last year's report says 20, not 21
    assert ties == {"(8-4)/8=50%": "holds", "(10-12)/10=20%": "fails", "21=20": "fails"}
    failing = {
        o["subject_label"].rpartition("”")[2]
        for o in found["outcomes"]
        if o["requirement"] == "ar-data-consistency" and o["outcome"] == "gap"
    }
    assert failing == {"(10-12)/10=20%", "21=20"}
