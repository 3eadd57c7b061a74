"""`fazhi timetable`, and what README promises of the pre-decision check: 最早哪天可以."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from reporter.exit_code import ExitCode

ROOT = Path(__file__).parent.parent.parent
FOLDER = str(ROOT / "examples" / "qinglan")
DAY = ("--as-of", "2025-03-10")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_readme_promises_the_first_day_and_predecision_names_it() -> None:
    """决2024-12 lacks nothing but the opinion: by today, and the meeting is open tomorrow."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "最早哪天可以？" in readme
    shown = _run("predecision", FOLDER, "决2024-12", *DAY).stdout
    assert "提请集体讨论：最早 2025-03-11（在下列假定下）" in shown
    assert "2025-03-28 赶得上" in shown
    assert "合法性审查：合法性审查意见书为“届时的审查意见书”（未填写）" in shown


def test_a_decision_that_is_closed_says_why() -> None:
    """决2024-13: a notice of ten days and an opinion that says 不合法."""
    shown = _run("predecision", FOLDER, "决2024-13", *DAY).stdout
    assert "提请集体讨论：没有合法的日子，补材料也不行——公开征求意见期限" in shown
    assert "审查不合法不得上会" in shown
    assert "最早 20" not in shown


def test_the_filings_of_a_document() -> None:
    """Issued on 20 February: fifteen days were up on 7 March; thirty, on Saturday the 22nd."""
    found = _run("timetable", FOLDER, "青政规〔2025〕1号", *DAY, "--format", "json")
    assert found.exit_code == ExitCode.UNREAD  # the example has cells that can't be read
    (entry,) = json.loads(found.stdout)["timetables"]
    filed = {m["step"]: m["latest"] for m in entry["milestones"] if m["title"] == "备案日期"}
    assert filed == {"报上一级政府备案": "2025-03-07", "报同级人大常委会备案": "2025-03-24"}


def test_what_is_all_done_says_so(tmp_path: Path) -> None:
    out = tmp_path / "时间表.txt"
    found = _run(
        "timetable", FOLDER, "决2024-01", *DAY, "--format", "terminal", "--output", str(out)
    )
    assert found.exit_code == ExitCode.UNREAD  # the example has cells that can't be read
    assert out.read_text(encoding="utf-8") == "没有还要办的步骤：各步都办了，或者不属这套程序\n"


@pytest.mark.parametrize("key", ["决2099-01", "管理"])
def test_a_name_that_names_none_or_many(key: str) -> None:
    found = _run("timetable", FOLDER, key, *DAY)
    assert found.exit_code == ExitCode.WRONG_USE
    assert key in found.stderr
