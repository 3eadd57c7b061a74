"""`fazhi check` on a folder that declares tables: every format, the files beside, the exit code."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main
from tests.conftest import ROOT
from tests.tables.folders import settings, write_csv

GOOD = {
    "人员编号": "R1", "姓名": "张某", "所在单位": "水利局",
    "编制类型": "行政编制", "是否在岗": "是",
}  # fmt: skip
ROWS = [
    GOOD,
    {**GOOD, "人员编号": "R2", "编制类型": "工勤"},
    {**GOOD, "人员编号": "R3", "是否在岗": "也许"},
]
HELD = [
    {"证号": f"Z{n}", "人员编号": f"R{n}", "证件种类": "执法证", "证件状态": "有效"}
    for n in (1, 2, 3)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_csv(tmp_path / "人员.csv", ROWS)
    write_csv(tmp_path / "证件.csv", HELD)
    settings(tmp_path, "  执法人员: {file: 人员.csv}\n  执法证件: {file: 证件.csv}")
    return tmp_path


def _check(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["check", str(folder), "--as-of", "2025-03-10", *more])


def test_on_the_screen(folder: Path) -> None:
    """Broken by a count, a cell that can't be read or a requirement left out that isn't told."""
    told = _check(folder, "--all")
    assert told.exit_code == ExitCode.UNREAD, told.output
    assert "核了2张表、6行" in told.stdout
    assert "读不了的1处，所在的栏一律按不明核，没有当成符合" in told.stdout
    assert "表：人员.csv  行：3  列：是否在岗  写的是：也许" in told.stdout
    assert "结论：不符合  要求：持证人在编在职  编号：R2  在哪一行：人员.csv 第2行" in told.stdout
    (never,) = [line for line in told.stdout.splitlines() if "没有声明“执法活动”的表" in line]
    called = {
        each.partition("（")[2].rstrip("）")
        for each in never.partition("哪些要求：")[2].split("、")
    }
    assert called == {"cert-shown", "cert-two-officers"}
    assert "执法人员不少于两人（cert-two-officers）" in never
    assert "张某" not in told.stdout


def test_the_example(tmp_path: Path) -> None:
    """By hand: one on the staff, one hired by the day, one of whom nobody can tell; three cards."""
    output = tmp_path / "结果.json"
    told = _check(ROOT / "examples" / "yunhe", "--output", str(output))
    assert told.exit_code == ExitCode.UNREAD
    said = json.loads(output.read_text(encoding="utf-8"))
    assert (said["place"], [table["judged"] for table in said["tables"]]) == ("云河市", [3, 3])
    staff = said["requirements"]["cert-eligible-staff"]["outcomes"]
    assert {each: n for each, n in staff.items() if n} == {"met": 1, "gap": 1, "unknown": 1}
    assert [one["found"] for one in said["unread"]] == ["也许"]
    grave = [(one["requirement"], one["key"]) for one in said["findings"][:2]]
    assert grave == [("cert-eligible-staff", "Y002"), ("cert-eligible-staff", "Y003")]


def test_ledgers_that_no_table_is_made_of_are_named(folder: Path) -> None:
    """Broken by a ledger beside the tables that is passed over in silence."""
    assert "没有读的" not in _check(folder).stdout
    (folder / "决策").mkdir()
    write_csv(folder / "决策" / "决策台账.csv", [{"决策编号": "决1"}])
    (folder / "法治政府建设年度报告.txt").write_text("报告", encoding="utf-8")
    (folder / "说明.zip").write_bytes(b"PK")
    named = "没有读的：决策/决策台账.csv、法治政府建设年度报告.txt（按表核对只读 tables"
    assert named in _check(folder).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 上建链接要权限")
def test_ledgers_that_are_not_opened_are_named_too(folder: Path) -> None:
    """Broken by a ledger that is passed over for how its name is written."""
    (folder / "案件台账.XLSX").symlink_to(folder / "人员.csv")
    (folder / "说明.ZIP").symlink_to(folder / "人员.csv")
    assert "没有读的：案件台账.XLSX（按表核对只读 tables" in _check(folder).stdout


@pytest.mark.parametrize("form", ["json", "html", "xlsx", "txt"])
def test_in_every_format_with_all_findings_beside(folder: Path, form: str) -> None:
    """Broken by a format that says another number, or findings that aren't all in the parquet."""
    output = folder / f"结果.{form}"
    assert _check(folder, "--output", str(output)).exit_code == ExitCode.UNREAD
    found = duckdb.sql(f"FROM '{folder}/结果.findings.parquet'").fetchall()
    assert ("cert-eligible-staff", "gap", "blocking", "officer", "R2", 2, "", "水利局") in found
    assert {row[1] for row in found} <= {"gap", "unknown", "borderline", "not_evidenced"}
    counts = duckdb.sql(
        f"SELECT outcome, n FROM '{folder}/结果.counts.parquet' "  # noqa: S608 - a folder of ours
        "WHERE requirement = 'cert-eligible-staff' ORDER BY ALL"
    ).fetchall()
    assert counts == [("gap", 1), ("met", 1), ("unknown", 1)]
    unread = duckdb.sql(f"FROM '{folder}/结果.unread.parquet'").fetchall()
    assert [row[:4] for row in unread] == [("人员.csv", 3, "是否在岗", "也许")]
    if form == "json":
        said = json.loads(output.read_text(encoding="utf-8"))
        assert said["found"] == len(found)
        assert said["requirements"]["cert-eligible-staff"]["outcomes"]["gap"] == 1
        assert [engine["name"] for engine in said["engines"]]
        assert said["refused"]["cert-60-hours"]
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(output.read_bytes()))
        assert book.sheetnames[:2] == ["总览", "最重的问题"]
        assert "R2" in {row[3].value for row in book["最重的问题"].iter_rows()}
    else:
        text = output.read_text(encoding="utf-8")
        assert f"要处理的{len(found)}项" in text
        assert "R2" in text


def test_wrong_use_says_what_to_do(folder: Path) -> None:
    """Broken by a format or an option that tables don't have and that is passed over."""
    assert (
        "按表核对没有 docx 这种格式"
        in _check(folder, "--format", "docx", "--output", "a.docx").output
    )
    before = folder / "上次.json"
    _check(folder, "--output", str(before))
    assert "不能用 --since 比" in _check(folder, "--since", str(before)).output
    settings(folder, "  执法人员: {file: 没有.parquet}")
    told = _check(folder)
    assert told.exit_code == ExitCode.WRONG_USE
    assert "文件夹里没有“没有.parquet”" in told.output


def test_settings_that_are_wrong_are_told(folder: Path) -> None:
    """Broken by a key of the settings that nobody reads and nobody hears of."""
    settings(folder, "  执法人员: {file: 人员.csv}", "jurisdicton: 河南")
    told = _check(folder)
    assert told.exit_code == ExitCode.UNREAD
    assert "设置有误：fazhi.yaml" in told.stdout
    assert "jurisdiction" in told.stdout
