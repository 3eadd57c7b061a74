"""`fazhi checklist`: what people hold in their hands, of a decision, a document and a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from reporter.exit_code import ExitCode

FOLDER = str(Path(__file__).parent.parent.parent / "examples" / "qinglan")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["checklist", FOLDER, *arguments, "--as-of", "2025-03-10"])


@pytest.mark.parametrize(
    ("key", "lists", "line"),
    [
        ("决2024-03", ["重大行政决策送审、上会材料"], "☒ 缺　专家论证意见采纳情况"),
        ("青政规〔2024〕1号", ["规范性文件报备材料"] * 2, "☑ 有　起草说明（目的、依据、过程）"),
        ("青政规〔2025〕1号", ["规范性文件报备材料"], "☐ 不明　备案报告　台账栏：“报备材料”"),
        ("青罚〔2024〕67号", ["行政处罚案卷"], "☐ 不明　决定公示　台账栏：“处罚决定公开日期”"),
    ],
)
def test_each_of_the_three_has_its_list(key: str, lists: list[str], line: str) -> None:
    """A document's list stands once for each filing, and blank where nothing is filed yet."""
    shown = _run(key)
    assert shown.exit_code == ExitCode.UNREAD  # the example has cells that can't be read
    headings = [text.strip(" ─") for text in shown.stdout.splitlines() if text.startswith("──")]
    assert headings == [f"清单：{title}" for title in lists]
    assert line in shown.stdout
    found = json.loads(_run(key, "--format", "json").stdout)["checklists"]
    assert [one["title"] for one in found] == lists


def test_a_key_that_is_nowhere() -> None:
    found = _run("青罚〔2099〕1号")
    assert found.exit_code == ExitCode.WRONG_USE
    assert "没有“青罚〔2099〕1号”" in found.stderr
