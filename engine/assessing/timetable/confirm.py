"""What a search found by one engine, judged by both: the days found, and the day before each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.assessing.gate_states import Standing, conclude_all
from engine.assessing.subjects import copied, family, only
from engine.assessing.timetable.days import Milestone
from engine.assessing.timetable.hypothesis import SOUND, rank
from engine.assessing.timetable.plan import Goal, Plan
from engine.assessing.timetable.search import DAY
from engine.judging.run import Judged, judge
from engine.model.outcome import GateState, Outcome
from engine.model.values import Record
from engine.ruleset.model import Gate


def confirmed(plan: Plan) -> bool:
    """Whether both engines say of the days found what the search says.

    On the days found nothing breaks that isn't broken on any day; a day earlier what sets it does;
    every gate opens on the day named for it, but for what a person has to find met, and on the
    day before it doesn't, or something else breaks (a gate doesn't ask for what only comes after
    it). A day that only the order of events sets is judged with the rest.
    """
    found = _Cases(plan)
    whole = found.add({})
    days = [
        (found.add({m: m.earliest - DAY}), found.add({m: m.earliest}), named)
        for m in plan.reached
        if m.earliest is not None
        and (named := {g.requirement.id for g in m.because if g.requirement})
    ]
    start = plan.hypothesis.start
    gates = [
        (goal, found.add({goal.milestone: goal.day}), found.add({goal.milestone: goal.day - DAY}))
        for goal in plan.goals
        if goal.day is not None and goal.gate is not None
    ]
    found.judge()
    expected = plan.broken()
    return (
        found.broken(whole) <= expected
        and all(
            found.broken(on) <= expected and found.broken(before) & named
            for before, on, named in days
        )
        and all(found.opens(goal, on) for goal, on, _ in gates)
        and all(
            goal.day == start or not found.opens(goal, before) or found.broken(before) - expected
            for goal, _, before in gates
        )
    )


@dataclass(slots=True)
class _Cases:
    """Copies of the subject with some of the days changed, judged together."""

    plan: Plan
    records: list[Record] = field(default_factory=list)
    outcomes: dict[int, dict[str, list[Outcome]]] = field(default_factory=dict)

    def add(self, days: Mapping[Milestone, dt.date]) -> Record:
        """A copy with these days in place of those found."""
        hypothesis = self.plan.hypothesis
        held = {m: hypothesis.fact(m.record, m.path) for m in days}
        for milestone, day in days.items():
            hypothesis.put(milestone.record, milestone.path, day)
        made = copied(hypothesis.subject, hypothesis.subject.parent)
        for milestone, fact in held.items():
            hypothesis.put(milestone.record, milestone.path, fact)
        self.records.append(made)
        return made

    def judge(self) -> None:
        """Have both engines judge all copies."""
        hypothesis = self.plan.hypothesis
        run = replace(hypothesis.run, world=hypothesis.world)
        run = run.on(only(run.records, hypothesis.world.schema, self.records))
        judged: Judged = judge(run, list(hypothesis.requirements.values()))
        by_record: dict[int, dict[str, Outcome]] = {}
        for name, requirement in hypothesis.requirements.items():
            records = run.records.get(requirement.subject, ())
            for record, outcome in zip(records, judged.outcomes[name], strict=True):
                by_record.setdefault(id(record), {})[name] = outcome
        for made in self.records:
            found: dict[str, list[Outcome]] = {}
            for record in family(made):
                for name, outcome in by_record.get(id(record), {}).items():
                    found.setdefault(name, []).append(outcome)
            self.outcomes[id(made)] = found

    def broken(self, record: Record) -> set[str]:
        """The requirements that are worse than sound."""
        requirements = self.plan.hypothesis.requirements
        found = self.outcomes[id(record)].items()
        return {name for name, outs in found if rank(outs, requirements[name]) > SOUND}

    def opens(self, goal: Goal, record: Record) -> bool:
        """Whether the gate opens, or waits for nothing but what a person has to find met."""
        gate: Gate = goal.gate  # type: ignore[assignment]
        requirements = self.plan.hypothesis.requirements
        standing = [
            Standing(name, record.key, outcome, requirements[name].confirmed)
            for name, outcomes in self.outcomes[id(record)].items()
            for outcome in outcomes
            if name in gate.stands_on()
        ]
        result = conclude_all(gate, [(record.key, standing)])[0]
        doubtful = {ground.requirement.id for ground in goal.doubtful if ground.requirement}
        left = {standing.requirement for standing in result.deciding}
        return result.state is GateState.OPEN or (
            result.state is GateState.UNDETERMINED and bool(doubtful) and left <= doubtful
        )
