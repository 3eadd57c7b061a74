"""What becomes of mutants: the first example that no longer comes out kills one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.guard.examples import Case, build, expected, result
from engine.guard.lint.infeasible import same
from engine.guard.mutants.mutants import Mutant, mutants
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Requirement, Ruleset

SURVIVES: Final = "survives"
"""The kind of objection that `accepted.yaml` names a mutant by, with its owner and its id."""


class MutantStatus(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    """An example comes out otherwise."""
    SAME = "same"
    """z3 proved that no record tells it from the original."""
    ACCEPTED = "accepted"
    """No example tells it apart, and `accepted.yaml` says why none can."""
    ALIVE = "alive"
    """An example is missing."""
    STILLBORN = "stillborn"
    """The language refuses it: it is no mutant."""


MUTANT_STATUS_TITLES: Final = {
    MutantStatus.KILLED: "例子看出",
    MutantStatus.SAME: "证明等价",
    MutantStatus.ACCEPTED: "写明等价",
    MutantStatus.ALIVE: "存活",
    MutantStatus.STILLBORN: "写不成",
}


@dataclass
class Trial:
    """Holds mutants against the examples of the requirements they change."""

    ruleset: Ruleset
    calendar: WorkCalendar
    _cases: dict[str, list[tuple[Example, Case]]] = field(default_factory=dict)

    def kills(self, mutant: Mutant) -> bool:
        """Whether an example comes out otherwise than its author worked out."""
        return any(map(self._noticed, mutant.made))

    def _noticed(self, requirement: Requirement) -> bool:
        cases = self._cases.get(requirement.id)
        if cases is None:
            cases = self._cases[requirement.id] = [
                (example, build(requirement, example, self.ruleset.schema, self.calendar))
                for example in requirement.examples
            ]
        for index, (example, case) in enumerate(cases):
            if result(requirement, example, case) != expected(example):
                # What told one mutant apart is likely to tell the next.
                cases.insert(0, cases.pop(index))
                return True
        return False


def tried(
    ruleset: Ruleset,
    calendar: WorkCalendar,
    chosen: Callable[[int], bool] = lambda _number: True,
) -> Iterator[tuple[Mutant, MutantStatus]]:
    """Every mutant with its status, by owner; of a share, those whose number is `chosen`."""
    trial = Trial(ruleset, calendar)
    proved = same(ruleset)
    for number, mutant in enumerate(mutants(ruleset)):
        if not chosen(number):
            continue
        if not mutant.made:
            status = MutantStatus.STILLBORN
        elif trial.kills(mutant):
            status = MutantStatus.KILLED
        elif (mutant.owner, mutant.id) in proved:
            status = MutantStatus.SAME
        elif f"{SURVIVES} {mutant.owner} {mutant.id}" in ruleset.accepted:
            status = MutantStatus.ACCEPTED
        else:
            status = MutantStatus.ALIVE
        yield mutant, status
