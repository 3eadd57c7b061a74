"""A gate that waits names what is still to be done, not the meeting of an earlier gate."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.gate_states import GateState, Standing
from engine.assessing.gates import Gated, GateShower, at_gate, pass_gate, standing_on
from engine.explaining.words import Words
from engine.judging.run import Run, judge
from engine.model.gate import GateStep, StepState
from engine.model.outcome import Outcome
from engine.model.values import Record, Source
from engine.ruleset.model import Ruleset
from tests.engine.small import BLANK, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
LATER = D(2024, 7, 20)
PENDING = Outcome.PENDING

GATES = """
meet: {title: 会, subject: thing, classification: a-class, assumes: 'on', requirements: [b-held]}
issue:
  title: 出台
  subject: thing
  classification: a-class
  assumes: group.on
  requirements: [b-held, c-done, d-part]
last: {title: 后, subject: thing, classification: a-class, assumes: at, requirements: [b-held]}
"""
HELD: dict[str, Fact] = {"id": "b-held", "require": "has(thing.on)", "due": "thing.until"}
DONE: dict[str, Fact] = {"id": "c-done", "require": "has(thing.on) && thing.done",
                         "due": "thing.until"}  # fmt: skip
PART: dict[str, Fact] = {
    "id": "d-part",
    "subject": "part",
    "act_on": "parent.start",
    "require": "has(parent.on) && part.ok",
    "due": "parent.until",
}
RULES = ruleset({"id": "a-class"}, HELD, DONE, PART, gates=GATES.replace("at,", "start,"))


def run_of(record: Record) -> Run:
    return a_run({"thing": [record], "part": list(record.elements("parts").items)}, world(), 2024)  # type: ignore[arg-type]


def gated(name: str, *given: dict[str, Fact], rules: Ruleset = RULES, **facts: Fact) -> Gated:
    """A thing with its meeting ahead and with parts, at one of the gates."""
    values = {"start": D(2024, 5, 1), "flag": True, "on": LATER, "until": D(2024, 8, 1), **facts}
    run = run_of(parts(thing(**values), *given))
    gate = rules.gates[name]
    (found,) = at_gate(rules, run, gate, judge(run, standing_on(gate, rules)))
    return found


def test_what_waits_for_nothing_but_an_earlier_meeting_is_not_named() -> None:
    found = gated("issue", {"ok": True}, done=False, group__on=D(2024, 7, 30))
    assert found.result.state is GateState.WAITING
    assert found.result.deciding == (Standing("c-done", "事1", PENDING),)
    assert [(s.requirement, s.outcome) for s in found.result.standing] == [
        ("a-class", Outcome.MET),
        ("b-held", PENDING),
        ("c-done", PENDING),
        ("d-part", PENDING),
    ]


def test_where_nothing_else_is_lacking_all_that_waits_is_named() -> None:
    found = gated("issue", {"ok": True}, done=True, group__on=D(2024, 7, 30))
    assert found.result.state is GateState.WAITING
    assert found.result.deciding == (
        Standing("b-held", "事1", PENDING),
        Standing("c-done", "事1", PENDING),
        Standing("d-part", "分1", PENDING),
    )


def test_the_meeting_of_another_subject_is_not_an_earlier_one() -> None:
    """Fails if the day of a part, which no gate of the thing waits for, were taken as come.

    e-shown is pending for the day of the part alone: were that day come, c-done would be named
    by itself.
    """
    other = (
        "own: {title: 项, subject: part, classification: p-class, assumes: 'on', "
        "requirements: [e-shown]}\n"
    )
    shown_: dict[str, Fact] = {"id": "e-shown", "subject": "part", "act_on": "parent.start",
                               "require": "has(part.on)", "due": "parent.until"}  # fmt: skip
    rules = ruleset(
        {"id": "a-class"},
        {"id": "p-class", "subject": "part", "act_on": "parent.start", "require": "part.ok"},
        HELD, DONE, PART, shown_,
        gates=other + GATES.replace("at,", "start,").replace("d-part]", "e-shown]"),
    )  # fmt: skip
    found = gated("issue", {"ok": True, "on": LATER}, rules=rules, group__on=D(2024, 7, 30))
    assert found.result.deciding == (
        Standing("c-done", "事1", PENDING),
        Standing("e-shown", "分1", PENDING),
    )


MEETING = """
thing:
  title: 办事
  gates: [meet]
  steps:
    - {title: 会, by: 甲, days: ['on'], goal: true, facts: {word: 届时的纪要}}
