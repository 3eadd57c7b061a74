"""A seeded city through the whole pipeline: every planted fault found, nothing else found."""

from __future__ import annotations

import ast
import copy
import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.ruleset.model import Ruleset
from tests.conftest import ROOT, RULESETS
from tests.law.city.build import cities, many, small
from tests.law.city.case import DOUBTFUL
from tests.law.city.law import ENDING, scripts
from tests.law.pipeline.cityrun import Checked, check, compared, told, where

NIGHTLY_FAULTS = 10_000
ALLOWED = {"openpyxl", "yaml", "tests"}


def test_every_requirement_is_broken_or_says_why_it_can_not_be(ruleset: Ruleset) -> None:
    """Fails if a requirement is added without a script or a reason; `rules lint` says so too."""
    broken = {s.requirement for s in scripts() if any(kind.is_fault for kind in s.kinds)}
    unplanted = {s.requirement for s in scripts() if s.unplanted}
    shipped = {*ruleset.requirements, *ruleset.covered}
    assert sorted(shipped) == sorted({*broken, *unplanted})
    assert not broken & unplanted


@pytest.fixture(scope="module")
def cities_checked() -> list[Checked]:
    """Every kind of fault once, through the whole pipeline."""
    return [check(city) for city in cities(seed=20260101)]


def test_a_city_is_told_by_exactly_its_planted_faults(cities_checked: list[Checked]) -> None:
    """Fails if one planted gap is missed, one lawful matter reported, or one near-miss."""
    for checked in cities_checked:
        assert told(checked) == []
    planted = {fault.requirement for checked in cities_checked for fault in checked.city.faults}
    wanted = {s.requirement for s in scripts() if s.unplanted is None}
    early = "种不到：只有一件的事（如领导职责），问题要写在 planted 的前三项里"
    assert [f"{where(name)}：{early}" for name in sorted(wanted - planted)] == []


@pytest.mark.nightly
def test_ten_thousand_planted_faults() -> None:
    """The long profile: seeds until ten thousand faults are planted, none missed, none false."""
    planted = 0
    for city in many(NIGHTLY_FAULTS):
        assert told(check(city)) == []
        planted += len(city.faults)
    assert planted >= NIGHTLY_FAULTS


def test_the_comparison_sees_a_missed_and_a_false_one(cities_checked: list[Checked]) -> None:
    """Fails if the comparison were blind: one fault undeclared, one declared in vain."""
    city, assessment = copy.deepcopy(cities_checked[-1].city), cities_checked[-1].assessment
    hidden = city.faults.pop()
    city.faults.append(dataclasses.replace(hidden, outcome=DOUBTFUL))
    checked = compared(city, assessment)
    assert checked.missed == [(hidden.requirement, hidden.record, DOUBTFUL)]
    assert checked.false_alarms == [(hidden.requirement, hidden.record, hidden.outcome)]


def test_what_is_wrong_is_told_with_the_file_to_edit(cities_checked: list[Checked]) -> None:
    """Fails if a newcomer would be told that something is wrong, but not where to write it."""
    city, assessment = copy.deepcopy(cities_checked[-1].city), cities_checked[-1].assessment
    hidden = city.faults.pop()
    city.faults.append(dataclasses.replace(hidden, outcome=DOUBTFUL))
    near = city.harmless[0]
    city.harmless[0] = dataclasses.replace(near, outcome=DOUBTFUL)
    checked = compared(city, assessment)
    checked.lost = ["台账.xlsx〔台账〕A1 长期"]
    at = f"{hidden.record} {hidden.outcome}"
    advice = "没有种而报出：台账怎样记才合规，写进它的 lawful；是别处的错带出的，写进那一处的 also"
    assert told(checked) == [
        "没读进来：台账.xlsx〔台账〕A1 长期",
        f"{where(hidden.requirement)}：种下而没有报出：{hidden.record} {DOUBTFUL}",
        f"{where(hidden.requirement)}：{at}，{advice}",
        f"{where(near.requirement)}：“{near.kind}”应是{DOUBTFUL}，得到{near.outcome}",
    ]


def test_the_same_seed_builds_the_same_city() -> None:
    one, other = small(5, 1), small(5, 1)
    assert one.rows() == other.rows()
    assert one.rows() != small(6, 1).rows()


def test_of_the_rulesets_only_what_is_expected_is_read(tmp_path: Path) -> None:
    """Fails if a script could see what its requirement, or any other file of the rules, says."""
    for path in RULESETS.glob(f"*/*{ENDING}"):
        target = tmp_path / path.relative_to(RULESETS)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    assert scripts(tmp_path) == scripts()


def test_kinds_of_a_requirement_are_told_apart() -> None:
    """Fails if two kinds bear one name: a table of what was found would count them as one."""
    for script in scripts():
        names = [(kind.name, kind.is_fault) for kind in script.kinds]
        assert len(names) == len(set(names)), where(script.requirement)


def test_the_scripts_know_only_the_standard_library_and_themselves() -> None:
    """Fails on any import of the program, or of another library, in the package's own text."""
    for path in sorted((ROOT / "tests" / "law" / "city").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )  # fmt: skip
            for name in names:
                first = name.partition(".")[0]
                assert first in ALLOWED | sys.stdlib_module_names, f"{path.name}: {name}"
                assert first != "tests" or name.startswith("tests.law.city"), f"{path.name}: {name}"


@pytest.mark.parametrize(
    "line", ["import engine.model.outcome", "from rulesets import x", "import cli"]
)
def test_import_linter_refuses_the_program_in_the_city(line: str, tmp_path: Path) -> None:
    """The real contract on a copy of the packages with one forbidden import added."""
    for name in ("commands", "engine", "facts", "reporter", "web", "tests/law/city"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "cli.py", "opening.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests/law/city/peeks.py").write_text(f"{line}\n", encoding="utf-8")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    linted = subprocess.run(
        [*command, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert "tests.law.city.peeks" in linted.stdout
