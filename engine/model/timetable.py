"""The timetable of one subject, as an assessment shows it: its steps' days, and what sets them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from engine.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class RestEntry:
    """A day that another one counts from, by the title of its field."""

    title: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class GroundEntry:
    """Why a day is no day earlier or later: a requirement with its article, or an order of events.

    `requirement` is empty where it is an order. `untold`: not that a day is no lawful one, but that
    nothing is known of those after it.
    """

    text: str
    requirement: str = ""
    basis: str = ""
    rests: tuple[RestEntry, ...] = ()
    untold: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneEntry:
    """One day of a step still to come; `title` is its field's, `record` its element's key, if any.

    `planned` is the day in the ledger or the one asked about. `earliest` is the first lawful day
    from the check on, `latest` the last that still leaves time for the goal after it, or that a
    period allows. `late` counts the days by which the latest has passed on the day of the check.
    `decisive`: a goal's day follows from it. `rest_day`: the earliest is no working day.
    """

    step: str
    title: str
    who: str
    record: str
    planned: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None
    late: int = 0
    because: tuple[GroundEntry, ...] = ()
    until: tuple[GroundEntry, ...] = ()
    decisive: bool = False
    goal: bool = False
    rest_day: bool = False


@dataclass(frozen=True, slots=True)
class SuppositionEntry:
    """A fact that the days rest on and the ledger doesn't show: what it has, what is supposed."""

    step: str
    title: str
    has: str
    supposed: str


@dataclass(frozen=True, slots=True)
class ApartEntry:
    """A requirement that the gate stands on and the days are found without, and how it stands."""

    ground: GroundEntry
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """The day that others lead up to: the first lawful one, or why there is none.

    `gate` is the permission asked for on that day, empty where none is. `asked` is the day in
    the ledger or asked about, `reached` whether it can be met, None without one. `chain` are the
    days that set the first one, in their order. `blocked` is what no more paper mends, `doubtful`
    what a person has to find met first, `lacking` the facts that nothing is supposed of. `apart` is
    what the gate asks for besides and hasn't been found met.
    """

    gate: str
    title: str
    day: dt.date | None
    asked: dt.date | None = None
    reached: bool | None = None
    chain: tuple[RestEntry, ...] = ()
    blocked: tuple[GroundEntry, ...] = ()
    doubtful: tuple[GroundEntry, ...] = ()
    lacking: tuple[str, ...] = ()
    apart: tuple[ApartEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class TimetableEntry:
    """The days of one subject's steps still to come, seen on the day of the check.

    `confirmed`: both engines say of the days found what the search says; else none is shown.
    """

    title: str
    subject_type: str
    subject_key: str
    subject_label: str
    goals: tuple[GoalEntry, ...]
    milestones: tuple[MilestoneEntry, ...]
    supposed: tuple[SuppositionEntry, ...] = ()
    confirmed: bool = True

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day it shows of steps and goals."""
        steps = (day for one in self.milestones for day in (one.planned, one.earliest, one.latest))
        goals = (day for one in self.goals for day in (one.day, one.asked))
        return tuple(day for day in (*steps, *goals) if day is not None)
