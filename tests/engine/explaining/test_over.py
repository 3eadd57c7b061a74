"""Whether a procedure is over, by hand: before its last day a step can still be taken in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine.explaining.over import is_over
from engine.language.semantics import Interval
from engine.model.values import ABSENT, Cause, Record, Unknown
from engine.model.world import World
from facts.calendar import work_calendar
from facts.records.load import read_schema

D = dt.date
SCHEMA = read_schema(
    {
        "plan.yaml": """
type: plan
title: 方案
concluded: [met_on, out_on]
fields:
  met_on: {type: date, time: event, title: 开会日期}
  out_on: {type: date, time: event, title: 印发日期}
nested:
  views: {of: view, title: 意见}
""",
        "view.yaml": """
type: view
title: 意见
parent: plan
fields:
  on: {type: date, time: event, title: 意见日期}
""",
        "paper.yaml": """
type: paper
title: 材料
fields:
  on: {type: date, time: event, title: 日期}
""",
    }
)
WORLD = World(SCHEMA, D(2024, 6, 30), work_calendar(), Record("paper", "地"))
MET, OUT = D(2024, 6, 10), D(2024, 6, 20)
DONE: Interval = (MET, MET)
NOT_KNOWN: Interval = (None, None)


def plan(**values: object) -> Record:
    return Record("plan", "案1", dict(values))  # type: ignore[arg-type]


def test_before_any_of_its_days_a_procedure_is_not_over() -> None:
    """A planned, an absent and a blank day have not come; no day that is due alters that."""
    planned = Unknown(Cause.PLANNED, planned=D(2024, 7, 9))
    for held in (planned, ABSENT, Unknown(Cause.BLANK)):
        record = plan(met_on=held, out_on=ABSENT)
        assert not is_over(record, NOT_KNOWN, D(2024, 6, 1), WORLD)


def test_an_earlier_day_ends_only_what_governs_an_act_that_is_done() -> None:
    """The meeting was held: what had to precede it is too late, what precedes the issue is not."""
    record = plan(met_on=MET, out_on=ABSENT)
    assert is_over(record, DONE, None, WORLD)
    assert not is_over(record, NOT_KNOWN, None, WORLD)
    assert not is_over(record, (D(2024, 7, 9), D(2024, 7, 9)), None, WORLD)


def test_the_last_day_ends_all() -> None:
    """Issued without any meeting: nothing can precede it any more."""
    assert is_over(plan(met_on=ABSENT, out_on=OUT), NOT_KNOWN, None, WORLD)


def test_what_nests_is_over_with_what_it_nests_in() -> None:
    record = Record("view", "见1", {"on": D(2024, 6, 1)}, parent=plan(met_on=MET))
    assert is_over(record, (D(2024, 6, 1), D(2024, 6, 1)), None, WORLD)


def test_a_day_that_a_gate_assumes_has_not_come_before_it_is_past() -> None:
    world = replace(WORLD, assumed=frozenset({("plan", "met_on")}))
    assert not is_over(plan(met_on=D(2024, 6, 30)), DONE, None, world)
    assert is_over(plan(met_on=D(2024, 6, 29)), DONE, None, world)
    assert is_over(plan(met_on=D(2024, 6, 30)), DONE, None, WORLD)


def test_what_belongs_to_no_procedure_is_over_when_it_is_overdue() -> None:
    """The last day itself is in time."""
    record = Record("paper", "材1")
    assert is_over(record, NOT_KNOWN, D(2024, 6, 29), WORLD)
    assert not is_over(record, NOT_KNOWN, D(2024, 6, 30), WORLD)
    assert not is_over(record, NOT_KNOWN, None, WORLD)
