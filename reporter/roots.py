"""Roots: the findings grouped by the fact that they rest on, so that each is told once.

症结：几处问题出在同一格、同一栏、同一本台账上的，合起来只说一次。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Severity
from engine.model.shown import FactEntry
from engine.model.values import Cause

Key: TypeAlias = tuple[str, str, str]
"""A fact: the type and key of its record, and its field; of a column, no key."""

_OWN: Final = 1
"""A fact that one finding alone rests on groups nothing."""


@dataclass(frozen=True, slots=True)
class Root:
    """A fact and all findings that rest on it; without a fact, one finding that shares none.

    `column`: the fact is a column that the ledger hasn't got.
    """

    fact: FactEntry | None
    column: bool
    entries: tuple[OutcomeEntry, ...]

    @property
    def severity(self) -> Severity:
        """The gravest of its findings."""
        return min((entry.severity for entry in self.entries), key=lambda s: s.rank)


def roots(entries: Sequence[OutcomeEntry]) -> tuple[Root, ...]:
    """Every finding under one root: the gravest first, then what has most consequences.

    A finding belongs to that of its deciding facts on which most findings rest. Where none is
    shared it stands alone. Among equals the order of the findings holds.
    """
    shared = Counter(key for entry in entries for key in dict(_facts(entry)))
    groups: dict[Key, list[OutcomeEntry]] = {}
    facts: dict[Key, FactEntry] = {}
    for entry in entries:
        found = dict(_facts(entry))
        key = max(found, key=lambda k: shared[k], default=None)
        if key is None or shared[key] == _OWN:
            key = ("", entry.fingerprint, entry.requirement)
        else:
            facts.setdefault(key, found[key])
        groups.setdefault(key, []).append(entry)
    listed = [
        Root(facts[key], column=not key[1], entries=tuple(group))
        if len(group) > _OWN and key in facts
        else Root(None, column=False, entries=tuple(group))
        for key, group in groups.items()
    ]
    return tuple(sorted(listed, key=lambda root: (root.severity.rank, -len(root.entries))))


def _facts(entry: OutcomeEntry) -> Iterator[tuple[Key, FactEntry]]:
    """The facts that an outcome rests on: what it waits for, else what decided it."""
    decided = [item for item in entry.evidence if item.decides]
    for item in entry.missing or decided:
        if not item.record_type:
            continue
        lacks = item.cause is Cause.NO_COLUMN
        yield (item.record_type, "" if lacks else item.record_key, item.field), item
