"""A timetable under small rules: what is a step, what is supposed, what blocks, what is lacking."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.timetable.confirm import confirmed
from engine.assessing.timetable.plan import Plan, planned
from engine.assessing.timetable.timetable import timetable, timetables, timetables_of
from engine.explaining.words import Words
from engine.judging.run import Run
from engine.model.assessment_json import timetables_json
from engine.model.errors import AmbiguousNameError, WrongNameError
from engine.model.outcome import OUTCOME_TITLES, Outcome
from engine.model.timetable import RestEntry, SuppositionEntry, TimetableEntry
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Unknown
from engine.ruleset.model import Ruleset
from reporter.timetable import goals
from tests.engine.small import AS_OF, BLANK, SCHEMA, Fact, between, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
WORDS = Words(SCHEMA)
MEET = """
meet: {title: 会, subject: thing, classification: a-class, assumes: 'on', requirements: %s}
"""
STEPS = """
thing:
  title: 办事
  gates: [meet]
  suppose: {flag: true}
  steps:
    - {title: 开始, by: 甲, days: [start], always: true}
    - {title: 会, by: 乙, days: ['on'], goal: true, facts: {done: true}}
"""
TEN = {"id": "b-ten", "require": "days(thing.start, thing.on) >= 10", "due": "thing.on"}
CLASS = {"id": "a-class"}
DONE = {"id": "c-done", "require": "thing.done"}


def rules(*more: dict[str, Fact], procedures: str = STEPS) -> Ruleset:
    """Rules of which all stand behind the one gate."""
    names = [one["id"] for one in more]
    return ruleset(CLASS, *more, gates=MEET % names, procedures=procedures)


def run_of(*things: Record, as_of: dt.date = AS_OF) -> Run:
    nested = [part for one in things for part in one.elements("parts").items]
    return a_run({"thing": list(things), "part": nested}, world(as_of), as_of.year)  # type: ignore[dict-item]


def a_thing(**facts: Fact) -> Record:
    return parts(thing(**{"flag": True, "word": "水价", **facts}))


def plan(under: Ruleset, record: Record, as_of: dt.date = AS_OF) -> Plan | None:
    return planned(under, run_of(record, as_of=as_of), under.procedures["thing"], record)


def entry(under: Ruleset, record: Record, as_of: dt.date = AS_OF) -> TimetableEntry:
    found = timetable(under, run_of(record, as_of=as_of), record, WORDS)
    assert found is not None
    return found


def days(found: TimetableEntry) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    return {one.title: (one.earliest, one.latest) for one in found.milestones}


@pytest.mark.parametrize(
    ("done", "outcome"),
    [
        (True, []),
        (False, [Outcome.GAP]),
        (BLANK, [Outcome.UNKNOWN]),
    ],
)
def test_what_is_left_apart_is_told_of_unless_it_is_met(done: Fact, outcome: list[Outcome]) -> None:
    """Fails if a day were named and nothing said of what the gate still asks for besides."""
    apart = STEPS.replace("  suppose:", "  apart: {c-done: 以前的事}\n  suppose:")
    under = rules(TEN, DONE, procedures=apart.replace(", facts: {done: true}", ""))
    found = entry(under, a_thing(start=BLANK, on=BLANK, done=done))
    (goal,) = found.goals
    assert goal.day == D(2024, 7, 10)
    assert [(one.ground.requirement, one.outcome, one.why) for one in goal.apart] == [
        ("c-done", one, "以前的事") for one in outcome
    ]
    said = [line for line in goals(found) if "没有算进去" in line]
    assert said == [
        f"　没有算进去：办理（《某条例》第一条），{OUTCOME_TITLES[one]}；以前的事"
        for one in outcome
    ]


def test_the_days_follow_each_other() -> None:
    """Start today, ten days, the meeting; counted from what is set, back from the meeting."""
    found = entry(rules(TEN), a_thing(start=BLANK, on=BLANK))
    assert days(found) == {"开始日期": (AS_OF, AS_OF), "办理日期": (D(2024, 7, 10), None)}
    (goal,) = found.goals
    assert (goal.gate, goal.title, goal.day) == ("meet", "会", D(2024, 7, 10))
    assert goal.chain == (RestEntry("开始日期", AS_OF), RestEntry("办理日期", D(2024, 7, 10)))
    assert (goal.asked, goal.reached) == (None, None)
    assert [one.decisive for one in found.milestones] == [True, True]
    (ground,) = found.milestones[1].because
    assert (ground.text, ground.requirement, ground.basis) == ("办理", "b-ten", "《某条例》第一条")
    assert found.supposed == ()


def test_what_is_past_is_no_step() -> None:
    found = entry(rules(TEN), a_thing(start=D(2024, 6, 25), on=BLANK))
    assert days(found) == {"办理日期": (D(2024, 7, 5), None)}
    assert found.goals[0].chain[0] == RestEntry("开始日期", D(2024, 6, 25))
    assert plan(rules(TEN), a_thing(start=D(2024, 6, 1), on=D(2024, 6, 20))) is None


def test_a_day_known_in_part_is_not_looked_for() -> None:
    """Of a day in June nobody knows whether ten days have passed: it is lacking."""
    record = a_thing(start=between(D(2024, 6, 1), D(2024, 6, 28)), on=BLANK)
    found = entry(rules(TEN), record)
    assert (found.goals[0].day, found.goals[0].lacking) == (None, ("开始日期（填写不完整）",))


@pytest.mark.parametrize(
    ("on", "reached", "latest", "late"),
    [
        (D(2024, 7, 15), True, D(2024, 7, 5), 0),
        (D(2024, 7, 10), True, AS_OF, 0),
        (D(2024, 7, 9), False, D(2024, 6, 29), 1),
        (Unknown(Cause.PLANNED, planned=D(2024, 7, 9)), False, D(2024, 6, 29), 1),
    ],
)
def test_a_planned_meeting(on: Fact, reached: bool, latest: dt.date, late: int) -> None:  # noqa: FBT001
    """The steps before it must leave time for it; where they don't, which one is late."""
    found = entry(rules(TEN), a_thing(start=BLANK, on=on))
    (goal,) = found.goals
    assert (goal.day, goal.reached) == (D(2024, 7, 10), reached)
    assert (found.milestones[0].latest, found.milestones[0].late) == (latest, late)
    assert found.milestones[1].planned == (on.planned if isinstance(on, Unknown) else on)


