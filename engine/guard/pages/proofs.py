"""What z3 found in a ruleset: faults, those known, what it proves and what it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.guard.lint.conditions import ASPECT_TITLES, Place
from engine.guard.verify.objection import Objection
from engine.guard.verify.verify import Verification
from engine.ruleset.model import Ruleset


@dataclass(frozen=True, slots=True)
class Fault:
    """An objection: where, its name in accepted.yaml, what is wrong, a case, why it is known."""

    file: str
    id: str
    message: str
    case: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unproved:
    """A condition that examples do not show; `noted`: it was noted as impossible."""

    noted: bool
    place: str
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProofsPage:
    """Faults, those accepted, names in accepted.yaml of none, what is unproved; then counts."""

    faults: tuple[Fault, ...]
    accepted: tuple[Fault, ...]
    idle: tuple[str, ...]
    unproved: tuple[Unproved, ...]
    requirements: int
    gates: int
    never: int
    owed: int
    same: int


def proofs_of(ruleset: Ruleset, found: Verification) -> ProofsPage:
    """What `found` says of `ruleset`, for those who write it."""
    return ProofsPage(
        faults=tuple(_fault(objection) for objection in found.objections),
        accepted=tuple(
            _fault(objection, ruleset.accepted[objection.id].reason) for objection in found.accepted
        ),
        idle=found.idle,
        unproved=tuple(
            Unproved(
                noted, f"{place.owner}（{place}）", tuple(ASPECT_TITLES[one] for one in aspects)
            )
            for noted, places in ((False, found.unproved), (True, found.refuted))
            for place, aspects in places.items()
        ),
        requirements=len(ruleset.requirements),
        gates=len(ruleset.gates),
        never=_count(found.proofs),
        owed=_count(found.unproved),
        same=sum(map(len, found.same.values())),
    )


def _fault(found: Objection, reason: str = "") -> Fault:
    return Fault(found.file, found.id, found.message, found.case, reason)


def _count(places: Mapping[Place, tuple[str, ...]]) -> int:
    return sum(map(len, places.values()))
