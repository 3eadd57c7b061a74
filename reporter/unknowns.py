"""What cannot be told, by what is wanting: ledgers, columns and cells.

不明：判断不了的，缺的是哪本台账、哪一列、哪一格，各关系到多少，各种格式一样。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.model.assessment import Assessment, OutcomeEntry
from engine.model.outcome import Outcome
from engine.model.values import CAUSE_TITLES, Cause
from reporter.titles import is_without_subject, why

COLUMNS_HINT: Final = (
    "“台账没有这一列”的，在表里加上这一列就行：只记例外的列（如紧急情况说明、复评结论），空着就是没有；"
    "别的列，没有的写“无”。各列空着是什么意思，见空白台账里的批注"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A missing fact, why it is missing, and what it would help to settle."""

    title: str
    why: str
    requirements: int
    outcomes: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """A blocking requirement that cannot be judged for these records, for one and the same want."""

    requirement: str
    wanting: str
    entries: tuple[OutcomeEntry, ...]


@dataclass(frozen=True, slots=True)
class NoLedger:
    """A ledger of which nothing was read: the requirements that could not be judged for want of it.

    `blocking` are those that must be settled first, `others` the rest.
    """

    title: str
    blocking: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def said(self) -> str:
        """The ledger and what waits for it, in one line."""
        counts = [f"{len(self.blocking)}条必须先解决的没法核"] if self.blocking else []
        if self.others:
            counts.append(
                f"{'另有' if counts else ''}{len(self.others)}条{'也' if counts else ''}没法核"
            )
        return f"还没有{self.title}台账：{'，'.join(counts)}"


class Unknowns:
    """The unknown outcomes of an assessment, in the order in which they are read."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.requirements = assessment.requirements
        self._unknown = [e for e in assessment.outcomes if e.outcome is Outcome.UNKNOWN]

    @cached_property
    def no_ledgers(self) -> tuple[NoLedger, ...]:
        """The ledgers of which nothing was read, first those for which most that blocks waits."""
        waiting: dict[str, list[OutcomeEntry]] = {}
        for entry in self._unknown:
            if self._without_ledger(entry):
                title = self.requirements[entry.requirement].ledger_title
                waiting.setdefault(title, []).append(entry)
        found = [
            NoLedger(
                title,
                tuple(e.requirement for e in entries if e.finding),
                tuple(e.requirement for e in entries if not e.finding),
            )
            for title, entries in waiting.items()
        ]
        return tuple(sorted(found, key=lambda n: (-len(n.blocking), -len(n.others), n.title)))

    def _without_ledger(self, entry: OutcomeEntry) -> bool:
        """Whether it could not be judged because nothing was read of its subject's ledger."""
        requirement = self.requirements[entry.requirement]
        return (
            requirement.ledger != ""
            and is_without_subject(entry, requirement)
            and not self.assessment.summary.subjects.get(requirement.ledger)
        )

    @cached_property
    def undecided(self) -> tuple[Undecided, ...]:
        """The blocking requirements that cannot be judged, by what is wanting.

        Those that wait for a ledger of which nothing was read stand with the ledger.
        """
        waiting: dict[tuple[str, str], list[OutcomeEntry]] = {}
        for entry in self.assessment.findings:
            if entry.outcome is Outcome.UNKNOWN and not self._without_ledger(entry):
                waiting.setdefault((entry.requirement, self._wanting(entry)), []).append(entry)
        return tuple(Undecided(*key, tuple(found)) for key, found in sorted(waiting.items()))

    def _wanting(self, entry: OutcomeEntry) -> str:
        """What a requirement waits for, in a few words."""
        requirement = self.requirements[entry.requirement]
        if is_without_subject(entry, requirement):
            return f"没有读到“{requirement.subject_title}”的记录"
        return _wants([entry])

    @cached_property
    def causes(self) -> tuple[tuple[str, int], ...]:
        """Why outcomes are unknown, each with how many of them wait for it, the commonest first."""
        waiting: Counter[str] = Counter()
        for entry in self._unknown:
            if self._without_ledger(entry):
                waiting["没有这种台账"] += 1
            elif is_without_subject(entry, self.requirements[entry.requirement]):
                waiting["没有读到这种记录"] += 1
            waiting.update({why(item.cause) for item in entry.missing})
        return tuple(waiting.most_common())

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """The missing facts, first those that concern most requirements, then most outcomes."""
        waiting: dict[tuple[str, str, str], list[str]] = {}
        for entry in self._unknown:
            missing = [item for item in entry.missing if item.asked]
            for key in {(item.record_type, item.asked, why(item.cause)) for item in missing}:
                waiting.setdefault(key, []).append(entry.requirement)
        found = [
            Wanted(title, cause, len(set(names)), len(names))
            for (_, title, cause), names in waiting.items()
        ]
        return tuple(sorted(found, key=lambda w: (-w.requirements, -w.outcomes, w.title, w.why)))

    @property
    def columns_hint(self) -> str:
        """What to do about columns that no ledger has, where one of them is wanted."""
        lacking = any(w.why == CAUSE_TITLES[Cause.NO_COLUMN] for w in self.wanted)
        return COLUMNS_HINT if lacking else ""

    @property
    def unlocking(self) -> list[str]:
        """What would let most be judged, in a line each: ledgers, then columns and cells."""
        concerns = (
            f"{w.title}（{w.why}）：关系到{w.requirements}条要求、{w.outcomes}项判断"
            for w in self.wanted
        )
        return [*(item.said for item in self.no_ledgers), *concerns]


def _wants(entries: Iterable[OutcomeEntry]) -> str:
    missing = [item for entry in entries for item in entry.missing]
    causes = dict.fromkeys(f"{item.title}（{why(item.cause)}）" for item in missing)
    return "缺：" + "、".join(causes) if causes else ""
