"""A timetable in the making: the steps taken, the days found, and what they stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.assessing.timetable.days import Days, Ground, Milestone
from engine.assessing.timetable.hypothesis import BROKEN, DOUBTFUL, SOUND, Hypothesis, Ranks
from engine.assessing.timetable.search import DAY
from engine.assessing.timetable.steps import Steps, Supposition
from engine.judging.doubt import resting
from engine.judging.missing import Missing, missing
from engine.judging.run import Run
from engine.model.outcome import Outcome
from engine.model.values import Record
from engine.ruleset.model import Gate, Procedure, Requirement, Ruleset


@dataclass(eq=False, slots=True)
class Goal:
    """The day others lead up to: the first that is lawful, or why there is none.

    `gate` is the permission asked for that day, if there is one. `doubtful` is what a person has
    to find met; `lacking` the facts that keep others from being judged.
    """

    milestone: Milestone
    gate: Gate | None
    day: dt.date | None = None
    blocked: tuple[Ground, ...] = ()
    doubtful: tuple[Ground, ...] = ()
    lacking: tuple[Missing, ...] = ()


@dataclass(eq=False, slots=True)
class Plan:
    """The timetable of one subject."""

    hypothesis: Hypothesis
    milestones: list[Milestone]
    goals: list[Goal] = field(default_factory=list)
    supposed: list[Supposition] = field(default_factory=list)
    stricter: tuple[str, ...] = ()

    @property
    def ahead(self) -> list[Milestone]:
        """The days that are still to come, without those the ledger lacks."""
        return [m for m in self.milestones if not m.unwritten]

    @property
    def reached(self) -> list[Milestone]:
        """Those of them that lead up to no goal without a lawful day."""
        ahead = self.ahead
        ends = [ahead.index(goal.milestone) + 1 for goal in self.goals if not goal.blocked]
        if len(ends) == len(self.goals):
            return ahead
        return ahead[: max(ends, default=0)]

    def broken(self) -> set[str]:
        """The requirements that are known to be broken or doubtful on the days found."""
        requirements = self.hypothesis.requirements
        resting = _resting(self.hypothesis, list(requirements.values()))
        found = {name for name, r in requirements.items() if self.hypothesis.rank(r) > SOUND}
        return found | {ground.requirement.id for ground in resting if ground.requirement}


def planned(ruleset: Ruleset, run: Run, procedure: Procedure, subject: Record) -> Plan | None:
    """The plan for a subject; None where the procedure isn't asked of it, or is all behind it.

    Where the stricter suppositions leave no day, those that have an opposite are tried with it,
    one after the other.
    """
    ranks: Ranks = {}

    def attempt(denied: frozenset[str]) -> Plan | None:
        return _attempt(Hypothesis(ruleset, run, procedure, subject, ranks), denied)

    plan = attempt(frozenset())
    if plan is None:
        return None
    if any(goal.blocked for goal in plan.goals):
        for path in plan.stricter:
            other = attempt(frozenset([path]))
            if other is not None and not any(goal.blocked for goal in other.goals):
                return other
    return plan


def _attempt(hypothesis: Hypothesis, denied: frozenset[str]) -> Plan | None:
    steps = Steps(hypothesis, denied)
    if _beside(hypothesis):
        return None
    days = Days(hypothesis, steps)
    plan = Plan(hypothesis, days.milestones)
    if not plan.ahead:
        return None
    plan.goals = list(_goals(plan))
    plan.stricter = tuple(one.path for one in steps.supposed if one.after is True)
    plan.supposed = _needed(plan, steps)
    return plan


def _beside(hypothesis: Hypothesis) -> bool:
    """Whether nothing but what settles the procedure applies to the subject."""
    gates = (hypothesis.ruleset.gates[name] for name in hypothesis.procedure.gates)
    settling = {gate.classification for gate in gates}
    standing = hypothesis.standing(hypothesis.requirements)
    return not any(found for name, found in standing.items() if name not in settling)


# what the goals stand on


def _goals(plan: Plan) -> Iterator[Goal]:
    gates = {
        gate.assumes: gate
        for gate in (plan.hypothesis.ruleset.gates[g] for g in plan.hypothesis.procedure.gates)
    }
    for milestone in plan.milestones:
        if milestone.goal:
            own = milestone.record is plan.hypothesis.subject
            yield _goal(plan, milestone, gates.get(milestone.path) if own else None)


def _goal(plan: Plan, milestone: Milestone, gate: Gate | None) -> Goal:
    hypothesis = plan.hypothesis
    goal = Goal(milestone, gate)
    before = plan.milestones[: plan.milestones.index(milestone) + 1]
    stuck = [ground for m in before if m.day is None for ground in m.because]
    names = list(hypothesis.requirements if gate is None else gate.stands_on())
    asked = [hypothesis.requirements[name] for name in names if name in hypothesis.requirements]
    hypothesis.put(milestone.record, milestone.path, milestone.earliest or milestone.day)
    broken = [Ground(r.title, r, ()) for r in asked if hypothesis.rank(r) == BROKEN]
    doubtful = [Ground(r.title, r, ()) for r in asked if hypothesis.rank(r) == DOUBTFUL]
    goal.doubtful = (*doubtful, *_resting(hypothesis, asked))
    if gate is not None:
        goal.lacking = tuple(dict.fromkeys(_lacking(hypothesis, asked)))
    goal.blocked = tuple({ground.why: ground for ground in (*stuck, *broken)}.values())
    if not goal.blocked and not goal.lacking:
        goal.day = milestone.earliest
    if milestone.day is not None:
        hypothesis.put(milestone.record, milestone.path, milestone.day)
    return goal


def _resting(hypothesis: Hypothesis, asked: Sequence[Requirement]) -> Iterator[Ground]:
    """The requirements that rest on facts of the ledger that can't all be so, and why."""
    for why, doubt in hypothesis.doubts().items():
        for requirement in resting(asked, [doubt]):
            yield Ground(why, requirement, ())


