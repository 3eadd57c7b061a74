"""The last day of what a step brings is that of its day, whichever requirement sets it."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.assessing.assess import assess
from engine.assessing.gates import GateShower, pass_gate
from engine.assessing.latest import LatestDays
from engine.explaining.words import Words
from engine.model.outcome import Outcome
from engine.model.shown import FactEntry
from engine.model.values import ABSENT, Cause, Record
from tests.engine.small import BLANK, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
MEETING = D(2024, 7, 20)
RULES = ruleset(
    {"id": "a-class"},
    # the opinion is dated before the meeting; the paper is asked for by the meeting
    {"id": "b-before", "require": "has(thing.on) && thing.on < thing.until", "due": "thing.until"},
    {"id": "c-paper", "require": "thing.done", "due": "thing.until"},
    {"id": "d-other", "require": "has(thing.group.on)", "due": "thing.until"},
    {"id": "e-same", "require": "has(thing.on) && thing.on <= thing.until", "due": "thing.until"},
    gates="""
meet:
  title: 会
  subject: thing
  classification: a-class
  requirements: [b-before, c-paper, d-other, e-same]
""",
    procedures="""
thing:
  title: 办事
  gates: [meet]
  steps:
    - {title: 审查, by: 甲, days: ['on'], always: true, facts: {done: true}}
    - {title: 会, by: 乙, days: [group.on], goal: true}
""",
)


def a_thing(**facts: Fact) -> Record:
    given: dict[str, Fact] = {
        "flag": True, "start": D(2024, 5, 1), "until": MEETING, "on": BLANK, "done": BLANK,
        "group__on": ABSENT, **facts,
    }  # fmt: skip
    return parts(thing(**given))


def test_the_paper_is_due_with_the_day_it_bears() -> None:
    """Fails if the paper could be told to have time until the meeting itself.

    b-before leaves the 19th; the paper comes with that day, and so does e-same, which asks for
    the same day and for itself would leave the 20th. d-other has nothing to do with it.
    """
    run = a_run({"thing": [a_thing()]}, world(), 2024)
    found = {o.requirement: (o.outcome, o.due) for o in assess(RULES, run).outcomes}
    assert {name: due for name, (_, due) in found.items() if name != "a-class"} == {
        "b-before": D(2024, 7, 19),
        "c-paper": D(2024, 7, 19),
        "d-other": D(2024, 7, 20),
        "e-same": D(2024, 7, 19),
    }
    (gated,) = pass_gate(RULES, run, RULES.gates["meet"], run.records["thing"])
    steps = GateShower(RULES, Words(RULES.schema)).entry(gated).steps
    assert {s.requirement: s.due for s in steps if s.due} == {
        name: due for name, (_, due) in found.items() if name != "a-class"
    }


def test_on_the_day_of_the_meeting_the_paper_is_still_pending() -> None:
    """The law sets no earlier day for the paper itself: it is no gap before the meeting is over."""
    run = a_run({"thing": [a_thing()]}, world(MEETING), 2024)
    found = {o.requirement: (o.outcome, o.due) for o in assess(RULES, run).outcomes}
    assert found["c-paper"] == (Outcome.PENDING, MEETING)


def item(field: str, until: dt.date | None = None, key: str = "事1") -> FactEntry:
    return FactEntry("thing", key, field, "", "unknown", None, Cause.BLANK, None, until=until)


@pytest.mark.parametrize(
    ("field", "key", "expected"),
    [
        ("word", "事1", D(2024, 7, 5)),  # both steps that bring it have a last day: the later
        ("n", "事1", D(2024, 7, 1)),  # of the two days of one step the first
        ("m", "事1", D(2024, 7, 10)),  # one of the steps that bring it has none that is known
        ("done", "事1", D(2024, 7, 10)),  # no step brings it
        ("word", "事2", D(2024, 7, 10)),  # another record's days
        ("start", "事1", D(2024, 7, 1)),  # a day by itself, the sooner of what two ask
    ],
)
def test_of_several_days_and_steps(field: str, key: str, expected: dt.date) -> None:
    rules = ruleset(
        {"id": "a-class"},
        procedures="""
thing:
  title: 办事
  requirements: [a-class]
  steps:
    - {title: 甲, by: 甲, days: [start, until], facts: {word: 甲, n: 1}}
    - {title: 乙, by: 乙, days: ['on'], facts: {word: 乙, m: 1}}
    - {title: 丙, by: 丙, days: [group.on], facts: {m: 2}}
    - {title: 丁, by: 丁, days: [parts.on], facts: {kind: 甲}}
""",
    )
    known = [
        item("start", D(2024, 7, 3)),
        item("start", D(2024, 7, 1)),
        item("until", D(2024, 7, 4)),
        item("on", D(2024, 7, 5)),
        item("flag"),
    ]
    latest = LatestDays(rules.procedures, known)
    assert latest.due(D(2024, 7, 10), [item(field, key=key)]) == expected
