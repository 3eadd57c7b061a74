"""The two pages for whoever comes next, followed to the letter in a copy of the tree.

Every block of the section is done in the order of the page: a file is written, lines are added,
commands are run as they stand. Nothing is edited but what the page says.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT

HOME = (
    "benchmarks", "cli.py", "commands", "docs", "engine", "examples", "facts", "opening.py",
    "pyproject.toml", "reporter", "rulesets", "tables", "tests", "web", "README.md", "README.en.md",
    "CHANGELOG.md", "CONTRIBUTING.md",
)  # fmt: skip
BLOCK = re.compile(r"([^\n]*)\n\n```(\w+)\n(.*?)```", re.DOTALL)
WRITE, ADD = re.compile(r"写进 `([^`]+)`[^`]*：$"), re.compile(r"加进 `([^`]+)` 末尾[^`]*：$")
VENV = ".venv/bin/"


def steps(page: str, heading: str) -> list[tuple[str, str, str]]:
    """What a section has one do: `write` or `add` with a path and lines, `run` with commands."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    section = text.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    found = []
    for before, language, body in BLOCK.findall(section):
        if language == "sh":
            found.append(("run", "", body))
        elif (place := WRITE.search(before)) is not None:
            found.append(("write", place[1], body))
        else:
            place = ADD.search(before)
            assert place is not None, f"{page}：说不清写到哪里：{before}"
            found.append(("add", place[1], body))
    return found


class Newcomer:
    """A copy of the tree, and somebody who does what a page says in it."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "fazhi"
        self.tree.mkdir()
        ignore = shutil.ignore_patterns("__pycache__", ".hypothesis", "mutants")
        for name in HOME:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.tree / name, ignore=ignore)
            elif source.exists():
                shutil.copy(source, self.tree / name)
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(self.tree),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }

    def follow(self, page: str, heading: str) -> list[str]:
        """Do all of a section; what the commands said, one after the other."""
        said = []
        for what, path, body in steps(page, heading):
            if what == "run":
                said += [self.run(line) for line in body.splitlines()]
                continue
            target = self.tree / path
            target.parent.mkdir(exist_ok=True)
            with target.open("a" if what == "add" else "w", encoding="utf-8") as file:
                file.write(body)
        return said

    def run(self, line: str) -> str:
        """One command as it is printed; it must end as the page says, or well."""
        command, _, remark = line.partition("  #")
        ends = re.search(r"退出码 (\d)", remark)
        code, said = self.ended(command)
        assert code == (int(ends[1]) if ends else 0), f"{command}\n{said}"
        return said

    def ended(self, command: str) -> tuple[int, str]:
        """How a command ended, and all it said."""
        first, *rest = shlex.split(command)
        assert first.startswith(VENV), command
        name = first.removeprefix(VENV)
        program = {
            "python": [sys.executable],
            "fazhi": [sys.executable, "-m", "cli"],
            "pytest": [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider"],
        }[name]
        done = subprocess.run(
            [*program, *rest], cwd=self.tree, env=self.environment, check=False, text=True,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    return Newcomer(tmp_path)


def test_a_requirement_is_added_by_the_page(newcomer: Newcomer) -> None:
    """Broken by anything besides the YAML of the page that a new requirement would need."""
    said = newcomer.follow("add-a-requirement.md", "## 照着做一遍")
    assert "没有发现问题" in said[0]
    page = newcomer.tree / "docs/requirements/decision/dec-example-notice.md"
    assert said[1] == page.read_text(encoding="utf-8")
    assert said[3].splitlines() == [
        "dec-example-notice 种了2处：会前一日才出意见；会前恰好两日",
        "该报的都报了，没有多报",
    ]
    tables = (newcomer.tree / "examples/README.md").read_text(encoding="utf-8")
    assert tables.count("| dec-example-notice | 决2024-") == 3


def test_a_record_type_is_added_by_the_page(newcomer: Newcomer) -> None:
    """Broken by anything besides the YAML of the page that a new ledger would need."""
    said = newcomer.follow("ledgers.md", "### 照着做一遍")
    assert "没有发现问题" in said[0]
    (book,) = (newcomer.tree / "空白台账").glob("*政府合同*.xlsx")
    sheet = openpyxl.load_workbook(book).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["合同编号", "合同名称", "签订日期", "合同审查日期"]
    assert "合2" in said[2]
    assert "合1" not in said[2]
    assert said[4].splitlines() == [
        "dec-example-contract 种了3处：没有审查；签订当日才审查；前一日审查",
        "该报的都报了，没有多报",
    ]
