"""The timetable's promise: the gate opens on the day that it names, and on no day before it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine.judging.run
from engine.assessing.gates import pass_gate
from engine.assessing.subjects import copied, only, with_day
from engine.assessing.timetable.confirm import confirmed
from engine.assessing.timetable.plan import Goal, Plan, planned
from engine.assessing.timetable.search import DAY
from engine.guard.examples import build
from engine.judging.ahead import come
from engine.judging.judge import ReferenceJudge
from engine.judging.run import Run
from engine.model.outcome import GateState, Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset
from tests.runs import a_run

PLACE: Final = {
    "judicial_bureau": "司法局",
    "reviewers": ["司法局"],
    "market_regulator": "市场监督管理局",
}
STEPS: Final = (
    {"initiated_on"},
    {"comment.published_on", "comment.deadline"},
    {"expert_review.held_on"},
    {"risk_assessment.reported_on"},
    {"fair_competition_review.initial_on"},
    {"fair_competition_review.reviewed_on"},
    {"legality_review.materials_complete_on"},
    {"legality_review.opinion_on"},
    {"party_report.reported_on"},
)
PAPERS: Final[dict[str, dict[str, Any]]] = {
    "expert_review.held_on": {"expert_review.opinion_doc": "论证意见"},
    "risk_assessment.reported_on": {
        "risk_assessment.report_doc": "评估报告",
        "risk_assessment.conclusion": "可控",
    },
    "fair_competition_review.reviewed_on": {
        "fair_competition_review.reviewer": "市场监督管理局",
        "fair_competition_review.conclusion": "符合",
    },
    "legality_review.opinion_on": {
        "legality_review.opinion_doc": "司法审〔2025〕1号",
        "legality_review.doc_type": "合法性审查意见",
        "legality_review.reviewer": "司法局",
        "legality_review.conclusion": "合法",
    },
}
UNKNOWN: Final = {"unknown": "blank"}


@st.composite
def decisions(draw: st.DrawFn) -> tuple[dt.date, dict[str, Any]]:
    """A decision on the day of the check: some steps done, in their order, others not, or denied.

    The days between two steps are long enough or not; what isn't known of it is left blank.
    """
    as_of = draw(st.dates(dt.date(2025, 1, 2), dt.date(2025, 11, 28)))
    flag = st.sampled_from([True, False, UNKNOWN])
    facts: dict[str, Any] = {
        "is_major": draw(st.sampled_from([True, True, UNKNOWN])),
        "exempt_ground": None,
        "special_procedure_law": None,
        "nonpublic_ground": None,
        "lead_unit": "城市管理局",
        # what comes before it is begun is no step of the timetable
        "initiation.study_doc": "可行性报告",
        "initiation.decided_by": "市政府",
        "maker_level": draw(st.sampled_from(["政府", "部门", "乡镇"])),
        "technical": draw(flag),
        "risk_possible": draw(flag),
        "touches_operators": draw(flag),
        "hearing_mandatory_law": draw(st.sampled_from([None, None, "某法第九条"])),
    }
    day = as_of
    done = draw(st.integers(0, len(STEPS)))
    for fields in reversed(STEPS[:done]):
        day -= draw(st.integers(0, 12)) * DAY
        for field in fields:
            facts[field] = day
            facts |= PAPERS.get(field, {})
        if "comment.published_on" in fields:
            day -= draw(st.integers(27, 45)) * DAY
            facts["comment.published_on"] = day
    for fields in STEPS[done:]:
        denied = draw(st.sampled_from([UNKNOWN, None]))
        facts |= dict.fromkeys(fields, denied)
    begun = facts["initiated_on"]
    facts["initiation.study_on"] = begun - DAY if isinstance(begun, dt.date) else as_of - 90 * DAY
    if draw(st.booleans()):
        facts["discussion.held_on"] = {"planned": as_of + draw(st.integers(0, 90)) * DAY}
    return as_of, facts


def _run(
    as_of: dt.date, facts: dict[str, Any], ruleset: Ruleset, calendar: WorkCalendar
) -> tuple[Run, Any]:
    example = Example(outcome=Outcome.MET, as_of=as_of, given=facts, place=PLACE)
    about = ruleset.requirements["dec-scope-classification"]
    built = build(about, example, ruleset.schema, calendar)
    return a_run(built.records, built.world, built.year), built.subject


def _state(plan: Plan, goal: Goal, day: dt.date) -> GateState:
    """The gate as the pre-decision check has it on that very day, all steps taken as planned."""
    assert goal.gate is not None
    hypothesis = plan.hypothesis
    subject = with_day(copied(hypothesis.subject, None), goal.milestone.path, day)
    run = replace(hypothesis.run, world=replace(hypothesis.run.world, as_of=day))
    run = run.on(come(only(run.records, hypothesis.ruleset.schema, [subject]), run.world))
    (gated,) = pass_gate(hypothesis.ruleset, run, goal.gate, run.records["decision"])
    return gated.result.state


@pytest.fixture
def by_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference alone: that both engines agree is another property, and takes longer."""
    judges = (ReferenceJudge(), ReferenceJudge(), "")
    monkeypatch.setattr(engine.judging.run, "everyday_judges", lambda _: judges)


@pytest.mark.usefixtures("by_reference")
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(decisions())
def test_it_opens_on_the_day_named_and_not_before(
    ruleset: Ruleset, calendar: WorkCalendar, case: tuple[dt.date, dict[str, Any]]
) -> None:
    """A search that stops a day late or a day early, or a supposition that isn't there, breaks it.

    Where a person has to find something met first, the gate is for a person on that day and on
    none before it is it open. Closed decisions name what closes them.
    """
    as_of, facts = case
    run, subject = _run(as_of, facts, ruleset, calendar)
    plan = planned(ruleset, run, ruleset.procedures["decision"], subject)
    assert plan is not None
    assert confirmed(plan)
    for goal in plan.goals:
        if goal.day is None:
            assert goal.blocked or goal.lacking
            continue
        on_the_day = GateState.UNDETERMINED if goal.doubtful else GateState.OPEN
        assert _state(plan, goal, goal.day) is on_the_day
        earlier = {as_of, *(goal.day - n * DAY for n in (1, 2, 3, 7))}
        for day in sorted(one for one in earlier if as_of <= one < goal.day):
            assert _state(plan, goal, day) is not GateState.OPEN, day