def test_a_meeting_planned_for_a_day_gone_by() -> None:
    found = entry(
        rules(TEN), a_thing(start=BLANK, on=Unknown(Cause.PLANNED, planned=D(2024, 6, 3)))
    )
    assert (found.goals[0].day, found.goals[0].reached) == (D(2024, 7, 10), False)
    assert found.milestones[0].latest == AS_OF


def test_what_no_day_cures_closes() -> None:
    under = rules(TEN, {"id": "c-n", "title": "件数", "require": "thing.n >= 3"})
    found = entry(under, a_thing(start=BLANK, on=D(2024, 7, 15), n=2))
    (goal,) = found.goals
    assert (goal.day, goal.reached, [one.text for one in goal.blocked]) == (None, False, ["件数"])
    assert (found.milestones, found.supposed, goal.chain) == ((), (), ())


def test_what_nothing_is_supposed_of_is_lacking() -> None:
    under = rules(TEN, {"id": "c-n", "require": "thing.n >= param.most_days"})
    found = entry(under, a_thing(start=BLANK, on=BLANK))
    assert found.goals[0].day is None
    assert found.goals[0].lacking == ("件数（台账没有这一列）", "本地参数“most_days”本地参数未设定")
    absent = entry(under, a_thing(start=BLANK, on=BLANK, n=ABSENT))
    assert absent.goals[0].lacking[0] == "件数（台账写“无”）"


def test_working_days_end_with_the_calendar() -> None:
    work = {"id": "b-work", "title": "七日", "require": "workdays(thing.start, thing.on) >= 7"}
    found = entry(rules(work), a_thing(start=BLANK, on=BLANK), D(2026, 12, 28))
    (goal,) = found.goals
    assert [one.text for one in goal.blocked] == [
        "七日",
        "2026-12-31以后的放假安排没有录入，那以后的日子判不了",
    ]
    assert [one.untold for one in goal.blocked] == [False, True]
    asked = a_thing(start=BLANK, on=Unknown(Cause.PLANNED, planned=D(2027, 1, 8)))
    assert entry(rules(work), asked, D(2026, 12, 28)).goals[0].reached is None
    asked = a_thing(start=BLANK, on=Unknown(Cause.PLANNED, planned=D(2026, 12, 30)))
    assert entry(rules(work), asked, D(2026, 12, 28)).goals[0].reached is False
    beyond = entry(rules(work), a_thing(start=BLANK, on=BLANK), D(2027, 3, 1))
    assert beyond.goals[0].day is None
    assert beyond.goals[0].lacking == ("该年放假安排未录入",)


