"""Two assessments compared: which findings are new, which stay, what became of the others.

Findings are told by their fingerprints. Where several records share one, as many of them are
old as there were before; the rest are new. A comparison adds to an assessment and takes nothing
away: a finding that was there last time counts as before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter

from engine.model.assessment import PREDECISION, Assessment, OutcomeEntry
from engine.model.comparison import (
    Change,
    Comparison,
    PastFinding,
    SectionChange,
    Trend,
    VanishedRecord,
)
from engine.model.outcome import Outcome

SCHEMA: Final = "fazhi-diff/1"

_SETTLED = {
    Outcome.MET: Change.FIXED,
    Outcome.NOT_APPLICABLE: Change.NO_LONGER_APPLICABLE,
}
_SHORT = (Outcome.GAP, Outcome.BORDERLINE, Outcome.NOT_EVIDENCED, Outcome.FAILED)
_WORSE = (Change.NEW, Change.REOPENED, Change.VANISHED)
_KEPT = (Change.VANISHED, Change.UNSEEN)
_GONE = (Change.FIXED, Change.NO_LONGER_APPLICABLE)


def since(now: Assessment, then: Assessment) -> Assessment:
    """The later assessment with what changed since the earlier one."""
    one_year = now.year == then.year
    outcomes, past = _findings(now, then) if one_year else (list(now.outcomes), [])
    counts = Counter(entry.change for entry in outcomes if entry.change is not None)
    counts.update(finding.change for finding in past if not finding.earlier)
    comparison = Comparison(
        as_of=then.as_of,
        year=then.year,
        counts={change: counts[change] for change in Change} if one_year else {},
        past=tuple(sorted(past, key=lambda f: (f.earlier, f.requirement, f.subject_key))),
        sections=dict(_sections(now, then)),
        notes=tuple(_notes(now, then)),
        vanished=tuple(_gone(now, then)) if one_year else (),
    )
    return replace(now, outcomes=tuple(outcomes), since=comparison)


def worse(compared: Assessment) -> bool:
    """Whether something is new or came back; between years, whether a section went down."""
    comparison = compared.since
    if comparison is None:
        return False
    again = len(comparison.vanished) + sum(comparison.counts.get(name, 0) for name in _WORSE)
    sections = () if comparison.counts else comparison.sections.values()
    return bool(again) or any(section.trend is Trend.WORSE for section in sections)


def _findings(now: Assessment, then: Assessment) -> tuple[list[OutcomeEntry], list[PastFinding]]:
    """The outcomes with their changes, and the earlier findings that are none any more."""
    before: dict[str, list[PastFinding]] = defaultdict(list)
    closed: dict[str, PastFinding] = {}
    for finding in _open_then(then):
        before[finding.fingerprint].append(finding)
    for finding in then.since.past if then.since is not None else ():
        if finding.change in _GONE:
            closed[finding.fingerprint] = replace(finding, earlier=True)
    outcomes: dict[str, list[OutcomeEntry]] = defaultdict(list)
    for entry in now.outcomes:
        outcomes[entry.fingerprint].append(entry)
    changes: dict[int, Change] = {}
    past: list[PastFinding] = []
    for mark in [*outcomes, *(mark for mark in before if mark not in outcomes)]:
        found, open_ = outcomes.get(mark, []), before.get(mark, [])
        left = len(open_)
        for entry in _likeliest(found, open_):
            if entry.finding:
                again = Change.REOPENED if mark in closed else Change.NEW
                changes[id(entry)] = Change.PERSISTING if left else again
                left = max(0, left - 1)
        if any(entry.finding for entry in found):
            closed.pop(mark, None)
        calm = [entry for entry in found if not entry.finding]
        for number, finding in enumerate(open_[len(open_) - left :] if left else []):
            became = calm[number] if number < len(calm) else None
            if became is None:
                past.append(_vanished(finding, now, then, twin=bool(found)))
            elif became.outcome in _SETTLED:
                past.append(replace(finding, change=_SETTLED[became.outcome], on=now.as_of))
            else:
                changes[id(became)] = Change.PERSISTING
    settled = {finding.fingerprint for finding in past}
    past += [finding for mark, finding in closed.items() if mark not in settled]
    marked = [
        entry
        if entry.change is changes.get(id(entry))
        else replace(entry, change=changes.get(id(entry)))
        for entry in now.outcomes
    ]
    return marked, past


def _open_then(then: Assessment) -> Iterator[PastFinding]:
    """What was open: the findings, what could not be told, and what nobody had asked about."""
    for entry in then.outcomes:
        if entry.finding or entry.change is Change.PERSISTING:
            yield PastFinding(
                fingerprint=entry.fingerprint,
                requirement=entry.requirement,
                title=then.requirements[entry.requirement].title,
                subject_type=entry.subject_type,
                subject_key=entry.subject_key,
                subject_label=entry.subject_label,
                outcome=entry.outcome,
                severity=entry.severity,
                change=Change.UNSEEN,
                on=then.as_of,
            )
    for finding in then.since.past if then.since is not None else ():
        if finding.change in _KEPT:
            yield finding


def _likeliest(
    found: Sequence[OutcomeEntry], open_: Sequence[PastFinding]
) -> Iterable[OutcomeEntry]:
    """The records of one fingerprint, those first whose outcome is what one had before."""
    if len(found) < 2:
        return found
    had = {finding.outcome for finding in open_}
    return sorted(found, key=lambda entry: entry.outcome not in had)


def _vanished(
    finding: PastFinding, now: Assessment, then: Assessment, *, twin: bool
) -> PastFinding:
    """A finding whose record or requirement is not there any more; never one that is fixed."""
    if now.profile != then.profile or now.profile == PREDECISION:
        return replace(finding, change=Change.UNSEEN)
    if finding.requirement not in now.requirements:
        change, reason = Change.NO_LONGER_APPLICABLE, "这次的结果里没有这条要求"
    else:
        change = Change.VANISHED
        reason = "同号的少了一件" if twin else "这次没有读到这件记录"
    return replace(finding, change=change, on=now.as_of, reason=reason)


def _gone(now: Assessment, then: Assessment) -> Iterator[VanishedRecord]:
    """The records of last time, whatever came of them, that are not there now.

    Of several under one key as many as there are fewer now. A check of something else, or of
    less, says nothing of what it didn't look at.
    """
    if now.profile != then.profile or now.profile == PREDECISION:
        return
    there = _records(now, now)
    missed = defaultdict(list)
    for record in then.since.vanished if then.since is not None else ():
        missed[record.subject_type, record.subject_key].append(record)
    for (of_type, key), (times, label) in _records(then, now).items():
        missed[of_type, key] += [VanishedRecord(of_type, key, label, now.as_of)] * times
    for name in sorted(missed):
        times, _ = there.get(name, (0, ""))
        yield from missed[name][: max(0, len(missed[name]) - times)]


def _records(assessment: Assessment, asked: Assessment) -> dict[tuple[str, str], tuple[int, str]]:
    """How many records of each type and key a requirement of `asked` looks at, and their name.

    Several under one key answer to the same requirements.
    """
    entries = [entry for entry in assessment.outcomes if entry.requirement in asked.requirements]
    times = Counter((e.requirement, e.subject_type, e.subject_key) for e in entries)
    found = {(e.subject_type, e.subject_key): (0, e.subject_label) for e in entries}
    for (_, of_type, key), n in times.items():
        most, label = found[of_type, key]
        found[of_type, key] = max(most, n), label
    return found


def _sections(now: Assessment, then: Assessment) -> Iterator[tuple[str, SectionChange]]:
    for name, section in now.outline.items():
        before = then.summary.outline.get(name, {})
        after = now.summary.outline.get(name, {})
        if before or after:
            trend = _trend(before, after, one_year=now.year == then.year)
            yield name, SectionChange(section.title, before, after, trend)


def _trend(before: Mapping[Outcome, int], after: Mapping[Outcome, int], *, one_year: bool) -> Trend:
    """By the share of what falls short among what is decided; a section may grow or shrink.

    Within one year it only shrinks where something isn't there, or isn't known any more: what
    fell short with it is not mended.
    """
    short, met = _short(before), before.get(Outcome.MET, 0)
    short_now, met_now = _short(after), after.get(Outcome.MET, 0)
    if not short + met or not short_now + met_now:
        return Trend.INCOMPARABLE
    was, is_ = short * (short_now + met_now), short_now * (short + met)
    if one_year and is_ < was and short_now + met_now < short + met:
        return Trend.INCOMPARABLE
    return Trend.BETTER if is_ < was else Trend.WORSE if is_ > was else Trend.SAME


def _short(counts: Mapping[Outcome, int]) -> int:
    return sum(counts.get(outcome, 0) for outcome in _SHORT)


def _notes(now: Assessment, then: Assessment) -> Iterator[str]:
    """What makes the two hard to compare."""
    if now.year != then.year:
        yield f"两次的年度不同（{then.year}年、{now.year}年），只按纲要各节比较"
    if now.place != then.place:
        yield f"两次核的不是同一个地方：上次是“{then.place}”，这次是“{now.place}”"
    if now.profile != then.profile:
        yield "两次核的范围不同：上次没有核的问题列为新出现，这次没有核的另列"
    if now.ruleset != then.ruleset:
        yield "两次用的规则集不同：有的变化可能来自要求的修改"
    if now.as_of < then.as_of:
        yield f"“上次”的检查日（{then.as_of}）比这次（{now.as_of}）还晚，请看文件有没有放反"


def to_json(assessment: Assessment) -> str:
    """What `fazhi diff` writes: the comparison and the outcomes that it marks, as JSON."""
    changed = [entry for entry in assessment.outcomes if entry.change is not None]
    content = {
        "schema": SCHEMA,
        "as_of": assessment.as_of,
        "year": assessment.year,
        "period": assessment.period,
        "since": assessment.since,
        "outcomes": changed,
    }
    adapter = TypeAdapter(dict[str, Any])
    return adapter.dump_json(content, indent=1).decode() + "\n"
