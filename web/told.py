"""What the interface for other systems takes and tells: each message with its fields.

接口的报文：交什么、答什么，一样一样的栏。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ninja import Field, Schema


class Told(Schema):
    """Why something was not done."""

    said: str


class TakenOut(Schema):
    """A file that was taken in."""

    name: str
    sha256: str


class AskIn(Schema):
    """On which day the folder shall be seen: today without one."""

    as_of: dt.date | None = None


class RunOut(Schema):
    """A run: `stored` says that it was there already."""

    run: int
    state: str
    stage: str
    as_of: dt.date
    stored: bool = False
    error: str = ""
    findings: Mapping[str, int] = Field(default_factory=dict)


class StepOut(Schema):
    """A requirement that a gate stands on."""

    requirement: str
    title: str
    state: str
    state_title: str
    who: str
    due: dt.date | None
    decides: bool
    said: str


class GateOut(Schema):
    """A gate: its light, for which day, and all that it stands on."""

    gate: str
    title: str
    state: str
    state_title: str
    day: dt.date | None
    day_said: str
    steps: list[StepOut]


class ItemOut(Schema):
    """One line to tick: whether it is there, where it is filled in, which requirements ask."""

    title: str
    state: str
    state_title: str
    said: str
    columns: list[str]
    requirements: Mapping[str, str]


class ChecklistOut(Schema):
    """A check-list of one record."""

    checklist: str
    title: str
    label: str
    tally: str
    items: list[ItemOut]


class ChecklistsOut(Schema):
    """The check-lists of one record: to tick, no verdict."""

    notices: list[str]
    key: str
    as_of: dt.date
    run: int
    checklists: list[ChecklistOut]


class TimetableOut(Schema):
    """The days of the steps still to come, in words."""

    goals: list[str]
    columns: list[str]
    rows: list[list[str]]
    supposed: list[str]


class DecisionOut(Schema):
    """One decision. `timetable` is null while it is being worked out: ask again in a second."""

    notices: list[str]
    key: str
    label: str
    as_of: dt.date
    run: int
    gates: list[GateOut]
    timetable: list[TimetableOut] | None


class OutcomeOut(Schema):
    """The verdict on one requirement for one record."""

    requirement: str
    title: str
    subject: str
    key: str
    owner: str
    outcome: str
    outcome_title: str
    severity: str
    severity_title: str
    finding: bool
    message: str
    basis: str
    due: dt.date | None
    fingerprint: str


class OutcomesOut(Schema):
    """Some of the outcomes, and how many fit in all."""

    notices: list[str]
    total: int
    outcomes: list[OutcomeOut]


class DueOut(Schema):
    """What is due on one day about one record."""

    day: dt.date
    off: str
    urgency: str
    owner: str
    subject: str
    what: str


class DuesOut(Schema):
    """What is due in the days asked about, the soonest first."""

    notices: list[str]
    due: list[DueOut]