def test_papers_are_supposed_where_they_make_a_difference() -> None:
    """否 of what can still be done, and a blank; what is on file is not."""
    under = rules(TEN, DONE)
    start = D(2024, 6, 1)
    blank = entry(under, a_thing(start=start, on=BLANK, done=BLANK))
    assert blank.supposed == (SuppositionEntry("会", "是否办完", "未填写", "是"),)
    denied = entry(under, a_thing(start=start, on=BLANK, done=False))
    assert denied.supposed == (SuppositionEntry("会", "是否办完", "否", "是"),)
    assert entry(under, a_thing(start=start, on=BLANK, done=True)).supposed == ()
    unknown = entry(under, a_thing(start=start, on=BLANK, done=True, flag=BLANK))
    assert unknown.supposed == (SuppositionEntry("", "是否甲", "未填写", "是"),)


def test_the_stricter_supposition_gives_way_where_it_leaves_no_day() -> None:
    strict = {"id": "c-flag", "require": "!thing.done || thing.n >= 3"}
    procedures = STEPS.replace("{flag: true}", "{flag: true, done: true}")
    under = rules(TEN, strict, procedures=procedures.replace(", facts: {done: true}", ""))
    found = entry(under, a_thing(start=D(2024, 6, 1), on=BLANK, done=BLANK, n=2))
    assert found.goals[0].day == AS_OF
    assert found.supposed == (SuppositionEntry("", "是否办完", "未填写", "否"),)
    both = rules(TEN, strict, {"id": "d-n", "require": "thing.n >= 3"}, procedures=procedures)
    assert entry(both, a_thing(start=D(2024, 6, 1), on=BLANK, done=BLANK, n=2)).goals[0].day is None


def test_what_only_a_person_can_find_is_supposed_to_be_met() -> None:
    under = rules(TEN, {"id": "d-person", "kind": "manual", "title": "人核", "require": None})
    found = entry(under, a_thing(start=D(2024, 6, 1), on=BLANK))
    assert found.goals[0].day == AS_OF
    assert found.supposed == (SuppositionEntry("", "人核", "台账没有这一列", "符合"),)
    answered = a_thing(start=D(2024, 6, 1), on=BLANK)
    answered.values["manual:d-person"] = "不符合"
    assert entry(under, answered).goals[0].day is None


def test_a_day_that_a_law_names_rests_on_no_other() -> None:
    fixed = {"id": "b-fixed", "require": "thing.on >= date(2024, 7, 5)"}
    found = entry(rules(fixed), a_thing(start=D(2024, 6, 1), on=BLANK))
    assert found.goals[0].chain == (RestEntry("办理日期", D(2024, 7, 5)),)


def test_a_day_asked_about_where_nothing_leads_up_to_one() -> None:
    step = "{title: 甲, by: 乙, days: ['on'], always: true}"
    procedures = f"thing: {{title: 办, requirements: [a-class], steps: [{step}]}}"
    under = ruleset(CLASS, procedures=procedures)
    (found,) = timetables(under, run_of(a_thing(on=BLANK)), "thing", "事1", D(2024, 7, 20))
    assert (found.goals, found.milestones[0].planned) == ((), None)


def test_doubtful_at_best_is_for_a_person() -> None:
    """No day is sound within three weeks of the start, one is doubtful."""
    window = {
        "id": "b-window",
        "title": "时限",
        "require": "days(thing.start, thing.on) <= 20",
        "lenient": "days(thing.start, thing.on) <= 40",
    }
    found = entry(rules(window), a_thing(start=D(2024, 6, 1), on=BLANK))
    (goal,) = found.goals
    assert goal.day == AS_OF
    assert [one.text for one in goal.doubtful] == ["时限"]
    assert found.milestones[0].latest == D(2024, 7, 11)


