"""Every worked example of every requirement comes out as its author worked it out."""

from __future__ import annotations

import pytest

from engine.guard.examples import build, expected, outcomes_of, result
from engine.judging.judge import Judge, ReferenceJudge
from engine.judging.rete import ReteJudge, available
from engine.judging.sql import SqlJudge
from engine.model.workdays import WorkCalendar
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.records.load import load_schema
from tests.conftest import RULESETS

JUDGES: list[Judge] = [
    ReferenceJudge(),
    SqlJudge("sqlite"),
    SqlJudge("duckdb"),
    *([ReteJudge()] if available() else []),
]
IDS = sorted(load_ruleset(RULESETS, load_schema()).requirements)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_examples_come_out_as_worked_out(
    name: str, judge: Judge, ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    requirement = ruleset.requirements[name]
    examples = requirement.examples
    cases = [build(requirement, example, ruleset.schema, calendar) for example in examples]
    outcomes = outcomes_of(judge, requirement, cases)
    wrong = [
        f"第{number}例（{example.why}）：应为{example.outcome}，得到{outcome}"
        for number, (example, outcome) in enumerate(zip(examples, outcomes, strict=True), 1)
        if outcome is not example.outcome
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", IDS)
def test_severities_and_notes_come_out_as_worked_out(
    name: str, ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    requirement = ruleset.requirements[name]
    for number, example in enumerate(requirement.examples, 1):
        case = build(requirement, example, ruleset.schema, calendar)
        assert (number, result(requirement, example, case)) == (number, expected(example))
