"""`fazhi rules currency`, and the head of an assessment after the outline's period."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli import ExitCode
from tests.cli.promises.office import fazhi, text

ROWS = "决策编号,决策事项,是否重大行政决策,出台日期\n决1,停车收费,是,{}\n"
OVER = "《法治政府建设实施纲要（2021—2025年）》的规划期到2025-12-31为止"


def test_the_texts_to_look_up() -> None:
    run = fazhi("rules", "currency", "--as-of", "2026-11-29")
    assert run.exit_code == ExitCode.CLEAN
    assert "没有读到原文" in run.stdout
    assert "涉企检查主体和事项〔enf-inspection-basis〕" in run.stdout
    assert "公平竞争审查条例实施办法》国家市场监督管理总局令第99号（未读原文" in run.stdout
    later = fazhi("rules", "currency", "--as-of", "2027-11-30").stdout
    assert "过了核对期（365日没有核对过）：51部" in later
    assert "以前的文本靠着它的5条：" in later


@pytest.mark.parametrize("command", ["check", "due"])
@pytest.mark.parametrize(("day", "over"), [("2025-12-31", False), ("2026-03-10", True)])
def test_after_the_outline_the_head_says_so(
    tmp_path: Path, command: str, day: str, *, over: bool
) -> None:
    """Fails if what is over, what isn't known or what that lowers were cut off."""
    folder = text(tmp_path, {"重大行政决策.csv": ROWS.format(day)})
    said = fazhi(command, folder, "--year", day[:4], "--as-of", day).stdout.replace(
        "\n        ", ""
    )
    assert (f"{OVER}，规则里还没有接续的文件" in said) is over
    assert ("条要求降为提示" in said) is over
