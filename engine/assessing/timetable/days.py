"""The days of the steps to come: the earliest lawful one of each, the latest, and why no other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from engine.assessing.timetable.hypothesis import DOUBTFUL, SOUND, Hypothesis
from engine.assessing.timetable.search import DAY, REACH, Holds, nearest_day
from engine.assessing.timetable.steps import OPEN, Steps, planned_day
from engine.judging.missing import ON_CALENDAR
from engine.language import tree as t
from engine.model.values import ABSENT, Record
from engine.ruleset.model import Requirement, Step

_TOLERATED: Final = (SOUND, DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a day is no day earlier or later, and on which other days that rests.

    `requirement` is what would break; None where the order of two events would. `untold`: not
    that a day is no lawful one, but that nothing is known of those after it.
    """

    why: str
    requirement: Requirement | None
    rests: tuple[tuple[Record, str, dt.date], ...]
    untold: bool = False


@dataclass(eq=False, slots=True)
class Milestone:
    """One day of a step: planned for, found to be lawful at the earliest and the latest.

    `day` is the one that the steps after it count from: the planned day where that is lawful,
    else the earliest. `unwritten`: every day from the check on is too late for it, so it must
    lie before and the ledger lacks it; `day` is then the latest it may have been. That can't be
    of one that the ledger says is not done (`denied`), nor of a goal. Without `day` none is
    lawful any more: `latest` was the last, if there ever was one, and `because` says why.
    `tolerated`: how bad what comes of the day may be, where nothing better was found.
    """

    step: Step
    record: Record
    path: str
    planned: dt.date | None
    goal: bool = False
    denied: bool = False
    earliest: dt.date | None = None
    day: dt.date | None = None
    latest: dt.date | None = None
    unwritten: bool = False
    tolerated: int = SOUND
    because: tuple[Ground, ...] = ()
    until: tuple[Ground, ...] = ()


