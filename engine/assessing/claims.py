"""What a report claims against what the ledgers show: the rows counted, and where they stand.

Read off the trace of a requirement about a claim: the side of its comparison that counts (or
sums) ledger records tells what the ledger shows, the other side is what the report says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from engine.explaining.trace import Trace, Tracer, reads
from engine.explaining.words import Words, interval, plain
from engine.judging.measure import Measurer
from engine.judging.run import Judged, Run
from engine.language import tree as t
from engine.language.semantics import Interval
from engine.model.outcome import Outcome
from engine.model.report import ClaimRow, Number, ReportClaim, Span, Verdict
from engine.model.values import Record, Source, Truth
from engine.ruleset.model import Requirement

CLAIM: Final = "report_claim"
"""The record type of what a report claims of things that a ledger counts."""

_Days: TypeAlias = tuple[dt.date, dt.date]
_VERDICTS: Final[Mapping[Outcome, Verdict]] = {
    Outcome.MET: Verdict.HOLDS,
    Outcome.GAP: Verdict.FAILS,
}


def claims(
    run: Run, judged: Judged, requirements: Sequence[Requirement], words: Words
) -> tuple[ReportClaim, ...]:
    """Every claim that a requirement holds against a ledger, in the order of the text."""
    found: list[ReportClaim] = []
    records = run.records.get(CLAIM, ())
    for requirement in requirements:
        if requirement.subject != CLAIM:
            continue
        measurer, tracer = Measurer(requirement, run.world, run.year), Tracer(run.world)
        for record, outcome in zip(records, judged.outcomes[requirement.id], strict=True):
            text, _ = measurer.governing(record)
            if outcome is Outcome.NOT_APPLICABLE or text is None:
                continue
            frame = measurer.frame(record)
            if tracer.trace(text.applies, frame).value is not True:
                continue
            reckoned = _reckoning(tracer.trace(text.require, frame))
            if reckoned is not None:
                verdict = _VERDICTS.get(outcome, Verdict.UNKNOWN)
                found.append(_claim(requirement.id, record, reckoned, verdict, words))
    return tuple(sorted(found, key=_place))


def _place(claim: ReportClaim) -> tuple[int, str]:
    return claim.span.start if claim.span is not None else -1, claim.requirement


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """What the two sides of a comparison came to, and the elements of the one that counts."""

    claimed: Interval
    shown: Interval
    elements: tuple[Trace, ...]
    closed: bool


def _reckoning(trace: Trace) -> _Reckoning | None:
    """The first comparison of a count with something else, of those that were chosen."""
    parts = trace.parts
    if isinstance(trace.node, t.Compare):
        for counting, other in (parts, parts[::-1]):
            listing = _counted(counting)
            if listing is not None:
                bodies = tuple(part for part in listing.parts if part.element is not None)
                closed = bool(listing.parts[0].value.closed)
                return _Reckoning(other.value, counting.value, bodies, closed)
    if isinstance(trace.node, t.If):
        test, then, other = parts
        parts = (then if test.value else other,) if test.value is not None else ()
    return next((found for part in parts if (found := _reckoning(part)) is not None), None)


def _counted(trace: Trace) -> Trace | None:
    """The filter below a size or a sum."""
    if isinstance(trace.node, (t.Size, t.Sum)) and isinstance(trace.parts[0].node, t.Filter):
        return trace.parts[0]
    return None


def _claim(
    requirement: str, record: Record, found: _Reckoning, verdict: Verdict, words: Words
) -> ReportClaim:
    unit = _text(record, "unit", words)
    raw = _text(record, "raw", words)
    low, high = found.shown
    source, year = record.source, _year(record)
    spanned = source.start is not None and source.end is not None
    return ReportClaim(
        requirement=requirement,
        subject_key=record.key,
        indicator=_text(record, "indicator", words),
        title=_text(record, "title", words),
        unit=unit,
        raw=raw,
        span=Span(source.start or 0, source.end or 0) if spanned else None,
        claimed_min=_number(found.claimed[0]),
        claimed_max=_number(found.claimed[1]),
        shown_min=_number(low),
        shown_max=_number(high),
        lower_bound=not found.closed,
        verdict=verdict,
        difference=_difference(raw, unit, found),
        rows=_rows(found.elements, True, year, words),
        doubtful=_rows(found.elements, None, year, words),
        outside=_rows(found.elements, False, year, words),
    )


def _year(record: Record) -> _Days:
    start, end = record.scalar("start"), record.scalar("end")
    if isinstance(start, dt.date) and isinstance(end, dt.date):
        return start, end
    return dt.date.min, dt.date.max


def _text(record: Record, field: str, words: Words) -> str:
    state = record.scalar(field)
    return words.value(state) if isinstance(state, str) else ""


def _number(value: object) -> Number | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, int) else None


def _rows(
    elements: Sequence[Trace], truth: Truth, year: _Days, words: Words
) -> tuple[ClaimRow, ...]:
    """The rows that count, that may count, or that a day of another year leaves out."""
    found = []
    for body in elements:
        element = body.element
        if body.value is not truth or not isinstance(element, Record):
            continue
        dated = list(_dated(body))
        within = [source for day, source in dated if year[0] <= day <= year[1]]
        if truth is False and (within or not dated):
            continue
        source = (within or [source for _, source in dated] or [element.source])[0]
        place = source if source.file else None
        found.append(ClaimRow(element.type, element.key, words.label(element), place))
    return tuple(found)


def _dated(body: Trace) -> Iterator[tuple[dt.date, Source]]:
    """The known days that were read of a row, or of what is nested in it."""
    for record, path, state in reads(body):
        if isinstance(state, dt.date) and record.type != CLAIM:
            yield state, record.source_of(path.field)


def _difference(raw: str, unit: str, found: _Reckoning) -> str:
    """`报告10件，台账12件，报告少2件`; of an open ledger what it shows is the least."""
    (low, high), (least, most) = found.claimed, found.shown
    if not found.closed and not found.elements:
        return f"报告{raw}{unit}，没有读到台账"
    shown = f"{interval(found.shown)}{unit}"
    if not found.closed:
        shown = f"至少{plain(least)}{unit}（没有声明录全，只是下限）"
    said = f"报告{raw}{unit}，台账{shown}"
    exact = found.closed and least == most and low == high
    for less, more, word in ((high, least, "少"), (most, low, "多")):
        if isinstance(less, int | Decimal) and isinstance(more, int | Decimal) and less < more:
            return f"{said}，报告{'' if exact else '至少'}{word}{plain(more - less)}{unit}"
    if exact:
        return f"{said}，相符"
    settled = found.closed and least == most
    return f"{said}，{'在报告所写的范围内' if settled else '判断不了'}"
