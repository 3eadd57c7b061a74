"""The timetable of a record, in words: what an assessment shows of a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.assessing.subjects import find, find_among, with_day
from engine.assessing.timetable.confirm import confirmed
from engine.assessing.timetable.days import Ground, Milestone
from engine.assessing.timetable.plan import Goal, Plan, planned
from engine.assessing.timetable.steps import Supposition
from engine.assessing.wording import words_of
from engine.explaining.words import Words
from engine.judging.answers import answered
from engine.judging.measure import Measurer
from engine.judging.missing import Missing
from engine.judging.run import Run, check_day
from engine.language.vocabulary import MANUAL
from engine.model.outcome import Outcome
from engine.model.timetable import (
    ApartEntry,
    GoalEntry,
    GroundEntry,
    MilestoneEntry,
    RestEntry,
    SuppositionEntry,
    TimetableEntry,
)
from engine.model.values import CAUSE_TITLES, NO_COLUMN, Cause, Elements, Record
from engine.ruleset.model import Ruleset


def timetable(ruleset: Ruleset, run: Run, subject: Record, words: Words) -> TimetableEntry | None:
    """The timetable of `subject`, whose own days that lie ahead are its plans.

    None where there is no procedure for its type, where the procedure isn't asked of it, and where
    all its days are behind it.
    """
    procedure = ruleset.procedures.get(subject.type)
    plan = planned(ruleset, run, procedure, subject) if procedure is not None else None
    return None if plan is None else _Shown(plan, subject, words).entry()


def timetables(
    ruleset: Ruleset, run: Run, subject: str, key: str, day: dt.date | None = None
) -> tuple[TimetableEntry, ...]:
    """The timetables of the records of type `subject` that `key` names.

    `day` is asked about in place of the ledger's for the first goal of the procedure. None where
    there is no procedure for the type. Raises `WrongNameError` where no record is called `key`.
    """
    if subject not in ruleset.procedures:
        return ()
    return _of(ruleset, run, find(run.records, ruleset.schema, subject, key), day)


def _of(
    ruleset: Ruleset, run: Run, records: Iterable[Record], day: dt.date | None
) -> tuple[TimetableEntry, ...]:
    words = words_of(ruleset, run)
    found = []
    for record in records:
        asked = record if day is None else _asked(ruleset, record, day)
        found.append(timetable(ruleset, run, asked, words))
    return tuple(entry for entry in found if entry is not None)


def timetables_of(
    ruleset: Ruleset, run: Run, key: str, day: dt.date | None = None
) -> tuple[TimetableEntry, ...]:
    """The timetables of whatever `key` names that has a procedure.

    Raises `WrongNameError` where no such record is called `key`, or more than one may be meant,
    and `WrongDayError` where none has such a day.
    """
    if day is not None:
        check_day(day)
    run = answered(run, ruleset)
    named = find_among(run.records, ruleset.schema, tuple(ruleset.procedures), key)
    return _of(ruleset, run, named, day)


def _asked(ruleset: Ruleset, record: Record, day: dt.date) -> Record:
    """The record with the day asked about for its first goal."""
    for step in ruleset.procedures[record.type].steps:
        if step.goal and not step.of:
            return with_day(record, step.days[0].path, day)
    return record


class _Shown:
    """A plan in words."""

    def __init__(self, plan: Plan, subject: Record, words: Words) -> None:
        self.plan, self.subject, self.words = plan, subject, words
        self.hypothesis = plan.hypothesis
        self.start = plan.hypothesis.start
        self.closed = bool(plan.goals) and all(goal.blocked for goal in plan.goals)
        self.by_day = {(m.record, m.path): m for m in plan.milestones}

    def entry(self) -> TimetableEntry:
        subject = self.hypothesis.subject
        shown = TimetableEntry(
            title=self.hypothesis.procedure.title,
            subject_type=subject.type,
            subject_key=self.words.key(subject),
            subject_label=self.words.label(subject),
            goals=tuple(self.goal(goal) for goal in self.plan.goals),
            milestones=tuple(self.milestones()),
            supposed=() if self.closed else tuple(self.supposed()),
        )
        if confirmed(self.plan):
            return shown
        goals = tuple(replace(goal, day=None, reached=None, chain=()) for goal in shown.goals)
        return replace(shown, goals=goals, milestones=(), confirmed=False)

    # goals

    def goal(self, goal: Goal) -> GoalEntry:
        milestone = goal.milestone
        asked = milestone.planned
        reached = None
        if asked is not None and (goal.day is not None or goal.blocked):
            reached = goal.day is not None and asked == milestone.day
            last = self.hypothesis.world.calendar.last
            if any(ground.untold for ground in goal.blocked) and last is not None and asked > last:
                reached = None
        return GoalEntry(
            gate=goal.gate.id if goal.gate is not None else "",
            title=goal.gate.title if goal.gate is not None else milestone.step.title,
            day=goal.day,
            asked=asked,
            reached=reached,
            chain=tuple(self.rest(*fact) for fact in self.chain(goal)),
            blocked=tuple(self.grounds(goal.blocked)),
            doubtful=tuple(self.grounds(goal.doubtful)),
            lacking=tuple(dict.fromkeys(map(self.lacking, goal.lacking))),
            apart=tuple(self.apart(goal)),
        )

    def apart(self, goal: Goal) -> Iterator[ApartEntry]:
        """What the gate stands on besides, as the ledger has it on the day of the check."""
        named = self.hypothesis.procedure.apart
        world = self.hypothesis.run.world
        for name in goal.gate.stands_on() if goal.gate is not None else ():
            if name not in named:
                continue
            requirement = self.hypothesis.ruleset.requirements[name]
            found = Measurer(requirement, world, self.start.year).outcome(self.subject)
            if found not in (Outcome.MET, Outcome.NOT_APPLICABLE):
                ground = next(iter(self.grounds([Ground(requirement.title, requirement, ())])))
                yield ApartEntry(ground, found, named[name])

    def chain(self, goal: Goal) -> list[tuple[Record, str, dt.date]]:
        """The days that the first day of the goal follows from, the first of them first."""
        if goal.day is None:
            return []
        found = [(goal.milestone.record, goal.milestone.path, goal.day)]
        while True:
            record, path, day = found[-1]
            milestone = self.by_day.get((record, path))
            if milestone is None or milestone.earliest != day or not milestone.because:
                break
            rests = [rest for ground in milestone.because for rest in ground.rests]
            if not rests:
                break
            found.append(max(rests, key=lambda rest: rest[2]))
        return found[::-1]

    def lacking(self, missing: Missing) -> str:
        if missing.record is None:
            if missing.cause is Cause.CALENDAR:
                return CAUSE_TITLES[Cause.CALENDAR]
            return self.words.parameter(missing.field) + CAUSE_TITLES[Cause.PARAMETER]
        title = self.words.title(missing.record.type, missing.field)
        why = "台账写“无”" if missing.cause is None else CAUSE_TITLES[missing.cause]
        return f"{title}（{why}）"

    # days

    def milestones(self) -> Iterator[MilestoneEntry]:
        decisive = {fact[:2] for goal in self.plan.goals for fact in self.chain(goal)}
        calendar = self.hypothesis.world.calendar
        for milestone in self.plan.reached:
            own = milestone.record is self.hypothesis.subject
            yield MilestoneEntry(
                step=milestone.step.title,
                title=self.words.title(milestone.record.type, milestone.path),
                who=milestone.step.by,
                record="" if own else self.words.key(milestone.record),
                planned=milestone.planned,
                earliest=milestone.earliest,
                latest=milestone.latest,
                late=self.late(milestone),
                because=tuple(self.grounds(milestone.because)),
                until=tuple(self.grounds(milestone.until)),
                decisive=(milestone.record, milestone.path) in decisive,
                goal=milestone.goal,
                rest_day=milestone.earliest is not None
                and calendar.is_workday(milestone.earliest) is False,
            )

    def late(self, milestone: Milestone) -> int:
        return 0 if milestone.latest is None else max(0, (self.start - milestone.latest).days)

    def grounds(self, grounds: Iterable[Ground]) -> Iterator[GroundEntry]:
        for ground in grounds:
            rests = tuple(self.rest(*rest) for rest in ground.rests)
            requirement = ground.requirement
            if requirement is None:
                yield GroundEntry(ground.why, rests=rests, untold=ground.untold)
            else:
                basis = requirement.texts[0].basis[0]
                name = self.hypothesis.ruleset.instruments[basis.instrument].name
                yield GroundEntry(ground.why, requirement.id, f"《{name}》{basis.article}", rests)

    def rest(self, record: Record, path: str, day: dt.date) -> RestEntry:
        return RestEntry(self.words.title(record.type, path), day)

    # what is supposed

    def supposed(self) -> Iterator[SuppositionEntry]:
        for milestone in self.plan.milestones:
            if milestone.unwritten:
                title = self.words.title(milestone.record.type, milestone.path)
                yield SuppositionEntry(
                    milestone.step.title, title, CAUSE_TITLES[Cause.BLANK], f"不晚于{milestone.day}"
                )
        for one in self.plan.supposed:
            yield self.supposition(one)

    def supposition(self, one: Supposition) -> SuppositionEntry:
        words, spec = self.words, self.words.field_type(one.record.type, one.path)
        before = NO_COLUMN if one.before is None else one.before
        title = words.title(one.record.type, one.path)
        if one.path.startswith(MANUAL):
            requirement = self.hypothesis.requirements[one.path.removeprefix(MANUAL)]
            title = requirement.title
        has = words.state(before, spec)
        if isinstance(before, Elements) and not before.items and not before.closed:
            has = CAUSE_TITLES[before.cause]
        # What a list holds besides is the ledger's; else nothing of it is shown.
        shown = spec if isinstance(one.after, Elements) else None
        after = "没有别的" if one.closes or one.after is None else words.state(one.after, shown)
        return SuppositionEntry(one.step, title, has, after)