def test_a_blank_day_that_must_have_been_is_supposed_to_have_been() -> None:
    order = {"id": "b-order", "require": "thing.start <= thing.secret_on"}
    found = entry(rules(order), a_thing(start=BLANK, secret_on=D(2024, 6, 20), on=BLANK))
    assert found.supposed == (SuppositionEntry("开始", "开始日期", "未填写", "不晚于2024-06-20"),)
    denied = entry(rules(order), a_thing(start=ABSENT, secret_on=D(2024, 6, 20), on=BLANK))
    assert [one.text for one in denied.goals[0].blocked] == ["办理"]


PARTS = """
thing:
  title: 办事
  requirements: [b-part, c-part]
  steps:
    - {title: 会, by: 乙, days: ['on'], goal: true}
    - title: 分项甲
      by: 甲
      days: [parts.on]
      which: {parts.word: 甲, parts.n: {as: thing.n}}
      facts: {parts.ok: true}
    - {title: 分项乙, by: 甲, days: [parts.on], which: {parts.word: 乙}}
"""
B_PART = {
    "id": "b-part",
    "title": "分项期限",
    "require": "thing.parts.exists(p, p.word == '甲' && p.ok && days(thing.on, p.on) <= 15)",
}
C_PART = {"id": "c-part", "subject": "part", "act_on": "part.on", "require": "has(part.on)"}


def test_an_element_that_isn_t_there_yet() -> None:
    """Needed by what asks for it, within its period; the other, which nothing needs, is not."""
    under = ruleset(B_PART, C_PART, procedures=PARTS)
    found = entry(under, a_thing(on=D(2024, 6, 20), n=3))
    assert [(one.step, one.record) for one in found.milestones] == [("分项甲", "事1/分项甲")]
    assert days(found) == {"分项日期": (AS_OF, D(2024, 7, 5))}
    assert found.goals == ()
    late = entry(under, a_thing(on=D(2024, 6, 1), n=3))
    assert days(late) == {"分项日期": (None, D(2024, 6, 16))}
    assert late.milestones[0].late == 14


def test_an_element_of_the_ledger_is_the_one_meant() -> None:
    """By what is told of it, or may be; one of another kind is not."""
    under = ruleset(B_PART, C_PART, procedures=PARTS)
    record = parts(
        thing(on=D(2024, 6, 20)),
        {"word": "甲", "on": BLANK, "ok": True},
        {"word": "丙", "on": D(2024, 6, 20)},
    )
    found = entry(under, record)
    assert [(one.step, one.record) for one in found.milestones] == [("分项甲", "分1")]
    done = parts(thing(on=D(2024, 6, 20)), {"word": "甲", "on": D(2024, 6, 22), "ok": True})
    assert timetable(under, run_of(done), done, WORDS) is None


def test_an_open_list_is_supposed_to_hold_no_more() -> None:
    """Where more might be there nothing could be said of all; what is supposed is shown."""
    everything = {"id": "b-all", "require": "thing.parts.all(p, p.ok)"}
    under = rules(TEN, everything)
    record = parts(thing(flag=True, start=D(2024, 6, 1), on=BLANK), {"ok": True}, closed=False)
    found = entry(under, record)
    assert found.goals[0].day == AS_OF
    assert [(one.title, one.supposed) for one in found.supposed] == [("分项", "没有别的")]
    empty = thing(flag=True, start=D(2024, 6, 1), on=BLANK)
    assert [(s.title, s.has) for s in entry(under, empty).supposed] == [("分项", "台账没有这一列")]


SETS = """
thing:
  title: 办事
  gates: [meet]
  suppose: {flag: true, word: null, parts: null}
  steps:
    - title: 会
      by: 乙
      days: ['on']
      goal: true
      facts: {tags: [红, 绿], kind: {is: 甲, over: [乙]}}
"""


@pytest.mark.parametrize(
    ("tags", "supposed"),
    [
        (BLANK, "红、绿"),
        (Elements(("红",), closed=True), None),  # what a cell lists is all there is
        (Elements(("红",), closed=False), "红、绿"),
        (Elements(("红", "绿"), closed=True), None),
    ],
)
def test_items_are_added_where_there_may_be_more(tags: Fact, supposed: str | None) -> None:
    green = {"id": "b-green", "require": "thing.tags.exists(x, x == '绿')"}
    under = rules(green, {"id": "c-kind", "require": "thing.kind == '甲'"}, procedures=SETS)
    found = entry(under, a_thing(on=BLANK, tags=tags, kind="乙"))
    said = {one.title: one.supposed for one in found.supposed}
    assert said.get("标签") == (None if tags == Elements(("红",), closed=True) else supposed)
    listed = supposed is not None or tags == Elements(("红", "绿"), closed=True)
    assert (found.goals[0].day is not None) is listed
    assert "种类" not in said or said["种类"] == "甲"


