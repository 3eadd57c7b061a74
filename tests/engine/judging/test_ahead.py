"""What lies ahead of the check counts for nothing: not as content, not as an element."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.judging.ahead import come, not_yet
from engine.model.values import ABSENT, Cause, Elements, Record, State, Unknown
from engine.model.world import World
from facts.calendar import work_calendar
from facts.records.load import read_schema

D = dt.date
PLAN = """
type: plan
title: 方案
key: [no]
fields:
  no: {type: string, title: 编号}
  risk_on: {type: date, time: event, title: 评估日期}
  risk: {type: string, title: 评估报告, dated: risk_on}
  met_on: {type: date, time: event, title: 开会日期}
  minutes: {type: string, title: 纪要, dated: met_on}
  papers: {type: set, title: 会议材料, dated: met_on}
nested:
  courses: {of: course, title: 培训}
"""
COURSE = """
type: course
title: 培训
parent: plan
happens: held_on
fields:
  held_on: {type: datetime, time: event, title: 培训时间}
  until: {type: date, time: term, title: 有效期}
  hours: {type: int, title: 学时}
  topic: {type: string, title: 内容}
"""
PLACE = "type: place\ntitle: 本地\nfields:\n  name: {type: string, title: 名称}\n"
SCHEMA = read_schema({"plan.yaml": PLAN, "course.yaml": COURSE, "place.yaml": PLACE})
AS_OF = D(2024, 10, 1)
MORNING = dt.datetime.fromisoformat("2024-09-01T09:00")
LATER = dt.datetime.fromisoformat("2024-12-20T09:00")


def world(*assumed: tuple[str, str]) -> World:
    place = Record("place", "某县")
    return World(SCHEMA, AS_OF, work_calendar(), place, assumed=frozenset(assumed))


def plan(**values: State | Elements) -> Record:
    return Record("plan", "1", {"no": "1", **values})


def the_plan(record: Record, *assumed: tuple[str, str]) -> Record:
    (found,) = come({"plan": [record]}, world(*assumed))["plan"]
    return found


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (D(2024, 9, 30), True),
        (AS_OF, True),  # on the day itself it has happened
        (D(2024, 10, 2), False),
        (Unknown(Cause.PLANNED, planned=D(2024, 10, 2)), False),
        (Unknown(Cause.INCOMPLETE, D(2024, 10, 2), D(2024, 10, 31)), False),
        (Unknown(Cause.INCOMPLETE, D(2024, 10, 1), D(2024, 10, 31)), True),  # perhaps today
        (Unknown(Cause.BLANK), True),  # nothing says that it lies ahead
        (ABSENT, True),
    ],
)
def test_a_paper_is_there_from_its_day_on(day: State, there: bool) -> None:  # noqa: FBT001
    found = the_plan(plan(risk_on=day, risk="评估报告3号"))
    assert found.values["risk"] == ("评估报告3号" if there else Unknown(Cause.PLANNED))
    assert found.values["risk_on"] == day  # the day stays: what is due reads it


def test_what_a_gate_assumes_has_come() -> None:
    record = plan(met_on=D(2024, 10, 8), minutes="纪要9号")
    assert the_plan(record).values["minutes"] == Unknown(Cause.PLANNED)
    assert the_plan(record, ("plan", "met_on")).values["minutes"] == "纪要9号"


def test_a_set_of_a_day_to_come_says_nothing_and_is_open() -> None:
    papers = Elements(("草案", "说明"), closed=True)
    held = the_plan(plan(met_on=D(2024, 10, 8), papers=papers)).values["papers"]
    assert held == Elements((), closed=False, cause=Cause.PLANNED)
    assert the_plan(plan(met_on=AS_OF, papers=papers)).values["papers"] == papers
    none = Elements((), closed=True, absent=True)
    assert the_plan(plan(met_on=D(2024, 10, 8), papers=none)).values["papers"] == none


def test_none_and_unknown_stay_what_they_are() -> None:
    later = D(2024, 10, 2)
    assert the_plan(plan(risk_on=later, risk=ABSENT)).values["risk"] is ABSENT
    blank = Unknown(Cause.BLANK)
    assert the_plan(plan(risk_on=later, risk=blank)).values["risk"] == blank


def test_an_event_to_come_is_in_no_list() -> None:
    record = plan()
    rest = {"hours": 8, "topic": "法律", "until": D(2030, 1, 1)}
    past, ahead = (
        Record("course", f"1#{number}", {"held_on": day, **rest}, parent=record)
        for number, day in ((1, MORNING), (2, LATER))
    )
    record.values["courses"] = Elements((past, ahead), closed=True)
    found = come({"plan": [record], "course": [past, ahead]}, world())
    (copy,) = found["plan"]
    left = copy.elements("courses")
    assert [item.key for item in left.items if isinstance(item, Record)] == ["1#1"]
    assert (left.closed, left.cause) == (False, Cause.PLANNED)  # there will be more
    assert left.items[0] is found["course"][0]
    assert left.items[0].parent is copy
    assert found["course"][1].values == {
        "held_on": LATER,
        "hours": Unknown(Cause.PLANNED),
        "topic": Unknown(Cause.PLANNED),
        "until": D(2030, 1, 1),
    }


def test_where_nothing_lies_ahead_the_records_are_the_very_same() -> None:
    records = {"plan": [plan(risk_on=AS_OF, risk="3号")], "place": [Record("place", "某县")]}
    assert come(records, world()) is records


MATTER = """
type: matter
title: 事项
key: [no]
concluded: [met_on]
fields:
  no: {type: string, title: 编号}
  paper_on: {type: date, time: event, title: 意见日期}
  paper: {type: string, title: 意见书, dated: paper_on}
  planned_on: {type: date, time: term, title: 拟开会日}
  met_on: {type: date, time: event, planned: planned_on, title: 开会日期}
  minutes: {type: string, title: 纪要, dated: met_on}
  decided_on: {type: date, time: event, title: 决定日期}
  published_on: {type: date, time: event, title: 公布日期}
  channel: {type: string, title: 渠道, dated: published_on}
