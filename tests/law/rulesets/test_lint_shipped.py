"""The shipped ruleset under lint; ids that were given once stay, and changes are written down."""

from __future__ import annotations

from click.testing import CliRunner

from cli import ExitCode, main
from engine.guard.lint.ids import misused
from engine.guard.pages import coverage
from engine.ruleset.model import Ruleset
from tests.conftest import ROOT


def test_no_id_disappears_or_changes_its_meaning(ruleset: Ruleset) -> None:
    assert [str(item) for item in misused(ruleset) if not item.message.startswith("新的 id")] == []


def test_withdrawn_and_renamed_ids_stand_in_the_changelog(ruleset: Ruleset) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    changed = [name for name, entry in ruleset.ids.items() if entry.withdrawn or entry.was]
    assert [name for name in changed if name not in changelog] == []


def test_the_shipped_ruleset_has_no_complaint(ruleset: Ruleset) -> None:
    """By the command, which says what it looked at and ends with its code."""
    result = CliRunner().invoke(main, ["rules", "lint"])
    whole = len(ruleset.requirements) + len(ruleset.covered)
    assert result.stdout.splitlines() == [f"查了{whole}条要求，没有发现问题"]
    assert result.exit_code == ExitCode.CLEAN


def test_coverage_names_every_requirement_and_every_section(ruleset: Ruleset) -> None:
    result = CliRunner().invoke(main, ["rules", "coverage"])
    assert result.exit_code == ExitCode.CLEAN
    text = "".join(line.strip() for line in result.stdout.splitlines())
    assert [name for name in ruleset.domains if name not in text] == []
    assert [n for n, s in ruleset.outline.items() if n + s.title not in text] == []
    assert len(ruleset.outline) == 35
    held = {n for r in ruleset.requirements.values() for n in r.file.outline}
    held |= {n for file in ruleset.covered.values() for n in file.outline}
    assert {n for n, s in ruleset.outline.items() if not s.reason} == held, "a reason or a rule"
    titles = [i.name.strip("《》") for i in ruleset.instruments.values()]
    assert [title for title in titles if title not in text] == []


def test_articles_stand_in_the_order_people_count_them() -> None:
    wanted = ["二（四）", "第三条", "第十条", "第十一条", "第二十五条第（二）项", "第一百零三条"]
    assert sorted(sorted(wanted), key=coverage._order) == wanted