"""


def test_what_is_done_for_the_meeting_is_done_and_the_meeting_is_not() -> None:
    """Fails if what is done could stand as still to do, or a meeting still to come as held.

    e-kept asks for what the meeting brings, though it has been written beforehand; b-held is
    asked for by the gate of the meeting itself.
    """
    kept = {"id": "e-kept", "require": "has(thing.on) && has(thing.word)", "due": "thing.until"}
    names = "requirements: [b-held, c-done, d-part, e-kept]"
    gates = GATES.replace("at,", "start,").replace("requirements: [b-held, c-done, d-part]", names)
    rules = ruleset({"id": "a-class"}, HELD, DONE, PART, kept, gates=gates, procedures=MEETING)
    values: dict[str, Fact] = {"done": True, "word": "纪要", "group__on": D(2024, 7, 30)}
    found = gated("issue", {"ok": True}, {"ok": BLANK}, rules=rules, **values)
    states = [(s.requirement, s.record, s.state) for s in shown(found, rules)]
    assert states == [
        ("a-class", "", StepState.DONE),
        ("b-held", "", StepState.DONE),
        ("c-done", "", StepState.DONE),
        ("d-part", "“分1”", StepState.DONE),
        ("d-part", "“分2”", StepState.TODO),
        ("e-kept", "", StepState.TODO),
    ]
    assert found.result.deciding == (Standing("d-part", "分2", PENDING),)
    only = gated("issue", {"ok": True}, rules=rules, **values)
    assert only.result.deciding == (Standing("e-kept", "事1", PENDING),)


def test_what_is_done_by_facts_in_doubt_is_not_done() -> None:
    """Fails if what nobody has confirmed could count as done for a meeting still to come."""
    record = parts(thing(start=D(2024, 5, 1), flag=True, on=LATER, until=D(2024, 8, 1), done=True,
                         group__on=D(2024, 7, 30)))  # fmt: skip
    record.sources["done"] = Source("台账.csv", cell="A2", presumed="列名是猜的")
    run = run_of(record)
    run = replace(run, facts=replace(run.facts, presumed=frozenset({("thing", "done")})))
    gate = RULES.gates["issue"]
    (found,) = at_gate(RULES, run, gate, judge(run, standing_on(gate, RULES)))
    assert Standing("b-held", "事1", PENDING) in found.done
    assert "c-done" not in {one.requirement for one in found.done}


def shown(found: Gated, rules: Ruleset) -> tuple[GateStep, ...]:
    return GateShower(rules, Words(rules.schema)).entry(found).steps


def test_at_its_own_gate_the_meeting_is_as_held() -> None:
    assert gated("meet", done=False).result.state is GateState.OPEN
    # at a later gate it is waited for, and named where nothing else is
    found = gated("last", done=False)
    assert found.result.state is GateState.WAITING
    assert found.result.deciding == (Standing("b-held", "事1", PENDING),)


def test_only_the_subject_asked_about_is_judged_under_the_assumption() -> None:
    values: dict[str, Fact] = {"start": D(2024, 5, 1), "flag": True, "until": D(2024, 8, 1)}
    one, other = (replace(thing(**values, on=LATER), key=key) for key in ("1", "2"))
    run = a_run({"thing": [one, other]}, world(), 2024)
    gate = RULES.gates["meet"]
    passed = pass_gate(RULES, run, gate, [other, one])
    assert [found.subject.key for found in passed] == ["2", "1"]
    assert {found.result.state for found in passed} == {GateState.OPEN}
    assert [record.key for record in passed[0].run.records["thing"]] == ["2", "1"]


@pytest.mark.parametrize(
    ("reads", "outcome"),
    [
        ({"require": "thing.on > date(2024, 7, 1)"}, Outcome.MET),
        ({"require": "thing.flag", "applies": "thing.on > date(2024, 7, 1)"}, Outcome.MET),
        ({"require": "thing.flag", "act_on": "thing.on"}, Outcome.MET),
        ({"require": "thing.flag"}, Outcome.UNKNOWN),  # reads no such day: as it was judged
        ({"require": "thing.flag && thing.group.on < as_of"}, Outcome.UNKNOWN),
    ],
)
def test_what_reads_the_day_in_any_expression_is_judged_again(
    reads: dict[str, Fact], outcome: Outcome
) -> None:
    rules = ruleset(
        {"id": "a-class"},
        {"id": "b-held", **reads},
        gates="meet: {title: 会, subject: thing, classification: a-class, assumes: 'on', "
        "requirements: [b-held]}",
    )
    run = run_of(thing(start=D(2024, 5, 1), flag=True, on=LATER, group__on=LATER))
    gate = rules.gates["meet"]
    judged = judge(run, standing_on(gate, rules))
    judged.outcomes["b-held"] = [Outcome.UNKNOWN]
    (found,) = at_gate(rules, run, gate, judged)
    assert [s.outcome for s in found.result.standing] == [Outcome.MET, outcome]
