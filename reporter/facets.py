"""What findings are looked through by: the unit, the ledger, the section of the outline, the state.

侧面：问题按单位、台账、纲要各节、结论筛选和分组，各有哪些、各几项。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.model.assessment import OutcomeEntry, RequirementEntry
from engine.model.gate import GateEntry
from engine.model.outcome import OUTCOME_TITLES, Outcome
from reporter.overview import Overview
from reporter.titles import NOBODY
from reporter.units import owner, units

MOST_LISTED: Final = 3000
"""Findings up to which each grouping is written out."""

NO_SECTION: Final = "（不属纲要的节）"

_Values: TypeAlias = Callable[[OutcomeEntry], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet with its findings; `mark` is the class of what has it."""

    mark: str
    label: str
    entries: tuple[OutcomeEntry, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to look through the findings."""

    name: str
    title: str
    options: tuple[Option, ...]


class Facets:
    """The facets of an assessment's findings, and the marks of each."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview
        outcomes = [OUTCOME_TITLES[outcome] for outcome in Outcome]
        self.all: Final = (
            self._facet("unit", "单位", self._unit, [u.name for u in units(overview.found)]),
            self._facet("ledger", "台账", self._ledger, ()),
            self._facet("section", "纲要各节", self._sections, self._outline()),
            self._facet("outcome", "结论", self._outcome, outcomes),
        )
        self._marks: dict[int, list[str]] = {}
        for facet in self.all:
            for option in facet.options:
                for entry in option.entries:
                    self._marks.setdefault(id(entry), []).append(option.mark)
        outcomes_of_all = overview.assessment.outcomes
        self._owners = {(e.subject_type, e.subject_key): owner(e) for e in outcomes_of_all}
        self._units = {option.label: option.mark for option in self.all[0].options}

    @property
    def listed(self) -> bool:
        """Whether every grouping is written out: not of very many findings."""
        return len(self._overview.found) <= MOST_LISTED

    def marks(self, entry: OutcomeEntry) -> str:
        """The classes of a finding; none of what is no finding."""
        return " ".join(self._marks.get(id(entry), ()))

    def of_unit(self, name: str) -> str:
        """The class of what is a unit's matter; of a unit without findings one that none has."""
        return self._units.get(name, "unit-none")

    def of_record(self, gate: GateEntry) -> str:
        """The class of a record at its gates: that of the unit whose matter it is."""
        return self.of_unit(self._owners.get((gate.subject_type, gate.subject_key), NOBODY))

    def _facet(self, name: str, title: str, values: _Values, order: Sequence[str]) -> Facet:
        """Every finding under each of its values, in this order, others by their names."""
        found: dict[str, list[OutcomeEntry]] = {}
        for entry in self._overview.found:
            for value in values(entry):
                found.setdefault(value, []).append(entry)
        places = {value: at for at, value in enumerate(order)}
        labels = sorted(found, key=lambda label: (places.get(label, len(places)), label))
        return Facet(
            name,
            title,
            tuple(
                Option(f"{name}-{at}", label, tuple(found[label]))
                for at, label in enumerate(labels)
            ),
        )

    def _requirement(self, entry: OutcomeEntry) -> RequirementEntry:
        return self._overview.requirements[entry.requirement]

    def _unit(self, entry: OutcomeEntry) -> list[str]:
        return [owner(entry)]

    def _ledger(self, entry: OutcomeEntry) -> list[str]:
        requirement = self._requirement(entry)
        return [requirement.ledger_title or requirement.subject_title]

    def _sections(self, entry: OutcomeEntry) -> list[str]:
        outline = self._overview.assessment.outline
        named = [f"{n}{outline[n].title}" for n in self._requirement(entry).outline if n in outline]
        return named or [NO_SECTION]

    def _outline(self) -> list[str]:
        return [f"{name}{entry.title}" for name, entry in self._overview.assessment.outline.items()]

    def _outcome(self, entry: OutcomeEntry) -> list[str]:
        return [OUTCOME_TITLES[entry.outcome]]
