"""The steps of a procedure that are still to be taken, and what is supposed of them.

Whether a step is needed is asked of the requirements: it is where something breaks without it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, cast

from engine.assessing.timetable.hypothesis import Fact, Hypothesis
from engine.assessing.timetable.search import DAY
from engine.judging.reference import Frame, compile_expr
from engine.language import tree as t
from engine.language.vocabulary import MANUAL
from engine.model.values import ABSENT, NEEDS_PERSON, Cause, Elements, Record, State, Unknown
from engine.ruleset.files import RequirementKind
from engine.ruleset.manual import MET
from engine.ruleset.model import Place, Step, Supposal

OPEN: Final = Unknown(Cause.BLANK)
"""A day that is still to be found."""

_Ranks: TypeAlias = dict[tuple[str, int | None], int]
"""How bad each requirement is, by how far the days are apart."""


@dataclass(eq=False, slots=True)
class Supposition:
    """A fact taken to be so: what the ledger holds, and what is supposed in its place.

    `step` is the step that brings it, empty where none does. `closes`: nothing but that a list
    holds all there is, whatever elements the steps add to it.
    """

    record: Record
    path: str
    before: Fact
    after: Fact
    step: str = ""
    closes: bool = False

    def withdrawn(self, now: Fact) -> Fact:
        """What the field holds without it, given what it holds now."""
        if self.closes and isinstance(now, Elements):
            return replace(now, closed=False)
        return self.before

    def made(self, now: Fact) -> Fact:
        """What the field holds with it, given what it holds without."""
        if self.closes and isinstance(now, Elements):
            return replace(now, closed=True)
        return self.after


@dataclass(eq=False, slots=True)
class Taken:
    """A step for one record, its days that are still to be found, and what it brings.

    `created`: the record is an element that the ledger doesn't have yet.
    """

    step: Step
    record: Record
    days: dict[str, Fact]
    supposed: list[Supposition] = field(default_factory=list)
    created: bool = False

    @property
    def said_none(self) -> bool:
        """Whether the ledger says of its first day that there is none."""
        return next(iter(self.days.values()), None) is ABSENT

    @property
    def is_planned(self) -> bool:
        """Whether one of its days is planned."""
        return any(planned_day(held) is not None for held in self.days.values())


class Steps:
    """Takes every step of the procedure in a hypothesis, and leaves those that nothing needs.

    `taken` are the steps that stay, in the order of the procedure; `supposed` everything else
    that is supposed. `goals` are the steps that others lead up to and that no later goal has left
    behind.
    """

    def __init__(self, hypothesis: Hypothesis, denied: Collection[str] = ()) -> None:
        """`denied` are fields that are supposed to be 否 where the procedure supposes 是."""
        self.hypothesis = hypothesis
        self.supposed: list[Supposition] = []
        for one in hypothesis.procedure.suppose:
            supposal = replace(one, value=False) if one.place.path in denied else one
            self.supposed.extend(self._supply(hypothesis.subject, supposal, ""))
        self.supposed.extend(self._bodies())
        self.supposed.extend(self._closed_lists())
        self.supposed.extend(self._answers())
        self.taken = [one for step in hypothesis.procedure.steps for one in self._take(step)]
        self._order = list(self.taken)
        self.goals = self._ahead([one for one in self.taken if one.step.goal])
        self._leave_needless()
        if not self.goals:
            self._leave_behind()

    @staticmethod
    def _ahead(goals: list[Taken]) -> list[Taken]:
        """The goals after the last one that is reached."""
        reached = max((n for n, one in enumerate(goals) if not one.days), default=-1)
        return goals[reached + 1 :]

    def _leave_behind(self) -> None:
        """Leave what comes before the last goal, where that is reached."""
        reached = max((n for n, one in enumerate(self.taken) if one.step.goal), default=-1)
        self.taken = self.taken[reached + 1 :]

    # what is supposed

    def _suppose(self, record: Record, path: str, after: Fact, step: str) -> Supposition:
        made = Supposition(record, path, self.hypothesis.fact(record, path), after, step)
        self.hypothesis.put(record, path, after)
        return made

    def _bodies(self) -> Iterator[Supposition]:
        """A body that settings don't name and a step is taken by is called by what it is."""
        place, types = self.hypothesis.place, self.hypothesis.world.schema.types
        for step in self.hypothesis.procedure.steps:
            for supposal in step.facts:
                asked = supposal.value
                if not isinstance(asked, t.Path) or asked.record != place.type:
                    continue
                held = self.hypothesis.fact(place, asked.field)
                called = types[place.type].fields[asked.field].title
                if _supplied(held, called, progress=False) is not None:
                    yield self._suppose(place, asked.field, called, "")

    def _closed_lists(self) -> Iterator[Supposition]:
        """No more than was read in the lists of the subject that something asks about."""
        subject = self.hypothesis.subject
        for name in self.hypothesis.world.schema.types[subject.type].nested:
            found = subject.elements(name)
            if not found.closed and self.hypothesis.resting(subject, name):
                made = self._suppose(subject, name, replace(found, closed=True), "")
                made.closes = True
                yield made

    def _answers(self) -> Iterator[Supposition]:
        """What a person has yet to answer is found to be met."""
        for name, requirement in self.hypothesis.requirements.items():
            if requirement.kind is RequirementKind.MANUAL:
                for record in self.hypothesis.members(requirement.subject):
                    if record.values.get(MANUAL + name, NEEDS_PERSON) in (NEEDS_PERSON, ABSENT):
                        yield self._suppose(record, MANUAL + name, MET, "")

    def _supply(self, element: Record, supposal: Supposal, step: str) -> Iterator[Supposition]:
        """What is supposed of one field, where the ledger leaves it open or it can be supplied."""
        path = supposal.place.path
        record = element if supposal.place.of else self.hypothesis.subject
        held = self.hypothesis.fact(record, path)
        progress = self.hypothesis.world.schema.types[record.type].in_progress(path)
        wanted = self._value(supposal)
        after = wanted if held in supposal.over else _supplied(held, wanted, progress=progress)
        if after is not None:
            yield self._suppose(record, path, after, step)

    def _value(self, supposal: Supposal) -> Fact:
        """What is supposed; None where the expression for it comes to nothing known."""
        value = supposal.value
        if not isinstance(value, t.Expr):
            return value
        subject = self.hypothesis.subject
        found = compile_expr(value, self.hypothesis.world)(Frame({subject.type: subject}))
        if isinstance(found, tuple):
            return cast("State", found[0]) if found[0] == found[1] else None
        return cast("Fact", found)

    # steps

    def _take(self, step: Step) -> Iterator[Taken]:
        """The step for each record it may be about, all its days that lie ahead open."""
        for one in self._of_each(step):
            for record, created in self._records(one):
                yield self._taken(one, record, created=created)

    def _of_each(self, step: Step) -> list[Step]:
        """The step; where it is taken for every value of a set, one for each of them."""
        if step.each is None:
            return [step]
        place, path = step.each
        values = [str(value) for value in self.hypothesis.subject.elements(path).items]
        return [
            replace(
                step, title=f"{step.title}（{value}）", which=(*step.which, Supposal(place, value))
            )
            for value in values
        ]

    def _taken(self, step: Step, record: Record, *, created: bool) -> Taken:
        days = {}
        for place in step.days:
            held = self.hypothesis.fact(record, place.path)
            if is_open(held, self.hypothesis.start, self._is_event(place)):
                days[place.path] = held
                self.hypothesis.put(record, place.path, OPEN)
        taken = Taken(step, record, days, created=created)
        for supposal in step.facts:
            taken.supposed.extend(self._supply(record, supposal, step.title))
        return taken

    def _is_event(self, place: Place) -> bool:
        return self.hypothesis.world.schema.types[place.record].fields[place.path].time == "event"

    def _records(self, step: Step) -> list[tuple[Record, bool]]:
        """The subject; or the elements that the step may be about, a new one if there is none."""
        subject = self.hypothesis.subject
        if not step.of:
            return [(subject, False)]
        which = {one.place.path: self._value(one) for one in step.which}
        listed = subject.elements(step.of)
        found = [
            item
            for item in listed.items
            if isinstance(item, Record)
            and all(_may_be(item.values.get(path), value) for path, value in which.items())
        ]
        if found:
            return [(record, False) for record in found]
        of = step.days[0].record
        values = {path: value for path, value in which.items() if value is not None}
        record = Record(of, f"{subject.key}/{step.title}", {**values}, parent=subject)
        self._list(step.of, record, there=True)
        return [(record, True)]

    def _list(self, name: str, record: Record, *, there: bool) -> None:
        """Put a new element into a list of the subject, or take it out again."""
        listed = self.hypothesis.subject.elements(name)
        others = tuple(item for item in listed.items if item is not record)
        items = (*others, record) if there else others
        self.hypothesis.put(
            self.hypothesis.subject, name, replace(listed, items=cast("tuple[Record, ...]", items))
        )

    # which of them are needed

    def _leave_needless(self) -> None:
        """Leave every step that nothing needs: first what the ledger denies, then the last."""
        sure = [one for one in self.taken if one in self.goals or one.step.always]
        free = [one for one in self.taken if one.days and one not in sure and not one.is_planned]
        if not free:
            return
        ranks = self._ranks()
        for one in sorted(free, key=lambda one: (not one.said_none, -self.taken.index(one))):
            ranks = self._leave_if_needless(one, ranks)

    def _leave_if_needless(self, one: Taken, before: _Ranks) -> _Ranks:
        """Leave a step, unless something is worse without it than with it.

        `before` are the ranks with it; those that hold afterwards are given back.
        """
        undo = [self._suppose(s.record, s.path, s.before, s.step) for s in one.supposed]
        self.taken.remove(one)
        denied = []
        for path, held in one.days.items():
            denied.append(Supposition(one.record, path, held, ABSENT, one.step.title))
            self.hypothesis.put(one.record, path, ABSENT)
        for supposal in one.step.otherwise:
            denied.extend(self._supply(one.record, supposal, one.step.title))
        if one.created:
            self._list(one.step.of, one.record, there=False)
        # What the step would bring others may have to bring now.
        brought = [
            (other, made)
            for other in self.taken
            for supposal in other.step.facts
            for made in self._supply(other.record, supposal, other.step.title)
        ]
        after = self._ranks()
        if all(rank <= before[key] for key, rank in after.items()):
            for other, made in brought:
                other.supposed.append(made)
            if not one.created:
                self.supposed.extend(made for made in denied if made.before is not ABSENT)
            return after
        self.taken.append(one)
        self.taken.sort(key=self._order.index)
        if one.created:
            self._list(one.step.of, one.record, there=True)
        for made in (*(made for _, made in reversed(brought)), *reversed(denied)):
            self.hypothesis.put(made.record, made.path, made.before)
        for path in one.days:
            self.hypothesis.put(one.record, path, OPEN)
        for made in undo:
            self.hypothesis.put(made.record, made.path, made.before)
        return before

    def _ranks(self) -> _Ranks:
        """How bad every requirement is once days follow each other, on one day, and while open.

        In that order what asks for a step is known to apply; whether the time between them is
        long enough doesn't matter here. All on the first day, what runs out tomorrow still counts.
        """
        days = [(one, path) for one in self._order for path in one.days]
        found = {}
        for apart in (1, 0, None):
            for number, (one, path) in enumerate(days):
                if one in self.taken:
                    after = None if apart is None else self.hypothesis.start + number * apart * DAY
                    self.hypothesis.put(one.record, path, OPEN if after is None else after)
            for name, requirement in self.hypothesis.requirements.items():
                found[name, apart] = self.hypothesis.rank(requirement)
        return found


