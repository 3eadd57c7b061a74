"""What falls due: from pending outcomes and from terms that run out, the soonest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.assess import assess
from engine.judging.run import Run
from engine.model.deadline import DeadlineEntry, Urgency
from engine.model.values import ABSENT, Record
from tests.engine.small import BLANK, Fact, ruleset, thing, world
from tests.runs import a_run

D = dt.date
RULES = ruleset(
    {"id": "a-paper", "require": "has(thing.word)", "due": "thing.on", "evidence": ["thing.word"],
     "supplier": "甲局", "remedy": "交上来。"},
    {"id": "b-house", "require": "thing.m >= 1", "due": "thing.on", "due_basis": "house"},
    {"id": "c-met", "require": "thing.n >= 1", "due": "thing.on"},
    {"id": "d-no-day", "require": "thing.m >= 1", "due": "thing.group.on"},
    screens="""
ending:
  subject: thing
  title: 快到期
  when: thing.n >= 1
  unless: thing.flag == false
  hint: 换
  due: thing.on
looked_at:
  subject: thing
  title: 值得看
  when: thing.n >= 1
  hint: 看
""",
)  # fmt: skip


def due(*things: Record) -> list[DeadlineEntry]:
    """The deadlines of a run on Sunday, 30 June 2024."""
    run: Run = a_run({"thing": list(things)}, world(), 2024)
    return list(assess(RULES, run).deadlines)


def a_thing(key: str, on: Fact, **facts: Fact) -> Record:
    given: dict[str, Fact] = {
        "start": D(2024, 5, 1), "on": on, "n": 3, "m": BLANK, "word": BLANK, "flag": True,
        **facts,
    }  # fmt: skip
    return replace(thing(**given), key=key)


def test_what_is_pending_and_what_runs_out_falls_due() -> None:
    """Fails if a day that must be kept could go untold, or be told for what is done."""
    found = due(a_thing("1", D(2024, 7, 9)), a_thing("2", D(2024, 7, 2), word="在"))
    assert [(d.day, d.subject_key, d.requirement, d.title) for d in found] == [
        (D(2024, 7, 2), "2", "b-house", RULES.requirements["b-house"].title),
        (D(2024, 7, 2), "2", "", "快到期"),
        (D(2024, 7, 9), "1", "a-paper", RULES.requirements["a-paper"].title),
        (D(2024, 7, 9), "1", "b-house", RULES.requirements["b-house"].title),
        (D(2024, 7, 9), "1", "", "快到期"),
    ]
    paper = found[2]
    assert (paper.supplier, paper.todo, paper.house) == ("甲局", "交上来。", False)
    assert found[3].house


def test_what_is_past_or_spared_or_without_a_day_falls_due_on_none() -> None:
    past = a_thing("1", D(2024, 6, 29), m=1, word="在")
    spared = a_thing("2", D(2024, 7, 9), m=1, word="在", flag=False)
    dayless = a_thing("3", ABSENT, m=1, word="在")
    assert due(past, spared, dayless) == []


@pytest.mark.parametrize(
    ("day", "workdays", "urgency"),
    [
        # Sunday 30 June: Monday 1 July is the first working day, Friday 12 July the tenth
        (D(2024, 6, 30), 0, Urgency.RED),
        (D(2024, 7, 1), 1, Urgency.RED),
        (D(2024, 7, 3), 3, Urgency.RED),
        (D(2024, 7, 4), 4, Urgency.YELLOW),
        (D(2024, 7, 12), 10, Urgency.YELLOW),
        (D(2024, 7, 14), 10, Urgency.YELLOW),
        (D(2024, 7, 15), 11, Urgency.LATER),
        # no calendar of that year: five working days are reckoned to a week
        (D(2099, 7, 15), None, Urgency.LATER),
    ],
)
def test_red_within_three_working_days_and_yellow_within_ten(
    day: dt.date, workdays: int | None, urgency: Urgency
) -> None:
    (found,) = [d for d in due(a_thing("1", day, m=1)) if d.requirement == "a-paper"]
    assert (found.workdays, found.urgency) == (workdays, urgency)


def test_what_is_done_for_a_meeting_still_to_be_held_falls_due_no_more() -> None:
    """Fails if a step that is done could stand among what has to be done, or one left go missing.

    The meeting is on 9 July. The first thing has its paper, dated before it; the second has none.
    """
    rules = ruleset(
        {"id": "a-class"},
        {"id": "b-paper", "require": "has(thing.word) && thing.start < thing.on",
         "due": "thing.on", "evidence": ["thing.word"]},
        gates="""
meet: {title: 会, subject: thing, classification: a-class, assumes: 'on', requirements: [b-paper]}
""",
    )  # fmt: skip
    things = [a_thing("1", D(2024, 7, 9), word="纪要"), a_thing("2", D(2024, 7, 9))]
    found = assess(rules, a_run({"thing": things}, world(), 2024))
    assert [(d.requirement, d.subject_key) for d in found.deadlines] == [("b-paper", "2")]
    assert {
        o.subject_key: o.outcome.value for o in found.outcomes if o.requirement == "b-paper"
    } == {
        "1": "pending",
        "2": "pending",
    }
