"""What changed since last time, in words that every format shows.

变化：比上次多了、少了什么，用各种格式都用的话。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.model.assessment import Assessment
from engine.model.comparison import CHANGE_TITLES, TREND_TITLES, Change, Comparison, PastFinding
from engine.model.outcome import OUTCOME_TITLES, Outcome
from reporter.titles import counted, headline, subject

_LISTED: Final = (Change.NEW, Change.REOPENED, Change.PERSISTING)
_LEFT: Final = (
    Change.VANISHED,
    Change.FIXED,
    Change.NO_LONGER_APPLICABLE,
    Change.UNSEEN,
)
_SIGNS: Final = {"better": "↑", "worse": "↓", "same": "＝", "incomparable": "·"}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the lines under it."""

    title: str
    lines: tuple[str, ...]


def in_short(comparison: Comparison) -> str:
    """How many findings are new, stay, are gone; between years how many sections went which way."""
    if comparison.counts:
        named = ((CHANGE_TITLES[change], n) for change, n in comparison.counts.items())
    else:
        trends = [section.trend for section in comparison.sections.values()]
        named = ((title, trends.count(trend)) for trend, title in TREND_TITLES.items())
    unit = "项" if comparison.counts else "节"
    said = [f"{title} {number}{unit}" for title, number in named]
    if comparison.vanished:
        said.append(f"没有再读到的记录 {len(comparison.vanished)}件")
    return " · ".join(said)


def gone(comparison: Comparison) -> Iterator[Block]:
    """The earlier findings that are none now, and how the sections of the outline went."""
    for change in _LEFT:
        lines = [
            _past(finding)
            for finding in comparison.past
            if finding.change is change and not finding.earlier
        ]
        if lines:
            yield Block(f"上次的问题，{CHANGE_TITLES[change]}（{len(lines)}）", tuple(lines))
    if comparison.vanished:
        lines = [f"{one.subject_label}　{one.on}起没有再读到" for one in comparison.vanished]
        title = f"上次有、这次没有读到的记录，请说明去了哪里（{len(lines)}）"
        yield Block(title, tuple(lines))
    lines = [
        f"{_SIGNS[section.trend]} {name}{section.title}：{TREND_TITLES[section.trend]}；"
        f"上次{_counts(section.before)}；这次{_counts(section.after)}"
        for name, section in comparison.sections.items()
    ]
    if lines:
        yield Block("纲要各节，与上次比", tuple(lines))


def changed(assessment: Assessment) -> Iterator[Block]:
    """The outcomes of now by what became of them."""
    requirements = assessment.requirements
    for change in _LISTED:
        entries = [entry for entry in assessment.outcomes if entry.change is change]
        lines = [
            f"{headline(entry, requirements[entry.requirement])}　"
            f"{subject(entry, requirements[entry.requirement])}"
            for entry in entries
        ]
        if lines:
            yield Block(f"{CHANGE_TITLES[change]}（{len(lines)}）", tuple(lines))


def _past(finding: PastFinding) -> str:
    reason = f"（{finding.reason}）" if finding.reason else ""
    was = OUTCOME_TITLES[finding.outcome]
    return f"{finding.title}　{finding.subject_label}　上次{was}{reason}"


def _counts(found: Mapping[Outcome, int]) -> str:
    return counted(found) or "没有结论"
