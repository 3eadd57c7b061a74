"""What is written and read again is what it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from engine.assessing.assess import assess
from engine.judging.judge import ReferenceJudge
from engine.model.assessment_json import from_json, to_json
from engine.model.workdays import WorkCalendar
from engine.ruleset import store
from engine.ruleset.frozen import Later
from engine.ruleset.load import EXPECTED, load_ruleset
from engine.ruleset.model import Requirement, Ruleset
from tests.agreement.differential import comparison as c
from tests.conftest import RULESETS
from tests.runs import a_run

KEY = hashlib.sha256(b"round trip").digest()


def test_a_ruleset_stored_judges_as_before(ruleset: Ruleset, calendar: WorkCalendar) -> None:
    """Broken by an expression, a window or a number that does not survive being stored."""
    again = store.load(store.dump(ruleset, KEY), KEY)
    assert again is not None
    assert dict(again.requirements) == dict(ruleset.requirements)
    material = c.shipped(5, ruleset, calendar, 0.03)
    given = material.records, material.world, material.year
    judge = ReferenceJudge()
    assert judge.judge(list(again.requirements.values()), *given) == judge.judge(
        list(ruleset.requirements.values()), *given
    )


def lineless(ruleset: Ruleset) -> dict[str, Requirement]:
    """The requirements but for the lines that their examples stand in."""
    return {
        name: replace(
            requirement,
            worked=Later(tuple(one.model_copy(update={"line": 0}) for one in requirement.examples)),
        )
        for name, requirement in ruleset.requirements.items()
    }


def test_a_ruleset_written_anew_is_the_same_ruleset(ruleset: Ruleset, tmp_path: Path) -> None:
    """Broken by a meaning that hangs on how YAML is spelled or in what order keys stand."""
    for path in RULESETS.rglob("*.yaml"):
        if path.name.endswith(EXPECTED):
            continue
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        target = tmp_path / path.relative_to(RULESETS)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(plain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        target.write_text(text.replace("&id", "& id"), encoding="utf-8")
    again = load_ruleset(tmp_path, ruleset.schema)
    assert lineless(again) == lineless(ruleset)
    assert again.gates == ruleset.gates
    assert again.profiles == ruleset.profiles


@pytest.mark.rounds(2, nightly=6)
def test_an_assessment_is_read_back_as_it_was(
    rounds: int, ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    """Broken by a value that JSON turns into another: a day, a decimal, an empty text."""
    for seed in range(rounds):
        material = c.shipped(seed, ruleset, calendar, 0.01)
        few = dict(list(ruleset.requirements.items())[seed :: max(1, 30 // rounds)])
        part = replace(ruleset, requirements=few, gates={}, profiles={})
        run = a_run(material.records, material.world, material.year, explain_all=True)
        assessment = assess(part, run)
        text = to_json(assessment)
        assert from_json(text) == assessment
        assert to_json(from_json(text)) == text
        assert json.loads(text)["outcomes"]
