"""After the outline's period every output says at its head that it is over, and what that lowers.

One folder with a decision, a document and a case; every command and every format in turn.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli import main
from tests.cli.promises.office import fazhi, text
from tests.reporter.golden import text_of

DECISIONS = "决策编号,决策事项,是否重大行政决策,拟上会日\n决1,停车收费,是,{}\n"
CASES = "案号,办案机关,适用程序,立案日期\n城罚〔2026〕1号,县城管局,普通程序,2026-03-02\n"
OVER = "《法治政府建设实施纲要（2021—2025年）》的规划期到2025-12-31为止，规则里还没有接续的文件"
LAST, AFTER = "2025-12-31", "2026-03-10"

OUTPUTS = [
    *(f"check {form}" for form in ("terminal", "markdown", "html", "docx", "xlsx", "blanks")),
    *(f"predecision {form}" for form in ("terminal", "markdown", "html", "docx", "xlsx", "blanks")),
    "check --all",
    "check oscal",
    "predecision oscal",
    "due terminal",
    "due ics",
    "timetable terminal",
    "checklist terminal",
    "explain",
    "diff",
]
IN_JSON = [
    f"{name} json" for name in ("check", "predecision", "due", "timetable", "checklist", "diff")
]
WITHOUT = {"extract", "replay", "rules", "serve", "setup", "template", "web"}
"""Commands that say nothing of a duty: figures, the same again, rules, empty ledgers, the page."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return text(
        tmp_path / "台账", {"重大行政决策.csv": DECISIONS.format("2026-03-30"), "案件.csv": CASES}
    )


def written(output: str, folder: Path, day: str) -> str:
    """What the command writes, as somebody reads it."""
    command, _, form = output.partition(" ")
    asked: list[str | Path] = [command]
    if command in ("explain", "diff"):
        kept = folder.parent / "结果.json"
        fazhi("check", folder, "--as-of", day, "--year", "2026", "--output", kept)
        asked += [kept, "dec-lead-unit", "决1"] if command == "explain" else [kept, kept]
        asked += ["--format", form] if form else []
        return fazhi(*asked).stdout.replace("\n        ", "")
    asked += [folder] + (["决1"] if command in ("predecision", "timetable", "checklist") else [])
    asked += ["--as-of", day, "--year", "2026"]
    asked += [form] if form.startswith("--") else ["--format", form]
    if form in ("html", "docx", "xlsx", "blanks"):
        out = folder.parent / f"写出.{form}"
        fazhi(*asked, "--output", out)
        content = out.read_bytes()
        return _shown(content.decode()) if form == "html" else text_of(content, form)
    return re.sub(r"\r?\n\s+", "", fazhi(*asked).stdout)


def _shown(page: str) -> str:
    """The text of a page, without its style."""
    return re.sub("<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_says_so_at_its_head(output: str, folder: Path) -> None:
    """Fails if an output says nothing, only half, or speaks of it while the outline lasts."""
    said = re.sub(r"\\(?=\W)", "", written(output, folder, AFTER))
    assert OVER in said
    assert "以下仍按期满的各节列示" in said
    assert said.index(OVER) < 1500 or output.endswith(("xlsx", "blanks"))


TABLES = "place: {name: 试县, level: 县级}\ntables:\n  重大行政决策: {file: 决策.csv}\n"


def over_tables(folder: Path, day: str, *asked: str) -> str:
    """What a command writes of a folder of tables."""
    rows = {"fazhi.yaml": TABLES, "决策.csv": DECISIONS.format("2026-03-30")}
    there = text(folder / "各表", rows)
    return fazhi(asked[0], there, "--as-of", day, "--year", "2026", *asked[1:]).stdout


@pytest.mark.parametrize(
    "asked", [("check",), ("check", "--format", "json"), ("sql", "--dialect", "postgres")]
)
def test_so_does_what_is_judged_over_tables(asked: tuple[str, ...], tmp_path: Path) -> None:
    """Fails if a survey of tables, or statements that are run elsewhere, say nothing of it."""
    named = "（2021—2025年）》的规划期到" if "json" not in asked else '"until": "2025-12-31"'
    assert named in over_tables(tmp_path / "后", AFTER, *asked)
    assert named not in over_tables(tmp_path / "前", LAST, *asked)


@pytest.mark.parametrize("output", IN_JSON)
def test_so_does_json(output: str, folder: Path) -> None:
    """Fails if a program that reads the result could not know."""
    period = json.loads(written(output, folder, AFTER))["period"]
    assert (period["until"], "2021—2025年" in period["name"]) == ("2025-12-31", True)
    assert isinstance(period["lowered"], list)


@pytest.mark.parametrize("output", ["check terminal", "checklist terminal", "explain", "diff"])
def test_none_does_while_it_lasts(output: str, tmp_path: Path) -> None:
    rows = {"重大行政决策.csv": DECISIONS.format("2025-12-31"), "案件.csv": CASES}
    assert OVER not in written(output, text(tmp_path / "台账", rows), LAST)


@pytest.mark.parametrize("output", ["check terminal", "predecision terminal", "timetable terminal"])
def test_a_meeting_after_it_is_an_act_after_it(output: str, folder: Path) -> None:
    """Checked while the outline lasts, for a meeting when it is over: the head says so as well."""
    assert OVER in written(output, folder, LAST)


def test_no_command_is_forgotten() -> None:
    """Fails if a command is added that is neither tried here nor said to judge nothing."""
    tried = {output.partition(" ")[0] for output in (*OUTPUTS, *IN_JSON)} | {"sql"}
    assert tried | WITHOUT == set(main.commands)
