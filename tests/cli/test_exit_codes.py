"""The table of what fails open and what closed: one test for each exit code it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main
from engine.judging.judge import ReferenceJudge
from engine.model.outcome import Outcome
from tests.conftest import ROOT, shut

HEAD = "决策编号,决策事项,承办单位,是否重大行政决策,集体讨论日期\n"
LEDGER = HEAD + "决1,停车收费,县住建局,是,2024-05-06\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def check(folder: Path, *more: object) -> Result:
    return run("check", folder, "--as-of", "2025-03-10", *more)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "重大行政决策台账.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path


def test_findings(office: Path) -> None:
    assert check(office).exit_code == ExitCode.FINDINGS


def test_nothing_to_act_on(office: Path) -> None:
    result = run("due", office, "--as-of", "2025-03-10")
    assert result.exit_code == ExitCode.CLEAN


def test_wrong_use(office: Path) -> None:
    assert check(office, "--profile", "没有的").exit_code == ExitCode.WRONG_USE
    assert run("check", office / "没有").exit_code == ExitCode.WRONG_USE


def test_a_file_that_cannot_be_read(office: Path) -> None:
    (office / "执法证件.xlsx").write_bytes(b"PK\x03\x04")
    result = check(office)
    assert result.exit_code == ExitCode.UNREAD
    assert "决1" in check(office, "--all").output


def test_a_missing_column(office: Path) -> None:
    result = check(office, "--format", "json")
    assert result.exit_code == ExitCode.FINDINGS
    assert '"outcome": "unknown"' in result.output.replace('":"', '": "')


def test_a_wrong_rule(office: Path, tmp_path: Path) -> None:
    local = tmp_path / "本地规则"
    local.mkdir()
    (local / "ruleset.yaml").write_text("- 不是\n", encoding="utf-8")
    result = check(office, "--rulesets", local)
    assert result.exit_code == ExitCode.RULESET_INVALID
    assert result.output.startswith("出错了：")


def test_rules_that_nobody_may_look_into(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by judging with what is left of the rules: less is asked, less is found."""
    shut(monkeypatch, "enforcement")
    result = check(office)
    assert result.exit_code == ExitCode.RULESET_INVALID
    assert result.output.startswith("出错了：")
    assert "enforcement：程序自己的文件读不了" in result.output


def test_nothing_to_check(tmp_path: Path) -> None:
    assert check(tmp_path).exit_code == ExitCode.NOTHING_CHECKED


def test_waivers_that_cannot_be_read(office: Path) -> None:
    """Broken by letting a waiver of last time, or of half a file, stand."""
    (office / "豁免.xlsx").write_bytes(b"PK\x03\x04")
    result = check(office)
    assert result.exit_code == ExitCode.UNREAD
    assert "已豁免" not in result.output


def test_engines_that_differ(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def met(_: object, requirements: Any, records: Any, *__: object) -> dict[str, Any]:  # noqa: ANN401
        return {r.id: [Outcome.MET] * len(records.get(r.subject, ())) for r in requirements}

    monkeypatch.setattr("engine.judging.rete.ReteJudge.judge", met)
    monkeypatch.setattr(ReferenceJudge, "judge", met)
    result = check(office)
    assert result.exit_code == ExitCode.FAILED
    assert "系统未核成" in result.output


def test_output_that_cannot_be_written(office: Path) -> None:
    result = check(office, "--output", office / "没有" / "结果.json")
    assert result.exit_code == ExitCode.NOT_WRITTEN


def test_every_code_stands_in_the_table() -> None:
    page = (ROOT / "docs" / "THREAT_MODEL.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.count("|") == 6]
    named = {row[4].strip() for row in rows}
    assert {str(int(code)) for code in ExitCode} <= named
    for row in rows:
        if "test_exit_codes.py::" in row[5]:
            name = row[5].strip().strip("`").rpartition("::")[2]
            assert name in globals(), name


def test_every_test_that_the_page_names_is_there() -> None:
    """Broken by a threat whose test was moved or never written."""
    import re  # noqa: PLC0415

    page = (ROOT / "docs" / "THREAT_MODEL.md").read_text(encoding="utf-8")
    missing = [
        found for found in re.findall(r"`(tests/[^`:]+)", page) if not (ROOT / found).exists()
    ]
    assert missing == []
