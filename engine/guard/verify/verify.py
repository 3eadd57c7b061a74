"""All that z3 has to say of a ruleset: objections, and the proofs that examples may lack."""

from __future__ import annotations

from dataclasses import dataclass

from engine.guard.lint.conditions import Place, tried
from engine.guard.lint.infeasible import proved
from engine.guard.verify import boundaries, gates, pairs, single
from engine.guard.verify.conditions import impossible
from engine.guard.verify.equivalents import survived
from engine.guard.verify.objection import Objection
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, and what was proved.

    `accepted` are objections known in accepted.yaml, `idle` the names of those no longer made.
    `same`: by owner, the mutants that no record tells from the original; the others that examples
    miss are among the objections. `proofs`: what no record can show of the conditions;
    `unproved`: what examples lack without proof; `refuted`: what was noted as impossible and is
    not proved now.
    """

    objections: tuple[Objection, ...]
    accepted: tuple[Objection, ...]
    idle: tuple[str, ...]
    same: dict[str, tuple[str, ...]]
    proofs: dict[Place, tuple[str, ...]]
    unproved: dict[Place, tuple[str, ...]]
    refuted: dict[Place, tuple[str, ...]]

    @property
    def clean(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.objections or self.idle or self.unproved or self.refuted)


def verify(ruleset: Ruleset, calendar: WorkCalendar) -> Verification:
    """Everything asked of z3 about `ruleset`, in the order of files."""
    found = [
        objection
        for kind in (single, pairs, gates, boundaries)
        for objection in kind.objections(ruleset, calendar)
    ]
    survivors = survived(ruleset, calendar)
    found += survivors.objections
    found.sort()
    made = {objection.id for objection in found}
    conditions = tried(ruleset, calendar)
    lacking = {place: shown.lacking for place, shown in conditions.items() if shown.lacking}
    proofs = impossible(ruleset, calendar, lacking)
    left = {
        place: tuple(aspect for aspect in aspects if aspect not in proofs.get(place, ()))
        for place, aspects in lacking.items()
    }
    noted = proved(ruleset, conditions)
    wrong = {
        place: tuple(a for a in aspects if a not in proofs.get(place, ()))
        for place, aspects in noted.items()
    }
    return Verification(
        objections=tuple(o for o in found if o.id not in ruleset.accepted),
        accepted=tuple(o for o in found if o.id in ruleset.accepted),
        idle=tuple(name for name in ruleset.accepted if name not in made),
        same=survivors.same,
        proofs=proofs,
        unproved={place: aspects for place, aspects in left.items() if aspects},
        refuted={place: aspects for place, aspects in wrong.items() if aspects},
    )
