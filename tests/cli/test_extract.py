"""`fazhi extract` on one report: Chinese for the clerk, every field for a program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import ExitCode, main

TEXT = (
    "某县关于2024年度法治政府建设情况的报告\n一、主要成效\n（一）严格执法\n"
    "截至10月31日，办理行政处罚案件700余件，其中对企业行政处罚案件20件。\n"
    "二、下一步打算\n案卷合格率不低于95%。\n"
)


def fazhi(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "2024年报.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_terminal_speaks_chinese(report: Path) -> None:
    shown = fazhi("extract", report).stdout
    assert "700余件（约数、截至10月31日）" in shown
    assert "行政处罚件数" in shown
    assert "未定，可能是：行政处罚件数" in shown
    assert "95%（目标）" in shown
    # no slug, no English
    assert not re.search("[a-z]{3}", shown)


def test_every_field_of_a_figure(report: Path) -> None:
    told = json.loads(fazhi("extract", report, "--format", "json").stdout)
    first, part, aim = told["figures"]
    start = TEXT.index("700余")
    assert {key: first[key] for key in ("value", "unit", "raw", "start", "end", "kind")} == {
        "value": 700,
        "unit": "件",
        "raw": "700余",
        "start": start,
        "end": start + 4,
        "kind": "result",
    }
    assert (first["min"], first["max"], first["time_scope"]) == (700, 799, "截至10月31日")
    assert first["sentence"].startswith("截至10月31日")
    assert told["sections"][first["section"]]["title"] == "严格执法"
    assert (part["indicator"], part["candidates"]) == (None, ["penalties_total"])
    assert (aim["kind"], aim["value"]) == ("target", 95)
    assert told["indicators"]["penalties_total"] == {"title": "行政处罚件数", "outline": "十四"}
    named = {slug for figure in told["figures"] for slug in figure.get("candidates", [])}
    named |= {figure["indicator"] for figure in told["figures"]} - {None}
    assert named == set(told["indicators"])


@pytest.mark.parametrize("content", ["", " \n\u3000\n"])
def test_a_file_without_text_is_not_a_report(tmp_path: Path, content: str) -> None:
    path = tmp_path / "空.txt"
    path.write_text(content, encoding="utf-8")
    result = fazhi("extract", path)
    assert result.exit_code == ExitCode.UNREAD
    assert "没有文字" in result.stderr
    assert not result.stdout


def test_a_report_without_figures_is_read(tmp_path: Path) -> None:
    path = tmp_path / "2024.txt"
    path.write_text("某县关于2024年度法治政府建设情况的报告\n各项工作有序推进。", encoding="utf-8")
    shown = fazhi("extract", path).stdout
    assert "数字0个" in shown
    # what was not written has no cause to be missing
    assert "没有写不足，也就没有写原因" in shown


PERSON = "11010519491231002X"


@pytest.mark.parametrize("unmask", [False, True])
def test_identity_numbers_are_hidden_everywhere_and_nothing_moves(
    tmp_path: Path,
    unmask: bool,  # noqa: FBT001
) -> None:
    """Fails if one of the outputs lets the number through, or its masking shifts a position."""
    path, copy = tmp_path / "2024年报.txt", tmp_path / "全文.txt"
    said = f"对张三（{PERSON}）立案处罚，全年办理行政处罚案件700件。\n"
    path.write_text(TEXT + said, encoding="utf-8")
    asked = ["--unmask"] if unmask else []
    shown = fazhi("extract", path, "--text", copy, *asked).stdout
    told = fazhi("extract", path, "--format", "json", *asked).stdout
    written = copy.read_text(encoding="utf-8")
    for output in (shown, told, written):
        assert (PERSON in output) is unmask
        assert "002X" in output
    figure = json.loads(told)["figures"][-1]
    assert figure["start"] == (TEXT + said).rindex("700")
    assert written[figure["start"] : figure["end"]] == figure["raw"] == "700"
