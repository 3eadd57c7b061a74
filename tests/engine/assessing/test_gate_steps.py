"""Every requirement that a gate stands on is a step of it, whatever decided the gate."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from engine.assessing.assess import assess
from engine.assessing.gates import GateShower, pass_gate
from engine.explaining.detail import Detailer
from engine.explaining.words import Words
from engine.judging.run import Run
from engine.model.assessment import OutcomeEntry
from engine.model.gate import GateEntry, StepState
from engine.model.values import ABSENT, NEEDS_PERSON, Cause, Record
from tests.engine.small import BLANK, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
RULES = ruleset(
    {"id": "a-class", "supplier": "甲局"},
    {"id": "b-wrong", "require": "thing.n >= 5"},
    {"id": "c-paper", "require": "has(thing.word)", "due": "thing.on", "evidence": ["thing.word"]},
    {"id": "d-told", "require": "thing.m >= 5"},
    {"id": "e-beside", "applies": "thing.n > 100", "require": "thing.m >= 5"},
    {"id": "f-asked", "kind": "manual", "require": None, "evidence": ["thing.start"],
     "due": "thing.on"},
    {"id": "g-part", "subject": "part", "act_on": "part.on", "require": "part.ok"},
    {"id": "h-doubt", "require": "thing.n >= 5", "lenient": "thing.n >= 1"},
    gates="""
sign:
  title: 签发
  subject: thing
  classification: a-class
  assumes: 'on'
  requirements: [b-wrong, c-paper, d-told, e-beside, f-asked, g-part, h-doubt]
""",
)  # fmt: skip
WORDS = Words(RULES.schema, unmask=False, parameters={})


def a_thing(*oks: bool, closed: bool = True, **facts: Fact) -> Record:
    """A thing to be signed on 20 July 2024 of which a paper and the number m are not there yet."""
    given: dict[str, Fact] = {
        "flag": True, "start": D(2024, 5, 1), "on": D(2024, 7, 20), "n": 3, "word": BLANK,
        "m": BLANK, **facts,
    }  # fmt: skip
    record = replace(thing(**given), key="1")
    return parts(record, *({"ok": ok, "on": D(2024, 5, 2)} for ok in oks), closed=closed)


def at_gate(record: Record) -> GateEntry:
    """The gate for the thing, on 30 June 2024."""
    nested = list(record.elements("parts").items)
    run: Run = a_run({"thing": [record], "part": nested}, world(), 2024)  # type: ignore[dict-item]
    (gated,) = pass_gate(RULES, run, RULES.gates["sign"], [record])
    return GateShower(RULES, WORDS).entry(gated)


def states(gate: GateEntry) -> list[tuple[str, str, str, bool]]:
    """Each step: requirement, nested record, state, whether it decides."""
    return [(s.requirement, s.record, s.state.value, s.decides) for s in gate.steps]


def test_each_requirement_is_a_step_and_what_decides_is_marked() -> None:
    """Fails if the gap that closes the gate could hide what else is wanting."""
    gate = at_gate(a_thing(True, False))
    assert gate.state == "closed"
    assert states(gate) == [
        ("a-class", "", "done", False),
        ("b-wrong", "", "wrong", True),
        ("c-paper", "", "todo", False),
        ("d-told", "", "untold", False),
        ("e-beside", "", "not_asked", False),
        ("f-asked", "", "person", False),
        ("g-part", "“分1”", "done", False),
        ("g-part", "“分2”", "wrong", True),
        ("h-doubt", "", "person", False),
    ]
    assert gate.deciding == ("b-wrong", "g-part")


def test_a_step_says_by_when_and_what_it_waits_for() -> None:
    steps = {step.requirement: step for step in at_gate(a_thing(True)).steps}
    assert (steps["c-paper"].due, steps["d-told"].due) == (D(2024, 7, 20), None)
    waiting = {name: [(m.field, m.cause) for m in step.missing] for name, step in steps.items()}
    assert waiting == {
        "a-class": [], "b-wrong": [], "e-beside": [], "g-part": [], "h-doubt": [],
        "c-paper": [("word", Cause.BLANK)], "d-told": [("m", Cause.BLANK)],
        "f-asked": [("manual:f-asked", Cause.NEEDS_PERSON)],
    }  # fmt: skip


def test_what_may_be_unread_of_a_list_is_a_step_that_can_not_be_told() -> None:
    """Fails if a part that wasn't read could be no step at all."""
    (step,) = [s for s in at_gate(a_thing(closed=False)).steps if s.requirement == "g-part"]
    assert (step.state, step.record) == (StepState.UNTOLD, "")
    assert [(m.field, m.cause) for m in step.missing] == [("parts", Cause.OPEN_LIST)]


def test_a_question_that_is_too_early_is_still_to_do() -> None:
    """Fails if a question nobody can answer yet could leave a gate that waits to a person."""
    early = a_thing(True, n=9, m=9)
    early.values["manual:f-asked"] = ABSENT
    gate = at_gate(early)
    assert gate.state == "waiting"
    assert [s.requirement for s in gate.steps if s.state is StepState.TODO] == [
        "c-paper", "f-asked",
    ]  # fmt: skip
    asked = a_thing(True, n=9, m=9)
    asked.values["manual:f-asked"] = NEEDS_PERSON
    assert at_gate(asked).state == "undetermined"


def test_what_an_outcome_waits_for_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by steps that differ from those of a gate alone, or by explaining a record twice."""
    record = a_thing(True, False, on=D(2024, 6, 1))
    nested = list(record.elements("parts").items)
    run: Run = a_run({"thing": [record], "part": nested}, world(), 2024)  # type: ignore[dict-item]
    explained: list[tuple[str, str, str]] = []
    honest = Detailer._explained

    def counted(self: Detailer, entry: OutcomeEntry, *rest: Any, **more: Any) -> OutcomeEntry:  # noqa: ANN401
        explained.append((entry.requirement, entry.subject_type, entry.subject_key))
        return honest(self, entry, *rest, **more)

    monkeypatch.setattr(Detailer, "_explained", counted)
    (gate,) = assess(RULES, run).gates
    assert len(explained) == len(set(explained)) > 3
    assert gate == at_gate(record)
    assert {step.state.value for step in gate.steps} >= {"wrong", "untold", "not_asked"}
