"""Outcomes as z3 formulas: `judging.measure` and `outcome.decide` said symbolically.

佐证不足 and 信息不全 are one here: which it is depends on why facts are missing, not on them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import z3

from engine.guard.verify import days as d
from engine.guard.verify.algebra import (
    FALSE,
    TRUE,
    Bool,
    Number,
    Span,
    Truth3,
    all_,
    any_,
    choice,
    not_,
)
from engine.guard.verify.encode import Encoder
from engine.guard.verify.facts import SymbolicRecord
from engine.judging.reference import Reading
from engine.model.outcome import SETTLED, Outcome, Severity
from engine.ruleset.model import Requirement, Text, Window

DECIDED: Final = (
    Outcome.MET,
    Outcome.GAP,
    Outcome.BORDERLINE,
    Outcome.PENDING,
    Outcome.UNKNOWN,
    Outcome.NOT_APPLICABLE,
)
"""The outcomes told apart."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One text of a requirement for a record: whether it governs, and what it says."""

    governs: Bool
    applies: Truth3
    require: Truth3
    outcomes: Mapping[Outcome, Bool]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A requirement for a record, all its texts together."""

    texts: tuple[Judged, ...]
    outcomes: Mapping[Outcome, Bool]

    def differs(self, other: Verdict) -> Bool:
        """Whether the two come to different outcomes."""
        both = (all_(self.outcomes[o], other.outcomes[o]) for o in DECIDED)
        return not_(any_(*both))


def verdict(encoder: Encoder, requirement: Requirement, record: SymbolicRecord) -> Verdict:
    """What a requirement says of a symbolic record."""
    scope = {requirement.subject: record}
    act = _act_days(encoder, encoder.span(requirement.act_on, scope, Reading.PLAN))
    forces = [_in_force(text.windows, act) for text in requirement.texts]
    texts = []
    earlier: list[Bool] = []
    for text, force in zip(requirement.texts, forces, strict=True):
        governs = all_(force.true, *(not_(other) for other in earlier))
        earlier.append(force.true)
        texts.append(_judged(encoder, text, governs, {requirement.subject: record}))
    ungoverned = all_(*(not_(force.true) for force in forces))
    beside = any_(
        all_(*(force.false for force in forces)), all_(*(text.applies.false for text in texts))
    )
    outcomes = {
        outcome: any_(*(all_(text.governs, text.outcomes[outcome]) for text in texts))
        for outcome in DECIDED
    }
    outcomes[Outcome.NOT_APPLICABLE] = any_(
        outcomes[Outcome.NOT_APPLICABLE], all_(ungoverned, beside)
    )
    outcomes[Outcome.UNKNOWN] = any_(outcomes[Outcome.UNKNOWN], all_(ungoverned, not_(beside)))
    return Verdict(tuple(texts), outcomes)


def severity(
    encoder: Encoder, requirement: Requirement, record: SymbolicRecord, found: Verdict
) -> Number:
    """`engine.judging.measure.Measurer.severity` as the rank of the severity, 0 the gravest."""
    scope = {requirement.subject: record}
    levels = requirement.severities
    conditions = [encoder.truth(when, scope) for when, _ in levels.cases]
    rank: Number = z3.IntVal(levels.default.rank)
    for condition, (_, level) in reversed(list(zip(conditions, levels.cases, strict=True))):
        own = z3.IntVal(level.rank)
        graver = choice(own <= rank, own, rank)
        rank = choice(condition.true, own, choice(condition.false, rank, graver))
    lower = any_(*(encoder.truth(when, scope).true for when in levels.lower))
    mildest = Severity.ADVISORY.rank
    rank = choice(all_(lower, rank < mildest), rank + 1, rank)
    act = _act_days(encoder, encoder.span(requirement.act_on, scope, Reading.PLAN))
    beside = any_(
        *(
            all_(judged.governs, _in_force(text.lawful, act).false)
            for judged, text in zip(found.texts, requirement.texts, strict=True)
        )
    )
    return choice(beside, z3.IntVal(mildest), rank)


def noted(
    encoder: Encoder, requirement: Requirement, record: SymbolicRecord, found: Verdict
) -> Bool:
    """Whether it comes with its note."""
    scope = {requirement.subject: record}
    return any_(
        *(
            all_(
                judged.governs,
                judged.outcomes[text.noted],
                encoder.truth(text.note[0], scope).true,
            )
            for judged, text in zip(found.texts, requirement.texts, strict=True)
            if text.note is not None
        )
    )


def differ(
    encoder: Encoder,
    record: SymbolicRecord,
    one: tuple[Requirement, Verdict],
    other: tuple[Requirement, Verdict],
) -> Bool:
    """Whether two readings of a requirement differ in what is shown of it: `ShownOutcome`."""
    (first, before), (second, after) = one, other
    differences = [before.differs(after)]
    if _graded(first) != _graded(second):
        settled = any_(*(before.outcomes[outcome] for outcome in SETTLED))
        rank, changed = (severity(encoder, r, record, found) for r, found in (one, other))
        differences.append(all_(not_(settled), rank != changed))
    if any(text.note is not None for text in first.texts):
        differences.append(
            noted(encoder, first, record, before) != noted(encoder, second, record, after)
        )
    return any_(*differences)


def _graded(requirement: Requirement) -> tuple[object, ...]:
    """What a severity is told from, beside which text governs."""
    return requirement.severities, *(text.lawful for text in requirement.texts)


def _judged(
    encoder: Encoder, text: Text, governs: Bool, scope: Mapping[str, SymbolicRecord]
) -> Judged:
    applies = encoder.truth(text.applies, scope)
    require = encoder.truth(text.require, scope)
    curable = encoder.truth(text.require, scope, Reading.CURABLE)
    lenient = FALSE if text.lenient is None else encoder.truth(text.lenient, scope).true
    ahead, past = FALSE, TRUE
    if text.due is not None:
        due = encoder.span(text.due, scope, Reading.PLAN)
        as_of = encoder.facts.as_of
        ahead, past = all_(due.has_lo, as_of <= due.lo), all_(due.has_hi, due.hi < as_of)
    open_ = all_(applies.true, not_(require.true))
    final = all_(open_, curable.false)
    waiting = all_(open_, not_(curable.false))
    over = all_(waiting, past, not_(ahead))
    late = all_(over, require.false)
    capped, short = (late, final) if text.house else (FALSE, any_(final, late))
    outcomes = {
        Outcome.NOT_APPLICABLE: applies.false,
        Outcome.MET: all_(applies.true, require.true),
        Outcome.GAP: all_(short, not_(lenient)),
        Outcome.BORDERLINE: any_(capped, all_(short, lenient)),
        Outcome.PENDING: all_(waiting, ahead),
        Outcome.UNKNOWN: any_(
            applies.unknown,
            all_(waiting, not_(ahead), not_(past)),
            all_(over, require.unknown),
        ),
    }
    return Judged(governs, applies, require, outcomes)


def _act_days(encoder: Encoder, act: Span) -> Span:
    """`engine.ruleset.model.act_days`: where unknown, every day of the assessed year."""
    year = encoder.facts.year
    first, last = d.first_of(year), d.first_of(year + 1) - 1
    least, most = d.day(dt.date.min), d.day(dt.date.max)
    lo = choice(act.has_lo, act.lo, choice(any_(not_(act.has_hi), act.hi >= first), first, least))
    hi = choice(act.has_hi, act.hi, choice(lo <= last, last, most))
    return Span(lo, hi, TRUE, TRUE)


def _in_force(windows: Sequence[Window], act: Span) -> Truth3:
    within = (all_(d.day(w.start) <= act.lo, act.hi <= d.day(w.end)) for w in windows)
    beside = (any_(act.hi < d.day(w.start), d.day(w.end) < act.lo) for w in windows)
    return Truth3(any_(*within), all_(*beside))
