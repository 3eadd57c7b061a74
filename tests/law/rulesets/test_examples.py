"""Every worked example of every requirement comes out as its author worked it out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import islice

import pytest

from engine.guard.examples import Case, cases_of, expected, outcomes_of, result
from engine.judging.judge import Judge, ReferenceJudge
from engine.judging.rete import ReteJudge, available
from engine.judging.sql import SqlJudge
from engine.model.outcome import Outcome
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


Cases = dict[str, list[Case]]
"""The examples of every requirement, in their order."""


@pytest.fixture(scope="module")
def cases(ruleset: Ruleset, calendar: WorkCalendar) -> Cases:
    return {
        name: cases_of(one, ruleset.schema, calendar) for name, one in ruleset.requirements.items()
    }


@pytest.fixture(scope="module")
def told(ruleset: Ruleset, cases: Cases) -> Callable[[Judge], dict[str, list[Outcome]]]:
    """What a judge says of every example: all that are of one day and place in one run."""

    @cache
    def of(judge: Judge) -> dict[str, list[Outcome]]:
        asked = [(ruleset.requirements[name], case) for name in IDS for case in cases[name]]
        outcomes = iter(outcomes_of(judge, asked))
        return {name: list(islice(outcomes, len(cases[name]))) for name in IDS}

    return of


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
def test_examples_come_out_as_worked_out(
    name: str, judge: Judge, ruleset: Ruleset, told: Callable[[Judge], dict[str, list[Outcome]]]
) -> None:
    examples, outcomes = ruleset.requirements[name].examples, told(judge)[name]
    wrong = [
        f"第{number}例（{example.why}）：应为{example.outcome}，得到{outcome}"
        for number, (example, outcome) in enumerate(zip(examples, outcomes, strict=True), 1)
        if outcome is not example.outcome
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", IDS)
def test_severities_and_notes_come_out_as_worked_out(
    name: str, ruleset: Ruleset, cases: Cases
) -> None:
    requirement = ruleset.requirements[name]
    pairs = zip(requirement.examples, cases[name], strict=True)
    for number, (example, case) in enumerate(pairs, 1):
        assert (number, result(requirement, example, case)) == (number, expected(example))
