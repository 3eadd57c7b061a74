"""Mutants of the ruleset: how many examples notice, which are proved the same, which live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.guard.mutants.description import described, file, title
from engine.guard.mutants.mutants import Mutant
from engine.guard.mutants.trial import MUTANT_STATUS_TITLES, SURVIVES, MutantStatus
from engine.guard.pages.words import words_of
from engine.ruleset.model import Ruleset

_SHOWN: Final = (MutantStatus.ACCEPTED, MutantStatus.ALIVE)


@dataclass(frozen=True, slots=True)
class Missed:
    """A mutant that examples do not notice: what was changed, where; why it may live."""

    alive: bool
    status: str
    change: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Owner:
    """A requirement, or what requirements share: its mutants by status, and those missed."""

    name: str
    title: str
    domain: str
    statuses: Mapping[MutantStatus, int]
    missed: tuple[Missed, ...]


def mutants_of(ruleset: Ruleset, found: Iterable[tuple[Mutant, MutantStatus]]) -> list[Owner]:
    """What became of the mutants, by owner, in the order found."""
    words = words_of(ruleset)
    by_owner: dict[str, list[tuple[Mutant, MutantStatus]]] = {}
    for mutant, status in found:
        by_owner.setdefault(mutant.owner, []).append((mutant, status))
    owners = []
    for owner, tried in by_owner.items():
        missed = []
        for mutant, status in tried:
            if status in _SHOWN:
                accepted = ruleset.accepted.get(f"{SURVIVES} {mutant.owner} {mutant.id}")
                missed.append(
                    Missed(
                        status is MutantStatus.ALIVE,
                        MUTANT_STATUS_TITLES[status],
                        described(mutant.change, words),
                        f"{file(mutant, ruleset)} {mutant.id}",
                        accepted.reason if accepted is not None else "",
                    )
                )
        statuses = Counter(status for _, status in tried)
        domain = ruleset.domains.get(owner, "（共用）")
        owners.append(Owner(owner, title(owner, ruleset), domain, statuses, tuple(missed)))
    return owners