def is_open(held: Fact, start: dt.date, event: bool) -> bool:  # noqa: FBT001
    """Whether a day is still to be found: nothing is known of it, or it is planned."""
    if held is None or held is ABSENT:
        return True
    if isinstance(held, Unknown):
        return held.lo is None and held.hi is None
    return event and isinstance(held, dt.date) and held > start


def planned_day(held: Fact) -> dt.date | None:
    """The day that an open day is planned for."""
    if isinstance(held, Unknown):
        return held.planned
    return held if isinstance(held, dt.date) else None


def _may_be(held: Fact, wanted: Fact) -> bool:
    """Whether a field holds what is wanted, or may; nothing is wanted where that is not known."""
    return (
        wanted is None
        or held is None
        or held == wanted
        or (isinstance(held, Unknown) and held.lo is None)
    )


def _supplied(held: Fact, wanted: Fact, *, progress: bool) -> Fact:
    """What the field holds once what is wanted is on file; None where it stays as it is.

    What is unknown is supplied, and of what can still be supplied what the ledger denies.
    """
    if wanted is None or held == wanted:
        return None
    if isinstance(wanted, Elements):
        listed = held if isinstance(held, Elements) else None
        if listed is None:
            return wanted
        if listed.closed and not progress:
            return None
        more = tuple(item for item in wanted.items if item not in listed.items)
        if listed.closed and not more:
            return None
        items = cast("tuple[str, ...]", (*listed.items, *more))
        return Elements(items, closed=True) if items else wanted
    if held is None or (isinstance(held, Unknown) and held.lo is None and held.hi is None):
        return wanted
    return wanted if progress and (held is ABSENT or held is False) else None