class Days:
    """Finds the days of every step, in the order of the procedure, then back from the goals.

    Until it is found a goal is thought to lie far ahead, so that what it asks for applies.
    """

    def __init__(self, hypothesis: Hypothesis, steps: Steps) -> None:
        self.hypothesis = hypothesis
        self.milestones = [
            Milestone(
                one.step,
                one.record,
                path,
                planned_day(held),
                goal=one in steps.goals,
                denied=held is ABSENT or one.created,
            )
            for one in steps.taken
            for path, held in one.days.items()
        ]
        for number, milestone in enumerate(self.milestones):
            if milestone.goal:
                self._set(milestone, hypothesis.start + (REACH + number) * DAY)
        for milestone in self.milestones:
            self._find(milestone)
        self._find_latest()

    # earliest

    def _find(self, milestone: Milestone) -> None:
        """The earliest day of one, the days before it being found."""
        start = self.hypothesis.start
        for tolerated in _TOLERATED:
            holds = self._holds(milestone, tolerated)
            landmarks = self._landmarks()
            milestone.earliest = nearest_day(holds, start, landmarks, last=self._last(milestone))
            if milestone.earliest is not None:
                if milestone.earliest > start:
                    milestone.because = self._grounds(
                        milestone, milestone.earliest - DAY, tolerated
                    )
                planned = milestone.planned
                keeps = planned is not None and planned >= start and holds(planned)
                milestone.day = planned if keeps else milestone.earliest
                milestone.tolerated = tolerated
                break
            missed = nearest_day(holds, start - DAY, landmarks, back=True)
            if missed is not None and not milestone.goal:
                milestone.because = self._grounds(milestone, start, tolerated)
                if milestone.denied or not self._leads_on(milestone):
                    milestone.latest = missed
                else:
                    milestone.day, milestone.unwritten = missed, True
                break
        else:
            milestone.because = self._why_none(milestone)
        self._set(milestone, milestone.day)

    def _last(self, milestone: Milestone) -> dt.date | None:
        """The last day of which is known what working days there are, where those are counted."""
        last = self.hypothesis.world.calendar.last
        if last is None or last < self.hypothesis.start:
            return None
        reading = self.hypothesis.reading(milestone.record.type, milestone.path)
        return last if any(map(on_calendar, reading)) else None

    def _why_none(self, milestone: Milestone) -> tuple[Ground, ...]:
        """What breaks on every day; where nothing does, what breaks today and what in the end."""
        start, last = self.hypothesis.start, self._last(milestone)
        now = {ground.why: ground for ground in self._grounds(milestone, start, DOUBTFUL)}
        end = start + REACH * DAY if last is None else last
        later = {ground.why: ground for ground in self._grounds(milestone, end, DOUBTFUL)}
        always = [ground for why, ground in later.items() if why in now]
        grounds = always or list((now | later).values())
        waits = [ground.requirement for ground in later.values() if ground.requirement is not None]
        if last is not None and any(map(on_calendar, waits)):
            unknown = f"{last}以后的放假安排没有录入，那以后的日子判不了"
            grounds.append(Ground(unknown, None, (), untold=True))
        return tuple(grounds)

    def _leads_on(self, milestone: Milestone) -> bool:
        """Whether a goal comes after it."""
        after = self.milestones[self.milestones.index(milestone) :]
        return any(other.goal for other in after)

    def _holds(self, milestone: Milestone, tolerated: int) -> Holds:
        """Whether a day breaks nothing that isn't broken without it."""
        hypothesis, record, path = self.hypothesis, milestone.record, milestone.path
        excused, known = self._without(milestone, tolerated)
        asked = [r for r in hypothesis.reading(record.type, path) if r.id not in excused]

        def holds(day: dt.date) -> bool:
            hypothesis.put(record, path, day)
            for requirement in asked:
                if hypothesis.rank(requirement) > tolerated:
                    # what breaks on one day breaks on most of those looked at next
                    asked.remove(requirement)
                    asked.insert(0, requirement)
                    return False
            return not (
                tolerated < DOUBTFUL and hypothesis.doubts((record.type, path)).keys() - known
            )

        return holds

    def _without(self, milestone: Milestone, tolerated: int) -> tuple[set[str], set[str]]:
        """What is broken and in doubt while the day is open."""
        record, path = milestone.record, milestone.path
        self._set(milestone, None)
        broken = self.hypothesis.broken(record.type, path, tolerated)
        return broken, set(self.hypothesis.doubts((record.type, path)))

    def _set(self, milestone: Milestone, day: dt.date | None) -> None:
        self.hypothesis.put(milestone.record, milestone.path, OPEN if day is None else day)

    def _landmarks(self) -> set[dt.date]:
        """The days on which an answer may turn: those written, and their neighbours."""
        return {near for day in self.hypothesis.days() for near in (day - DAY, day, day + DAY)}

    # latest

    def _find_latest(self) -> None:
        """The latest days: from the last goal on forwards, before it back from the goals."""
        found = [m for m in self.milestones if m.day is not None and not m.unwritten]
        last = max((n for n, m in enumerate(found) if m.goal), default=-1)
        after = found[max(last, 0) :]
        for milestone in after:
            self._set(milestone, None)
        for milestone in after:
            self._find_limit(milestone)
        goals = found[: last + 1]
        for milestone in found:
            self._set(milestone, None)
        end: dt.date | None = None
        for milestone in reversed(goals):
            if end is not None:
                self._find_before(milestone, end)
            end = target(milestone, self.hypothesis.start) if milestone.goal else end
            fixed = end if milestone.goal else milestone.latest or milestone.day
            self._set(milestone, fixed)
        for milestone in found:
            self._set(milestone, milestone.day)

    def _find_limit(self, milestone: Milestone) -> None:
        """The last day before something breaks for the wait; none that only seems mistaken."""
        assert milestone.day is not None  # noqa: S101 - the caller's filter
        holds = self._holds(milestone, milestone.tolerated)
        last = self._last(milestone)
        broken = nearest_day(
            lambda day: not holds(day), milestone.day, self._landmarks(), last=last
        )
        if broken is not None and broken > milestone.day:
            until = self._grounds(milestone, broken, milestone.tolerated)
            if any(ground.requirement is not None for ground in until):
                milestone.latest, milestone.until = broken - DAY, until
        self._set(milestone, milestone.day)

    def _find_before(self, milestone: Milestone, end: dt.date) -> None:
        """The last day that still leaves time for what comes after it."""
        holds = self._holds(milestone, milestone.tolerated)
        milestone.latest = nearest_day(holds, end, self._landmarks(), back=True)
        if milestone.latest is not None and milestone.latest < end:
            milestone.until = self._grounds(milestone, milestone.latest + DAY, milestone.tolerated)

    # grounds

    def _grounds(self, milestone: Milestone, day: dt.date, tolerated: int) -> tuple[Ground, ...]:
        """What would break on `day`, and the days that it would break for."""
        hypothesis, record, path = self.hypothesis, milestone.record, milestone.path
        excused, known = self._without(milestone, tolerated)
        self._set(milestone, day)
        found = []
        for name in sorted(hypothesis.broken(record.type, path, tolerated) - excused):
            requirement = hypothesis.requirements[name]
            rests = tuple(self._rests(milestone, requirement, tolerated))
            found.append(Ground(requirement.title, requirement, rests))
        for why, doubt in hypothesis.doubts((record.type, path)).items():
            if why not in known:
                others = (fact for fact in doubt.facts if fact != (record, path))
                rests = tuple(
                    (one, name, value)
                    for one, name in others
                    if isinstance(value := one.values.get(name), dt.date)
                )
                found.append(Ground(why, None, rests))
        return tuple(found)

    def _rests(
        self, milestone: Milestone, requirement: Requirement, tolerated: int
    ) -> list[tuple[Record, str, dt.date]]:
        """The other days without which the requirement would not break."""
        hypothesis = self.hypothesis
        aside = [(m.record, m.path) for m in self.milestones if m.goal and m.day is None]
        aside.append((milestone.record, milestone.path))
        found = []
        for record_type, path in sorted(requirement.reads):
            for record in hypothesis.members(record_type):
                held = record.values.get(path)
                if (record, path) in aside or not isinstance(held, dt.date):
                    continue
                hypothesis.put(record, path, OPEN)
                if hypothesis.rank(requirement) <= tolerated:
                    found.append((record, path, held))
                hypothesis.put(record, path, held)
        return found


def on_calendar(requirement: Requirement) -> bool:
    """Whether a requirement counts working days."""
    asked = (part for text in requirement.texts for part in text.expressions())
    return any(
        isinstance(node, t.Call) and node.name in ON_CALENDAR
        for part in asked
        for node in t.walk(part)
    )


def target(milestone: Milestone, start: dt.date) -> dt.date | None:
    """The day that the steps before a goal must leave time for: the planned one, else the first."""
    planned = milestone.planned
    return planned if planned is not None and planned >= start else milestone.day