order:
  - {first: met_on, then: decided_on, why: 先开会}
  - {first: decided_on, then: published_on, why: 先决定}
"""
NESTED = "nested:\n  steps: {of: step, title: 环节}\n"
MATTERS = read_schema({"matter.yaml": MATTER, "place.yaml": PLACE})
BLANK = Unknown(Cause.BLANK)
ALL = ("paper_on", "paper", "met_on", "minutes", "decided_on", "published_on", "channel")
AFTER = {"minutes", "decided_on", "published_on", "channel"}


@pytest.mark.parametrize(
    ("given", "ahead"),
    [
        # the meeting is to come: what it brings, and all that comes after it, can't be known
        ({"met_on": Unknown(Cause.PLANNED, planned=D(2024, 10, 2))}, {"met_on", *AFTER}),
        ({"met_on": D(2024, 10, 2)}, {"met_on", *AFTER}),
        # it was held on the day of the check: all may be known
        ({"met_on": D(2024, 10, 1)}, set()),
        # nobody wrote anything of it, and nothing is concluded
        ({}, {"met_on", *AFTER}),
        ({"met_on": Unknown(Cause.NO_COLUMN)}, {"met_on", *AFTER}),
        # the minutes are there, or what comes after: it has been held
        ({"minutes": "纪要"}, set()),
        ({"published_on": D(2024, 9, 1)}, set()),
        ({"channel": "网站"}, set()),
        # the ledger says that there was none, or can't be read: it says something
        ({"met_on": ABSENT}, set()),
        ({"met_on": Unknown(Cause.UNREADABLE)}, set()),
        # only known in part, all of it to come
        (
            {"met_on": Unknown(Cause.INCOMPLETE, D(2024, 10, 3), D(2024, 10, 31))},
            {"met_on", *AFTER},
        ),
        # a later day to come says nothing of an earlier one
        ({"met_on": D(2024, 9, 1), "published_on": D(2024, 12, 1)}, {"published_on", "channel"}),
    ],
)
def test_what_cannot_be_known_yet(given: dict[str, State], ahead: set[str]) -> None:
    """Fails if a fact of a meeting to come could be asked for, or one that may be there not."""
    place = Record("place", "某县")
    seen = World(MATTERS, AS_OF, work_calendar(), place, assumed=frozenset({("matter", "met_on")}))
    record = Record("matter", "1", {**dict.fromkeys(ALL, BLANK), **given})
    assert {path for path in ALL if not_yet(record, path, seen)} == ahead


def test_a_question_that_is_too_early_cannot_be_answered_yet() -> None:
    place = Record("place", "某县")
    seen = World(MATTERS, AS_OF, work_calendar(), place)
    early = Record("matter", "1", {"manual:a": ABSENT, "no": "1"})
    assert not_yet(early, "manual:a", seen)
    assert not not_yet(Record("matter", "1"), "manual:a", seen)
    assert not not_yet(early, "no", seen)
    assert not not_yet(early, "not_there", seen)


STEP = """
type: step
title: 环节
parent: matter
fields:
  done_on: {type: date, time: event, title: 完成日期}
  report: {type: string, title: 报告, dated: done_on}
order:
  - {first: parent.met_on, then: done_on, why: 先开会}
"""


def test_of_a_day_that_another_record_orders_it_may_be_known() -> None:
    """Fails if the day of a parent could keep what its own record may say from being asked for."""
    schema = read_schema({"matter.yaml": MATTER + NESTED, "step.yaml": STEP, "place.yaml": PLACE})
    seen = World(schema, AS_OF, work_calendar(), Record("place", "某县"))
    matter = Record("matter", "1", {"met_on": D(2024, 10, 2)})
    step = Record("step", "1#1", {"done_on": BLANK, "report": BLANK}, parent=matter)
    assert not not_yet(step, "done_on", seen)
    assert not not_yet(step, "report", seen)
    step.values["done_on"] = D(2024, 10, 2)
    assert not_yet(step, "report", seen)
