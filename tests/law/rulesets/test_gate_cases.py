"""Both gates on worked decisions: every state, and each kind of decision that is special."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.assessing.gates import pass_gate
from engine.assessing.subjects import with_day
from engine.guard.examples import build
from engine.language.vocabulary import MANUAL
from engine.model.outcome import Outcome
from engine.model.strict_yaml import load_yaml
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset
from tests.runs import a_run

_FILE = Path(__file__).with_name("gate_cases.yaml")
_CASES: Any = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)


@pytest.mark.parametrize("case", _CASES["cases"], ids=lambda case: case["why"])
def test_gate(case: dict[str, Any], ruleset: Ruleset, calendar: WorkCalendar) -> None:
    whole = _CASES["whole"]
    gate = ruleset.gates[case["gate"]]
    assert gate.assumes is not None
    as_of = case.get("as_of", case["day"])
    given = {**whole["given"], **case.get("with", {})}
    example = Example(outcome=Outcome.MET, as_of=as_of, given=given, place=whole["place"])
    built = build(ruleset.requirements[gate.classification], example, ruleset.schema, calendar)
    for name, answer in case.get("answers", whole["answers"]).items():
        built.subject.values[MANUAL + name] = answer
    subject = with_day(built.subject, gate.assumes, case["day"])
    run = a_run(built.records, built.world, built.year)
    (gated,) = pass_gate(ruleset, run, gate, [subject])
    found = {standing.requirement: standing.outcome.value for standing in gated.result.standing}
    assert gated.result.state.value == case["state"], found
    if "deciding" in case:
        assert [s.requirement for s in gated.result.deciding] == case["deciding"], found
