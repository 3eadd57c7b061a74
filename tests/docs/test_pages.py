"""Docs are tested: generated pages are current, commands shown run, the how-tos can be followed."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from docs.generate import pages, stale
from tests.conftest import ROOT
from tests.docs.test_readme import COMMANDS, JUDGED
from tests.web.served import Served, fazhi

PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").rglob("*.md"))]
LEFT_OUT = ("dec-example-", "试一试", "空白台账", "我市", "rules verify", "coverage --mutants")
"""What the pages add to a copy of the tree (`test_followed.py`) or keep in a folder of their own
(`test_local_rules.py`); proofs and mutants, nightly."""


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def commands() -> list[str]:
    """Every fazhi command shown in a shell block, in the order of the pages."""
    found = []
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                code = line.partition("  #")[0].strip()
                if code.startswith(("fazhi ", ".venv/bin/fazhi ")):
                    found.append(code)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("path", sorted(pages()), ids=lambda path: path.name)
def test_generated_pages_are_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages()[path], "运行 python docs/generate.py"


def test_no_page_is_left_of_a_requirement_that_is_no_more() -> None:
    assert not stale(), "运行 python docs/generate.py"


def test_show_is_the_page() -> None:
    for name in ("dec-fair-competition", "dec-legality-three-aspects", "dec-dept-township"):
        shown = CliRunner().invoke(main, ["rules", "show", name])
        assert shown.exit_code == ExitCode.CLEAN
        page = ROOT / "docs" / "requirements" / "decision" / f"{name}.md"
        assert shown.stdout == page.read_text(encoding="utf-8")


def test_every_command_shown_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those in README's list of commands are run in `test_readme.py`."""
    monkeypatch.chdir(tmp_path)
    # Hundreds of officers, judged whole elsewhere, would only make each command slower.
    without = shutil.ignore_patterns("执法*")
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=without)
    listed = {command for command, _ in COMMANDS}
    assert listed < set(commands())
    rest = [command for command in commands() if command not in listed]
    shown = [command for command in rest if not any(name in command for name in LEFT_OUT)]
    assert shown
    for command in shown:
        arguments = shlex.split(command)[1:]
        if arguments[0] == "serve":
            Served(*arguments[1:], cwd=tmp_path).stop()
            continue
        if arguments[0] == "web":  # settings of its own, which a process has once
            told = fazhi(*arguments, cwd=tmp_path)
            assert told.returncode == ExitCode.CLEAN, f"{command}\n{told.stderr}"
            continue
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code in JUDGED, f"{command}\n{result.output}"
        assert "出错了" not in result.stderr, f"{command}\n{result.output}"


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_folder_and_module_of_tests_that_is_named_exists() -> None:
    """Broken by tests that move and a page that still sends people where they were."""
    named = {
        (page.name, found)
        for page in [*PAGES, ROOT / "CONTRIBUTING.md"]
        for found in re.findall(r"(?<![\w/])tests/[\w/.-]*\w/?", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert sorted((page, found) for page, found in named if not (ROOT / found).exists()) == []


def test_one_word_per_page_title() -> None:
    titles = [page.read_text(encoding="utf-8").splitlines()[0] for page in PAGES]
    assert all(title.startswith("# ") for title in titles)
    assert len(set(titles)) == len(titles)


def test_what_is_skipped_says_why_in_chinese() -> None:
    """Broken by a reason in another language, or by none: what isn't there has to be said."""
    skips = [
        (path.name, ast.unparse(node))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"skip", "skipif", "importorskip"}
    ]
    assert len(skips) > 15
    assert [skip for skip in skips if not re.search("[\u4e00-\u9fff]", skip[1])] == []