def _lacking(hypothesis: Hypothesis, asked: Sequence[Requirement]) -> Iterator[Missing]:
    """What keeps a requirement from being judged once every step is taken."""
    for requirement in asked:
        measurer = hypothesis.measurer(requirement)
        for record, outcome in hypothesis.outcomes(requirement):
            if outcome in (Outcome.UNKNOWN, Outcome.NOT_EVIDENCED, Outcome.PENDING):
                text, _ = measurer.governing(record)
                frame = measurer.frame(record)
                for node in () if text is None else (text.applies, text.require):
                    yield from missing(node, frame, hypothesis.world)


def _needed(plan: Plan, steps: Steps) -> list[Supposition]:
    """What is supposed and makes a difference to any day, each tried without."""
    hypothesis = plan.hypothesis
    made = [*steps.supposed, *(one for taken in steps.taken for one in taken.supposed)]
    relevant = _relevant(plan)
    kept = []
    for one in reversed(made):
        resting = [name for name in hypothesis.resting(one.record, one.path) if name in relevant]
        field = (one.record.type, one.path)
        with_it = (_claims(plan, resting), hypothesis.doubts(field).keys())
        hypothesis.change(one.record, one.path, one.withdrawn)
        if (_claims(plan, resting), hypothesis.doubts(field).keys()) != with_it:
            hypothesis.change(one.record, one.path, one.made)
            kept.append(one)
    return kept[::-1]


def _relevant(plan: Plan) -> set[str]:
    """The requirements that a gate stands on or that read a day still to come."""
    hypothesis = plan.hypothesis
    found = {
        name
        for gate in hypothesis.procedure.gates
        for name in hypothesis.ruleset.gates[gate].stands_on()
    }
    for milestone in plan.ahead:
        found |= {r.id for r in hypothesis.reading(milestone.record.type, milestone.path)}
    return found & hypothesis.requirements.keys()


def _claims(plan: Plan, names: Sequence[str]) -> list[object]:
    """What becomes of requirements on the days found, and what breaks a day earlier."""
    hypothesis = plan.hypothesis
    found: list[object] = [hypothesis.standing(names)]
    for milestone in plan.ahead:
        reading = hypothesis.reading(milestone.record.type, milestone.path)
        concerned = [requirement for requirement in reading if requirement.id in names]
        if concerned and milestone.because and milestone.earliest and milestone.day:
            hypothesis.put(milestone.record, milestone.path, milestone.earliest - DAY)
            found.append([hypothesis.rank(requirement) for requirement in concerned])
            hypothesis.put(milestone.record, milestone.path, milestone.day)
    return found
