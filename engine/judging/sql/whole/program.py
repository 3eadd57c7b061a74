"""All statements that judge tables, in the order in which they run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.compiler import Compiler
from engine.judging.sql.needs import Needs, needs_in, needs_of
from engine.judging.sql.scope import Scope
from engine.judging.sql.tables import ID, Place, Tables
from engine.judging.sql.verdict import NUMBERS, applies, outcome, severity
from engine.judging.sql.whole.ahead import come, days_read
from engine.judging.sql.whole.doubted import (
    Declared,
    declared,
    doubted,
    doubts_read,
    found_in,
)
from engine.judging.sql.whole.shape import Shape
from engine.judging.sql.whole.statement import Statement, joined, of_rows, selected
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.world import World
from engine.ruleset.model import Requirement

AT_ONCE: Final = 8
"""Requirements that one statement is about: planning grows faster than their number."""

_AS_READ: Final = "as read"
_SURE: Final = "without doubts"
_OWN: Final = "own matter"
_APPLIES: Final = "applies"
_GRAVE: Final = "|severity"

_RESTING: Final = (Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.PENDING, Outcome.GAP)


def read_by(requirements: Iterable[Requirement], schema: Schema) -> Needs:
    """What tables must hold for these requirements to be judged in them."""
    needs = Needs()
    for requirement in requirements:
        needs.take(needs_of(requirement, schema))
        for node in (
            *(when for when, _ in requirement.severities.cases),
            *requirement.severities.lower,
        ):
            needs.take(needs_in(requirement.subject, [(node, False)], schema))
    needs.take(doubts_read(schema, declared(schema, needs.types)))
    needs.take(days_read(schema, needs))
    return needs


@dataclass(frozen=True, slots=True)
class Judging:
    """The statement that has the outcomes of some requirements on one type, and those before it.

    `table` has a row per subject: `id`, the number of the outcome by requirement, and how grave
    it is by the requirement and `severity_of`.
    """

    subject: str
    requirements: tuple[Requirement, ...]
    statements: tuple[Statement, ...]
    table: str


def severity_of(requirement: str) -> str:
    """The column that says how grave an outcome is."""
    return requirement + _GRAVE


class Program:
    """The statements for these requirements over tables of this shape.

    `finding` come first and once, `settling` after them; each of `judgings` rests on these alone.
    Where it can be asked which doubts there are (`asking`), `only` those that there are leaves out
    the statements for all others.
    """

    def __init__(
        self,
        requirements: Sequence[Requirement],
        world: World,
        tables: Tables,
        needs: Needs,
        place: int = 0,
    ) -> None:
        self._world, self._place = world, place
        self._requirements = list(requirements)
        self._shape = Shape(world.schema, needs, tables)
        self.finding = list(come(self._shape, world))
        read = {owner for each in requirements for owner, _ in each.reads}
        self._declared = declared(world.schema, read)
        self._doubts, found = doubted(self._shape, world, place, self._declared)
        self.finding += found
        self._settle()

    def _settle(self) -> None:
        self._sure, self.settling = self._doubts.without("|sure", self._declared)

    @property
    def asking(self) -> dict[Declared, exp.Select]:
        """For each doubt a query of how many rows it concerns."""
        return self._doubts.asking()

    def only(self, found: Collection[Declared]) -> None:
        """Go by these doubts alone, of no other is there any."""
        self._declared = [each for each in self._declared if each in found]
        self._doubts.only(found)
        self._settle()

    def judgings(self) -> Iterator[Judging]:
        """The outcomes, type by type."""
        by_subject: dict[str, list[Requirement]] = {}
        for requirement in self._requirements:
            by_subject.setdefault(requirement.subject, []).append(requirement)
        for requirements in by_subject.values():
            for number, start in enumerate(range(0, len(requirements), AT_ONCE), 1):
                yield self.judging(requirements[start : start + AT_ONCE], f" {number}")

    def judging(self, requirements: Sequence[Requirement], mark: str = "") -> Judging:
        """The outcomes of some requirements on one type."""
        subject = requirements[0].subject
        resting = [each for each in requirements if self._rests(each)]
        read, sure = f"{subject}|{_AS_READ}{mark}", f"{subject}|{_SURE}{mark}"
        made = [self._outcomes(read, self._shape, requirements, grave=True)]
        asked: dict[str, exp.Expression] = {
            each.id: n.column(each.id, read) for each in requirements
        }
        beside = [sure] if resting else []
        if resting:
            made.append(self._outcomes(sure, self._sure, resting))
        for each in resting:
            before, own = self._own(each, mark)
            made += before
            beside += [own] if own else []
            breaks = self._doubts.breaks(each) if own else None
            if breaks is not None:
                beside.append(found_in(subject))
                breaks = n.both(breaks, n.column(_APPLIES, own))
            alone = n.column(each.id, own) if own else None
            asked[each.id] = _settled(asked[each.id], n.column(each.id, sure), alone, breaks)
        columns = [(ID, n.column(ID, read)), *asked.items()]
        columns += [
            (severity_of(each.id), n.column(severity_of(each.id), read)) for each in requirements
        ]
        table = f"{subject}|outcomes{mark}"
        joins = [_beside(other, read) for other in dict.fromkeys(beside)]
        made.append(Statement(table, selected(columns, read, read, joins=joins)))
        return Judging(subject, tuple(requirements), tuple(made), table)

    def _rests(self, requirement: Requirement) -> bool:
        """Whether a requirement reads what can be in doubt."""
        return any(place in self._doubts.hits for place in requirement.reads)

    def _outcomes(
        self,
        name: str,
        shape: Shape,
        requirements: Sequence[Requirement],
        *,
        grave: bool = False,
        applying: bool = False,
    ) -> Statement:
        compiler = Compiler(shape.tables, self._world)
        scope = Scope(shape.schema, requirements[0].subject, self._place)
        wanted = {each.id: outcome(compiler, scope, each) for each in requirements}
        if grave:
            wanted |= {
                severity_of(each.id): severity(compiler, scope, each) for each in requirements
            }
        if applying:
            wanted[_APPLIES] = applies(compiler, scope, requirements[0])
        return Statement(name, of_rows(scope, wanted, shape.names))

    def _own(self, requirement: Requirement, mark: str) -> tuple[list[Statement], str]:
        """The outcome with the doubts of its own matter let stand, where it has any."""
        places: set[Place] = set()
        for text in requirement.texts:
            places |= t.fields_of(text.require)
        own = [each for each in self._declared if _is_own(each, requirement, places)]
        if not own:
            return [], ""
        others = [each for each in self._declared if each not in own]
        name = f"{requirement.subject}|{_OWN} {requirement.id}{mark}"
        shape, made = self._doubts.without(
            f"|{requirement.id}", others, own, needs_of(requirement, self._shape.schema).types
        )
        applying = any(each.duty == requirement.id for each in own)
        return [*made, self._outcomes(name, shape, [requirement], applying=applying)], name


def _is_own(doubt: Declared, requirement: Requirement, read: set[Place]) -> bool:
    breach = doubt.duty == requirement.id and doubt.of == requirement.subject
    return breach or (doubt.asked or doubt.fields) <= read


def _beside(table: str, first: str) -> exp.Join:
    return joined(table, table, (n.column(ID, table), n.column(ID, first)))


def _settled(
    stands: exp.Expression,
    doubted: exp.Expression,
    own: exp.Expression | None,
    breaks: exp.Expression | None,
) -> exp.Expression:
    """As `engine.judging.doubt.settled` has it."""
    gap = NUMBERS[Outcome.GAP]
    branches = []
    if breaks is not None:
        branches.append((breaks, gap))
    rests = n.among(stands, [NUMBERS[each] for each in _RESTING])
    branches.append((n.either(n.compare("==", stands, doubted), n.negate(rests)), stands))
    if own is not None:
        same = n.both(n.compare("==", stands, gap), n.compare("==", own, gap))
        branches.append((same, gap))
    return n.case(*branches, default=NUMBERS[Outcome.BORDERLINE])