def test_a_value_that_says_not_yet_gives_way_and_another_does_not() -> None:
    under = rules(
        {"id": "c-kind", "title": "种类", "require": "thing.kind == '甲'"}, procedures=SETS
    )
    given = a_thing(on=BLANK, kind="乙", parts=ABSENT_LIST)
    assert entry(under, given).supposed == (SuppositionEntry("会", "种类", "乙", "甲"),)
    other = entry(under, a_thing(on=BLANK, kind="丙"))
    assert [one.text for one in other.goals[0].blocked] == ["种类"]


TWO = """
thing:
  title: 办事
  requirements: [b-either]
  steps:
    - {title: 甲法, by: 甲, days: [start], facts: {done: true}, otherwise: {done: false}}
    - {title: 乙法, by: 乙, days: [group.on], facts: {done: true}}
    - {title: 会, by: 丙, days: ['on'], goal: true}
"""


def test_of_two_ways_the_one_that_the_ledger_doesn_t_deny() -> None:
    """The first of two that do, unless the ledger says that it isn't done; one planned stays."""
    either = {
        "id": "b-either",
        "require": "thing.done && (thing.start < thing.on || thing.group.on < thing.on)",
    }
    under = ruleset(either, procedures=TWO)
    blank = entry(under, a_thing(start=BLANK, group__on=BLANK, on=BLANK))
    assert list(days(blank)) == ["开始日期", "办理日期"]
    denied = entry(under, a_thing(start=ABSENT, group__on=BLANK, on=BLANK))
    assert list(days(denied)) == ["组内日期", "办理日期"]
    planned_too = entry(under, a_thing(start=BLANK, group__on=D(2024, 7, 3), on=BLANK))
    assert list(days(planned_too)) == ["组内日期", "办理日期"]
    assert planned_too.milestones[0].planned == D(2024, 7, 3)


def test_a_procedure_that_isn_t_asked_of_it() -> None:
    under = rules({**TEN, "applies": "thing.n > 5"})
    assert plan(under, a_thing(start=BLANK, on=BLANK, n=1)) is None
    assert timetable(ruleset(CLASS), run_of(a_thing()), a_thing(), WORDS) is None


def test_named_by_key_or_words_whatever_it_is() -> None:
    under = rules(TEN)
    one, other = a_thing(start=BLANK, on=BLANK), replace(a_thing(start=BLANK, on=BLANK), key="事2")
    run = run_of(one, other)
    (found,) = timetables_of(under, run, "事2", D(2024, 7, 20))
    assert (found.subject_key, found.goals[0].asked) == ("事2", D(2024, 7, 20))
    assert timetables(ruleset(CLASS), run, "thing", "事2") == ()
    with pytest.raises(AmbiguousNameError):
        timetables_of(under, run, "水")
    with pytest.raises(WrongNameError, match="事项里没有“事3”，是否指“事"):
        timetables_of(under, run, "事3")
    assert '"subject_key": "事2"' in timetables_json([found], D(2024, 7, 1), None)


def test_engines_that_differ_show_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    under = rules(TEN)
    record = a_thing(start=BLANK, on=D(2024, 7, 20))
    monkeypatch.setattr("engine.assessing.timetable.timetable.confirmed", lambda _: False)
    found = entry(under, record)
    assert (found.confirmed, found.milestones) == (False, ())
    assert [(goal.day, goal.reached, goal.chain) for goal in found.goals] == [(None, None, ())]


def test_a_day_that_the_search_got_wrong_is_not_confirmed() -> None:
    """A day late, a day early, and a gate that doesn't open: each is seen by both engines."""
    found = plan(rules(TEN), a_thing(start=BLANK, on=BLANK))
    assert found is not None
    assert confirmed(found)
    goal, milestone = found.goals[0], found.milestones[1]
    for wrong in (D(2024, 7, 11), D(2024, 7, 9)):
        milestone.earliest = milestone.day = goal.day = wrong
        found.hypothesis.put(milestone.record, milestone.path, wrong)
        assert not confirmed(found)
