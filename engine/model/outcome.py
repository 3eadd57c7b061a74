"""Outcomes: the verdicts, their severities, how they are decided; and the states of gates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.model.values import Truth


class Outcome(StrEnum):
    """The verdict on one requirement for one subject."""

    MET = "met"
    GAP = "gap"
    BORDERLINE = "borderline"
    NOT_EVIDENCED = "not_evidenced"
    UNKNOWN = "unknown"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    FAILED = "failed"


OUTCOME_TITLES: Final = {
    Outcome.MET: "符合要求",
    Outcome.GAP: "不符合",
    Outcome.BORDERLINE: "存疑待核",
    Outcome.NOT_EVIDENCED: "佐证不足",
    Outcome.UNKNOWN: "信息不全",
    Outcome.PENDING: "期限未到",
    Outcome.NOT_APPLICABLE: "不涉及",
    Outcome.FAILED: "系统未核成",
}

SETTLED: Final = (Outcome.MET, Outcome.NOT_APPLICABLE)
"""The outcomes that call for nothing."""


class Severity(StrEnum):
    """How grave a gap is, the gravest first."""

    BLOCKING = "blocking"
    MAJOR = "major"
    MINOR = "minor"
    ADVISORY = "advisory"

    def lowered(self) -> Severity:
        """One step milder; advisory stays."""
        order = list(Severity)
        return order[min(order.index(self) + 1, len(order) - 1)]

    @property
    def rank(self) -> int:
        """0 for blocking to 3 for advisory."""
        return list(Severity).index(self)


SEVERITY_TITLES: Final = {
    Severity.BLOCKING: "必须先解决",
    Severity.MAJOR: "重要",
    Severity.MINOR: "一般",
    Severity.ADVISORY: "提示",
}


HOUSE: Final = "（这个期限是本产品约定的等待期，不是法定期限）"
"""Said wherever a period is told that no text sets."""


class Unconfirmed(StrEnum):
    """Why the basis of a requirement is not confirmed: such a one closes no gate.

    `inferred`: the article was read, and is stretched by its purpose. `unread`: the article, or
    the value that a place sets by it, was not read in the original.
    """

    INFERRED = "inferred"
    UNREAD = "unread"


class Due(StrEnum):
    """Where the day of the check stands against `due`. No `due` counts as past."""

    PAST = "past"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measures:
    """What an outcome is decided from.

    `in_force`: on the act's day. `curable`: `require` read with all that more paper could still
    supply as unknown. `blank_evidence`: every deciding missing fact is blank and named in
    `evidence`. `house`: no text sets the day due; it is this product's.
    """

    in_force: Truth
    applies: Truth
    require: Truth
    curable: Truth
    lenient: Truth
    due: Due
    blank_evidence: bool
    house: bool = False


def decide(m: Measures) -> Outcome:
    """The outcome, in DESIGN's order; the first that fits holds."""
    if m.in_force is False or m.applies is False:
        return Outcome.NOT_APPLICABLE
    if m.in_force is None or m.applies is None:
        return Outcome.UNKNOWN
    if m.require is True:
        return Outcome.MET
    doubtful = Outcome.BORDERLINE if m.lenient is True else Outcome.GAP
    if m.curable is False:
        return doubtful
    if m.due is Due.AHEAD:
        return Outcome.PENDING
    if m.due is Due.UNKNOWN:
        return Outcome.UNKNOWN
    if m.require is False:
        return Outcome.BORDERLINE if m.house else doubtful
    return Outcome.NOT_EVIDENCED if m.blank_evidence else Outcome.UNKNOWN


ALWAYS_FINDINGS: Final = (Outcome.GAP, Outcome.BORDERLINE, Outcome.NOT_EVIDENCED, Outcome.FAILED)
"""Outcomes that are findings however grave they are; the unknown ones only where blocking."""


def is_finding(outcome: Outcome, severity: Severity) -> bool:
    """Whether the reader must act on it: gaps, doubts, failures, and blocking unknowns."""
    blocking = outcome is Outcome.UNKNOWN and severity is Severity.BLOCKING
    return outcome in ALWAYS_FINDINGS or blocking


class GateState(StrEnum):
    """Whether the permission that a gate stands for is there."""

    OPEN = "open"
    CLOSED = "closed"
    WAITING = "waiting"
    UNDETERMINED = "undetermined"
    NOT_SUBJECT = "not_subject"


GATE_STATE_TITLES: Final = {
    GateState.OPEN: "要件齐备",
    GateState.CLOSED: "暂不具备",
    GateState.WAITING: "待完成",
    GateState.UNDETERMINED: "待人工核",
    GateState.NOT_SUBJECT: "不属本程序",
}
