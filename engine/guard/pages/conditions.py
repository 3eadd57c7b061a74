"""Conditions of requirements: what examples show, what is proved impossible, what lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.guard.lint.conditions import ASPECT_TITLES, ASPECTS, TERM, Place, Tried
from engine.guard.lint.infeasible import owed, proved
from engine.guard.pages.words import words_of
from engine.ruleset.model import Ruleset


@dataclass(frozen=True, slots=True)
class Unseen:
    """What examples show not of one condition: proved impossible, or still owed."""

    owed: bool
    aspects: tuple[str, ...]
    condition: str
    place: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Aspects of conditions: all there are, those proved impossible, those still owed."""

    every: int
    never: int
    owed: int

    @property
    def wanted(self) -> int:
        """Those that examples can show."""
        return self.every - self.never

    @property
    def shown(self) -> int:
        """Those that examples show."""
        return self.wanted - self.owed


@dataclass(frozen=True, slots=True)
class Owner:
    """A requirement or a term, how many conditions it has, and what of them is not seen."""

    name: str
    title: str
    conditions: int
    counted: Counted
    unseen: tuple[Unseen, ...]


@dataclass(frozen=True, slots=True)
class ConditionsPage:
    """Each requirement and term, then the whole."""

    owners: tuple[Owner, ...]
    conditions: int
    counted: Counted


def conditions_of(ruleset: Ruleset, found: Mapping[Place, Tried]) -> ConditionsPage:
    """What `found` says of each requirement and term, with what is proved or still owed."""
    words = words_of(ruleset)
    impossible, left = proved(ruleset, found), owed(ruleset, found)
    by_owner: dict[tuple[bool, str], list[Place]] = {}
    for place in found:
        by_owner.setdefault((place.key == TERM, place.owner), []).append(place)
    owners = []
    for (is_term, name), places in sorted(by_owner.items()):
        unseen = tuple(
            Unseen(
                aspects is left,
                tuple(ASPECT_TITLES[aspect] for aspect in aspects[place]),
                words.expr(found[place].node),
                str(place),
            )
            for place in places
            for aspects in (impossible, left)
            if place in aspects
        )
        title = ruleset.terms[name].title if is_term else ruleset.requirements[name].title
        shown = f"{'term.' if is_term else ''}{name}"
        owners.append(Owner(shown, title, len(places), _counted(len(places), unseen), unseen))
    every = tuple(one for owner in owners for one in owner.unseen)
    return ConditionsPage(tuple(owners), len(found), _counted(len(found), every))


def _counted(conditions: int, unseen: tuple[Unseen, ...]) -> Counted:
    left = sum(len(one.aspects) for one in unseen if one.owed)
    never = sum(len(one.aspects) for one in unseen if not one.owed)
    return Counted(conditions * len(ASPECTS), never, left)
