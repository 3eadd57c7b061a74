"""What to fill in: each cell that would settle something, once, with all that waits for it.

待填：补上哪一格能判什么，一格一行，由谁填，哪条要。
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Severity
from engine.model.shown import FactEntry
from engine.model.values import Cause
from reporter.overview import Overview
from reporter.titles import NOBODY, TO_FILL, basis


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell to fill in, or a column to add: what waits for it, the gravest first.

    `records` are those of the column; one of a cell.
    """

    fact: FactEntry
    owner: str
    entries: tuple[OutcomeEntry, ...]
    records: int

    @property
    def column(self) -> bool:
        """Whether it is a column that the sheet hasn't got."""
        return self.fact.cause is Cause.NO_COLUMN

    @property
    def severity(self) -> Severity:
        """The gravest of what waits."""
        return min((entry.severity for entry in self.entries), key=lambda s: s.rank)

    def articles(self, overview: Overview) -> list[str]:
        """The articles that ask for it, those of the gravest first."""
        ordered = sorted(self.entries, key=lambda entry: entry.severity.rank)
        named = (basis(overview.requirements[entry.requirement]) for entry in ordered)
        return list(dict.fromkeys(named))

    def suppliers(self, overview: Overview) -> list[str]:
        """Who has it, as the requirements say."""
        said = (overview.requirements[entry.requirement].supplier for entry in self.entries)
        names = (name for text in said for name in text.split("、"))
        return list(dict.fromkeys(filter(None, names)))


def blanks(overview: Overview) -> list[Blank]:
    """Every cell and column that would settle something, by unit, then by what it would settle.

    Nothing that can't be known yet, as the minutes of a meeting to come. A column that isn't
    there is one, however many records want it.
    """
    waiting: dict[tuple[str, str, str], list[tuple[FactEntry, OutcomeEntry]]] = {}
    for entry in overview.assessment.outcomes:
        for item in dict.fromkeys(entry.missing):
            if item.record_type and item.cause in TO_FILL and item.asked:
                waiting.setdefault(_key(item), []).append((item, entry))
    found = [
        Blank(
            pairs[0][0],
            pairs[0][1].owner or NOBODY,
            tuple(entry for _, entry in pairs),
            len({item.record_key for item, _ in pairs}),
        )
        for pairs in waiting.values()
    ]
    return sorted(found, key=_rank)


def _key(item: FactEntry) -> tuple[str, str, str]:
    if item.cause is not Cause.NO_COLUMN:
        return (item.record_type, item.record_key, item.field)
    sheet = "" if item.source is None else f"{item.source.file}\0{item.source.sheet}"
    return (item.record_type, f"\0{sheet}", item.field)


def _rank(blank: Blank) -> tuple[bool, str, int, int]:
    return (not blank.column, blank.owner, blank.severity.rank, -len(blank.entries))
