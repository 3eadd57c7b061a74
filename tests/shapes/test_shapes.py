"""Each shape of duty parses, type-checks, and avoids the trap that it is named with.

`shapes.yaml` holds the shapes with their worked cases; every engine judges all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine.guard.examples import build, outcome_of
from engine.judging.judge import Judge, ReferenceJudge
from engine.judging.measure import Measurer
from engine.judging.reference import Frame, compile_expr
from engine.judging.rete import ReteJudge, available
from engine.judging.sql import SqlJudge
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.calendar import work_calendar
from facts.records.load import load_schema

SHAPES = yaml.safe_load(Path(__file__).with_name("shapes.yaml").read_text(encoding="utf-8"))
COVERED = "covered-by-other-requirements"
JUDGES: list[Judge] = [ReferenceJudge(), SqlJudge(), *([ReteJudge()] if available() else [])]


def _files() -> dict[str, str]:
    files = {
        "ruleset.yaml": "version: '1'\ntitle: 写法\n",
        "instruments.yaml": "LAW: {name: 某条例, from: 2000-01-01, read: full}\n",
        "parameters/somewhere.yaml": (
            "valid_months: {title: 有效期月数, periods: [{value: 60, confirmed: true}]}\n"
        ),
        "adjustments.yaml": (
            "township: {subject: decision, title: 参照, when: decision.maker_level == '乡镇', "
            "basis: [{instrument: LAW, article: 参照条款}]}\n"
        ),
        f"shapes/{COVERED}.yaml": yaml.safe_dump(
            {
                "id": COVERED,
                "title": COVERED,
                "kind": "covered",
                "subject": "decision",
                "severity": "major",
                "basis": [{"instrument": "LAW", "article": "一"}],
                "rationale": "neither a second copy nor silence",
                "covered_by": ["negative-conclusion-known-before-the-day"],
            }
        ),
    }
    for name, shape in SHAPES.items():
        written = {
            "id": name,
            "title": name,
            "basis": [{"instrument": "LAW", "article": "一"}],
            "severity": "major",
            "message": "没有做到",
            "remedy": "去做",
            **{key: value for key, value in shape.items() if key != "trap"},
            "rationale": shape["trap"],
        }
        files[f"shapes/{name}.yaml"] = yaml.safe_dump(written, allow_unicode=True)
    return files


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    folder = tmp_path_factory.mktemp("shapes")
    for name, text in _files().items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ruleset(folder, load_schema())


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str, judge: Judge, shapes: Ruleset) -> None:
    requirement = shapes.requirements[name]
    calendar = work_calendar()
    assert len(requirement.examples) >= 2
    found = []
    for example in requirement.examples:
        case = build(requirement, example, shapes.schema, calendar)
        found.append((example.why, outcome_of(judge, requirement, case)))
    assert found == [(example.why, example.outcome) for example in requirement.examples]


@pytest.mark.parametrize("name", SHAPES)
def test_severities_and_notes(name: str, shapes: Ruleset) -> None:
    requirement = shapes.requirements[name]
    for example in requirement.examples:
        case = build(requirement, example, shapes.schema, work_calendar())
        measurer = Measurer(requirement, case.world, case.year)
        if example.severity is not None:
            assert (example.why, measurer.severity(case.subject)) == (example.why, example.severity)
        if example.note is not None:
            note = requirement.texts[0].note
            assert note is not None
            said = compile_expr(note[0], case.world)(Frame({requirement.subject: case.subject}))
            assert (example.why, said is True) == (example.why, example.note)


def test_covered_by_other_requirements(shapes: Ruleset) -> None:
    """It is no requirement of its own, yet is on record with what covers it."""
    assert COVERED not in shapes.requirements
    assert shapes.covered[COVERED].covered_by == ("negative-conclusion-known-before-the-day",)


def test_every_trap_is_named() -> None:
    assert len(SHAPES) + 1 >= 25
    assert all(shape["trap"] and "examples" in shape for shape in SHAPES.values())
