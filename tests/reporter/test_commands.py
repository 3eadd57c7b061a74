"""A page speaks of its own pages and sections; commands are for the terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cli import main
from engine.model.assessment import StaleEntry, Staleness
from engine.model.shown import FactEntry
from reporter.formats import FORMATS
from tests.reporter.golden import text_of
from tests.reporter.sample import decision, sample
from tests.reporter.test_deadlines import deadline

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(rf"fazhi (?:{'|'.join(main.commands)})\b")
TERMINAL = ("reporter/terminal/", "reporter/rules/", "web/serve.py", "web/settings.py")
"""What is written to a terminal, or said to whoever starts the server."""
CLERKS = sorted(
    path
    for room in ("reporter", "web", "facts", "engine/explaining", "engine/assessing")
    for path in (ROOT / room).rglob("*")
    if path.suffix in (".py", ".j2") and not str(path.relative_to(ROOT)).startswith(TERMINAL)
)
TOLD = {
    "engine/assessing/replay.py",  # `fazhi replay`, which is a command's own answer
}


def said(path: Path) -> Iterator[str]:
    """Every text of a template or a module, without its docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".j2":
        yield re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        return
    tree = ast.parse(text)
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_no_text_of_a_page_names_a_command() -> None:
    """Broken by a page that sends a clerk, who has no terminal, to type something."""
    found = {
        f"{path.relative_to(ROOT)}：{match[0]}"
        for path in CLERKS
        if str(path.relative_to(ROOT)) not in TOLD
        for text in said(path)
        for match in COMMAND.finditer(text)
    }
    assert found == set()
    assert len(CLERKS) > 100


@pytest.mark.parametrize("form", ["html", "markdown", "docx", "xlsx", "blanks", "oscal"])
@pytest.mark.parametrize("of", [sample, decision], ids=["year", "decision"])
def test_no_document_names_a_command(form: str, of: object) -> None:
    """Of an assessment with all that is left for another place: later deadlines, many facts."""
    assert callable(of)
    made = of()
    many = tuple(
        FactEntry("decision", "决1", f"f{n}", f"栏{n}", "known", str(n), None, None)
        for n in range(40)
    )
    full = replace(
        made,
        outcomes=tuple(replace(e, evidence=(*e.evidence, *many)) for e in made.outcomes),
        deadlines=tuple(deadline(n % 28 + 1, f"决{n}", "公布", month=7 + n % 6) for n in range(90)),
        stale=(StaleEntry("甲法", tuple(Staleness), tuple(made.requirements)),),
    )
    text = text_of(FORMATS[form].render(full), form)
    text = re.sub(r"<style.*?</style>|<script.*?</script>", "", text, flags=re.DOTALL)
    assert COMMAND.findall(text) == []
    assert re.findall(r"(?<![\w-])--[a-z]{2,}", text) == []


def test_later_deadlines_stand_on_the_page_itself() -> None:
    """Broken by a page that counts what it doesn't show."""
    days = tuple(deadline(9, f"远{n}", "归档", month=7 + n) for n in range(1, 6))
    full = replace(sample(), deadlines=days)
    for form in ("html", "markdown", "xlsx"):
        text = text_of(FORMATS[form].render(full), form)
        assert [n for n in range(1, 6) if f"远{n}" not in text] == [], form
