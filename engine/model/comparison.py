"""What became of an earlier assessment's findings: the part of an assessment that tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.model.outcome import Outcome, Severity


class Change(StrEnum):
    """What became of a finding since last time.

    `PERSISTING`: also where it can't be told now; only what is met is fixed. `UNSEEN`: this time
    nobody asked, `VANISHED`: its record isn't there any more, which somebody has to explain; both
    are kept for the next comparison.
    """

    NEW = "new"
    REOPENED = "reopened"
    PERSISTING = "persisting"
    FIXED = "fixed"
    NO_LONGER_APPLICABLE = "no_longer_applicable"
    VANISHED = "vanished"
    UNSEEN = "unseen"


CHANGE_TITLES: Final = {
    Change.NEW: "新出现",
    Change.REOPENED: "再次出现",
    Change.PERSISTING: "仍然存在",
    Change.FIXED: "已解决",
    Change.NO_LONGER_APPLICABLE: "不再涉及",
    Change.VANISHED: "未再出现（需说明）",
    Change.UNSEEN: "这次没有核",
}


class Trend(StrEnum):
    """Whether a section of the outline stands better than last time."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    INCOMPARABLE = "incomparable"


TREND_TITLES: Final = {
    Trend.BETTER: "好转",
    Trend.WORSE: "变差",
    Trend.SAME: "持平",
    Trend.INCOMPARABLE: "没有可比的",
}


@dataclass(frozen=True, slots=True)
class PastFinding:
    """A finding of an earlier check that is none now, and what became of it on which check's day.

    `outcome` is what it was. `earlier`: it was settled before last time already, and is kept so
    that its coming back is seen.
    """

    fingerprint: str
    requirement: str
    title: str
    subject_type: str
    subject_key: str
    subject_label: str
    outcome: Outcome
    severity: Severity
    change: Change
    on: dt.date
    reason: str = ""
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class VanishedRecord:
    """A record that was judged last time, whatever the outcome, and is not there now.

    `on` is the day of the check that missed it first. It is kept for the next comparison.
    """

    subject_type: str
    subject_key: str
    subject_label: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of the outline then and now: outcomes by kind, and which way it went."""

    title: str
    before: Mapping[Outcome, int]
    after: Mapping[Outcome, int]
    trend: Trend


@dataclass(frozen=True, slots=True)
class Comparison:
    """An assessment held against an earlier one, of `as_of` and `year`.

    Findings are compared one by one only within a year; between years, and in any case, the
    sections of the outline are. `notes` says what makes the two hard to compare. `vanished` are
    the records that are not there any more: a row taken out whole leaves nothing in its file.
    """

    as_of: dt.date
    year: int
    counts: Mapping[Change, int] = field(default_factory=dict)
    past: tuple[PastFinding, ...] = ()
    sections: Mapping[str, SectionChange] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    vanished: tuple[VanishedRecord, ...] = ()
