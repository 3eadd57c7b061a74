"""The shipped requirements, judged by durable_rules alone and all together."""

from __future__ import annotations

import pytest

from engine.examples import build, outcome_of
from engine.judge import ReferenceJudge
from engine.rete import ReteJudge, available
from engine.ruleset.model import Ruleset
from engine.workdays import WorkCalendar

pytestmark = pytest.mark.skipif(not available(), reason="durable_rules is not installed")


def test_every_example(ruleset: Ruleset, calendar: WorkCalendar) -> None:
    for requirement in ruleset.requirements.values():
        for example in requirement.examples:
            case = build(requirement, example, ruleset.schema, calendar)
            outcomes = [outcome_of(j, requirement, case) for j in (ReteJudge(), ReferenceJudge())]
            assert outcomes[0] is outcomes[1], (requirement.id, example.why)


def test_all_requirements_together(ruleset: Ruleset, calendar: WorkCalendar) -> None:
    """One example of each requirement, under every requirement there is."""
    everything = list(ruleset.requirements.values())
    with_examples = [requirement for requirement in everything if requirement.examples]
    for requirement in with_examples[:: max(1, len(with_examples) // 20)]:
        case = build(requirement, requirement.examples[0], ruleset.schema, calendar)
        expected = ReferenceJudge().judge(everything, case.records, case.world, case.year)
        outcomes = ReteJudge().judge(everything, case.records, case.world, case.year)
        assert outcomes == expected, requirement.id
