"""The findings by the unit whose matter they are, the unit with the gravest first.

按单位：哪个单位有哪些问题，问题最重、最多的在前，各种格式一样。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Severity
from reporter.titles import NOBODY
from reporter.visible import visible


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, `NOBODY` where the ledger names none, with its findings in their order."""

    name: str
    entries: tuple[OutcomeEntry, ...]

    def of(self, severity: Severity) -> int:
        """How many of its findings are that grave."""
        return sum(1 for entry in self.entries if entry.severity is severity)

    @property
    def counted(self) -> Counter[str]:
        """How many findings it has of each requirement, in the order of the findings."""
        return Counter(entry.requirement for entry in self.entries)


def owner(entry: OutcomeEntry) -> str:
    """The unit whose matter a finding is, as it is shown."""
    return visible(entry.owner) or NOBODY


def units(entries: Sequence[OutcomeEntry]) -> tuple[Unit, ...]:
    """Every finding under its unit: first who has most that is grave, nobody last."""
    found: dict[str, list[OutcomeEntry]] = {}
    for entry in entries:
        found.setdefault(owner(entry), []).append(entry)
    listed = [Unit(name, tuple(of_unit)) for name, of_unit in found.items()]
    return tuple(
        sorted(
            listed, key=lambda u: (u.name == NOBODY, *(-u.of(severity) for severity in Severity))
        )
    )
