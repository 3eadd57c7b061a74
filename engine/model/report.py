"""What the annual reports say, as the assessment carries it for explain, diff and the renderers.

Every `start`/`end` pair is a half-open span of code points in the decoded text of the report, as
`fazhi extract --text` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from engine.model.values import Source, Truth

TO_FILL: Final = "（由起草人填写）"
"""Stands in our draft of a report where a person has to write; with it, it is no report yet."""


class Verdict(StrEnum):
    """What recomputing says of a relation, and recounting of a claim.

    `unknown`: what the text or the ledger gives does not settle it.
    """

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"

    @property
    def truth(self) -> Truth:
        """Whether it holds; None where that is not settled."""
        return None if self is Verdict.UNKNOWN else self is Verdict.HOLDS


class FigureKind(StrEnum):
    """What a figure claims: a result of the year, an aim, last year's value, or a running total."""

    RESULT = "result"
    TARGET = "target"
    COMPARISON = "comparison"
    CUMULATIVE = "cumulative"


Direction: TypeAlias = Literal["up", "down", "same"]
Number: TypeAlias = int | float

VERDICT_TITLES: Final[Mapping[Verdict, str]] = {
    Verdict.HOLDS: "成立",
    Verdict.FAILS: "不成立",
    Verdict.UNKNOWN: "无法复算",
}
DIRECTION_TITLES: Final[Mapping[Direction, str]] = {"up": "上升", "down": "下降", "same": "持平"}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One of the contents that an annual report must have; `span` is None where it is missing."""

    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One number that the report claims.

    `value` is in `unit`, 万 and 亿 multiplied out, a percentage in per cent. An approximate one
    lies from `min` to `max`, both included, None being an open side. `scope` is the period named.
    `indicator` is None where it is not sure what is counted; `title` is its Chinese name.
    """

    indicator: str | None
    title: str
    value: Number
    unit: str
    raw: str
    start: int
    end: int
    approximate: bool
    min: Number | None
    max: Number | None
    kind: FigureKind
    scope: str
    section: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReportRelation:
    """An arithmetic relation: the bare formula, the working in words, the rounding allowed.

    `figures` are positions in the report's `figures`, `spans` where these stand.
    """

    kind: str
    arithmetic: str
    verdict: Verdict
    explanation: str
    rounding: str
    figures: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReportObservation:
    """Something a reader should ask about though no sum is wrong; `span` is its place, if any."""

    code: str
    title: str
    message: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class ReportProblem:
    """A problem the report admits, the cause it gives, and the plans that answer it."""

    text: str
    span: Span
    cause: str
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportChange:
    """One indicator in last year's report and in this one.

    `claimed` is the direction that the words state, `words` quotes them, `direction` is that of
    the figures (None where approximate figures may be equal). `agrees` is None without a claim.
    `general`: the words speak of the matter as a whole, not of this very figure.
    `percent` is the change in per cent of the earlier value.
    """

    indicator: str
    title: str
    unit: str
    last: Number
    this: Number
    percent: Number | None
    direction: Direction | None
    claimed: Direction | None
    words: str
    general: bool
    agrees: bool | None
    explanation: str
    last_span: Span
    this_span: Span


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A ledger row behind the number that the ledger shows."""

    record_type: str
    record_key: str
    label: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """A number the report claims against what the ledger shows.

    What is claimed lies from `claimed_min` to `claimed_max` (an exact number is both), what the
    ledger shows from `shown_min` to `shown_max`, None being open: the ledger is not known to be
    complete, so `shown_min` is a lower bound. `rows` are those counted, `doubtful` those that
    may count but lack what decides it, `outside` those not counted for the day they bear; each
    stands at the cell that decided. `difference` says in words how the two differ.
    """

    requirement: str
    subject_key: str
    indicator: str
    title: str
    unit: str
    raw: str
    span: Span | None
    claimed_min: Number | None
    claimed_max: Number | None
    shown_min: Number | None
    shown_max: Number | None
    lower_bound: bool
    verdict: Verdict
    difference: str
    rows: tuple[ClaimRow, ...] = ()
    doubtful: tuple[ClaimRow, ...] = ()
    outside: tuple[ClaimRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One annual report: what it is, what it claims, and how that holds.

    `assessed`: it is the report of the year under assessment; another one is there to compare
    with. `changes` (from last year's report, if it is there) and `claims` (against the ledgers)
    are given of the assessed one.
    """

    path: str
    title: str
    place: str
    year: int
    assessed: bool
    parts: tuple[ReportPart, ...]
    figures: tuple[ReportFigure, ...]
    relations: tuple[ReportRelation, ...]
    observations: tuple[ReportObservation, ...]
    problems: tuple[ReportProblem, ...]
    changes: tuple[ReportChange, ...] = ()
    claims: tuple[ReportClaim, ...] = ()
