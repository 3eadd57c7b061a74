"""One decision at its gates, for the day that is asked about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assessing.gates import at_gate, pass_gate
from engine.assessing.predecision import predecide
from engine.judging.run import Judged, Run
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from tests.engine.assessing.waivers.small import BLOCKING, decision, office, outcome, run_of

D = dt.date
DAY = D(2024, 6, 20)
SUBMIT = "submit-to-discussion"


@pytest.fixture
def run(tmp_path: Path, ruleset: Ruleset) -> Run:
    """An opinion of 10 June, a discussion on the 20th; looked at on the 1st."""
    return run_of(office(tmp_path, decision("决1", reviewed="2024-06-10")), ruleset, D(2024, 7, 1))


@pytest.mark.parametrize(
    ("day", "said", "text"),
    [
        (None, Outcome.MET, "2024年6月20日"),
        (D(2024, 6, 11), Outcome.MET, "2024年6月11日"),
        (D(2024, 6, 9), Outcome.GAP, "2024年6月9日"),  # the meeting before the opinion
    ],
)
def test_a_day_asked_about_stands_in_for_the_ledgers(
    run: Run, ruleset: Ruleset, day: dt.date | None, said: Outcome, text: str
) -> None:
    entry = outcome(predecide(ruleset, run, "决1", day), BLOCKING, "决1")
    assert entry.outcome is said
    [held] = (fact for fact in entry.evidence if fact.field == "discussion.held_on")
    assert held.value == text


def test_a_gate_takes_its_day_as_come_and_nothing_else(run: Run, ruleset: Ruleset) -> None:
    gate = ruleset.gates[SUBMIT]
    [gated] = pass_gate(ruleset, run, gate, run.records["decision"])
    assert gated.run.world.assumed == {("decision", "discussion.held_on")}
    assert gated.day == DAY
    [gated] = pass_gate(ruleset, run, replace(gate, assumes=None), run.records["decision"])
    assert gated.run.world.assumed == frozenset()
    assert gated.day is None


def test_a_gate_whose_requirements_were_not_judged_is_not_shown(run: Run, ruleset: Ruleset) -> None:
    assert at_gate(ruleset, run, ruleset.gates[SUBMIT], Judged({}, ())) == []
