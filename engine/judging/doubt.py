"""Facts that can't all be so: orders of events that are broken, and declared contradictions.

What the ledgers say is judged as it stands, and once more with every fact in doubt unknown. What
is met or does not apply only by facts in doubt is 存疑待核; it is a gap only where the order
that is broken is itself what the requirement asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from engine.judging.altered import altered, unknown
from engine.judging.measure import Measurer
from engine.judging.reference import Frame, compile_expr
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.record_type import OF_PARENT, Order, RecordType
from engine.model.schema import Schema
from engine.model.values import Cause, Elements, Record, Records, State, Unknown
from engine.model.world import World
from engine.ruleset.contradictions import contradictions
from engine.ruleset.model import Requirement

Fact: TypeAlias = tuple[Record, str]
"""A record and the path of one of its fields."""

Field: TypeAlias = tuple[str, str]
"""A record type and the path of one of its fields."""

_RESTING: Final = (Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.PENDING, Outcome.GAP)
"""Outcomes that rest on facts: those in doubt make them doubtful."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Facts that can't all be so, and why, in words for a clerk.

    `asked`: the record types and paths by which a contradiction holds; none of an order, which
    holds by its facts. What falls with them is in doubt as well: a paper with its day.
    `breach`: the record about which it was declared and the requirement it is a gap of, if any.
    `presumed`: a single fact of a column that nobody named.
    """

    facts: tuple[Fact, ...]
    why: str
    asked: frozenset[Field] = frozenset()
    breach: tuple[Record, str] | None = None
    presumed: bool = False

    @property
    def fields(self) -> frozenset[Field]:
        """The record types and paths of the facts."""
        return frozenset((record.type, path) for record, path in self.facts)


class Clashes:
    """What can't be so in a world: any records are looked at for it, as often as is asked."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._declared: dict[str, _Declared] = {}

    def doubts(
        self,
        records: Records,
        types: Collection[str] | None = None,
        field: Field | None = None,
        presumed: Collection[Field] = (),
    ) -> list[Doubt]:
        """All doubts about `records`; of facts of these record types alone, where they are named.

        With `field` those alone that hold by it or leave it in doubt. An order is broken only where
        it is so for certain: days that are known in part may still be in order. What is `presumed`
        is in doubt by itself, and puts nothing else in doubt. Linear in the records.
        """
        alone = list(_presumed(records, presumed))
        facts = {(id(record), path) for doubt in alone for record, path in doubt.facts}
        clashes = (
            doubt
            for name, of_type in records.items()
            for doubt in self._of_type(name).doubts(of_type, types, field)
        )
        return [*alone, *(doubt for doubt in clashes if not _of(doubt, facts))]

    def _of_type(self, name: str) -> _Declared:
        if name not in self._declared:
            self._declared[name] = _Declared(name, self._world)
        return self._declared[name]


def _presumed(records: Records, presumed: Collection[Field]) -> Iterator[Doubt]:
    for name, path in sorted(presumed):
        for record in records.get(name, ()):
            why = record.source_of(path).presumed
            if why:
                yield Doubt(((record, path),), why, presumed=True)


def _of(doubt: Doubt, facts: Collection[tuple[int, str]]) -> bool:
    """Whether a doubt is one of facts that count for nothing against others."""
    return any(
        (id(record), path) in facts or any((id(record), asked) in facts for _, asked in doubt.asked)
        for record, path in doubt.facts
    )


class _Declared:
    """The orders and contradictions of one record type, ready to look at its records."""

    def __init__(self, name: str, world: World) -> None:
        self._name, self._schema = name, world.schema
        record_type = world.schema.types[name]
        self._orders = [
            (self._held(record_type, (order.first, order.then)), _Order(order, world.schema, name))
            for order in record_type.order
        ]
        self._conditions = [
            (
                self._held(record_type, clash.fields),
                compile_expr(node, world),
                clash,
                t.fields_of(node),
            )
            for node, clash in contradictions(world.schema).get(name, ())
        ]

    def _held(self, record_type: RecordType, paths: Iterable[str]) -> frozenset[Field]:
        """The fields that paths of the record type name, wherever they are held."""
        held = (self._schema.holder(record_type, path) for path in paths)
        return frozenset((holder.type, name) for holder, name in held)

    def doubts(
        self, of_type: Sequence[Record], types: Collection[str] | None, field: Field | None
    ) -> Iterator[Doubt]:
        """What can't be so of these records, as far as it is asked about."""

        def concerned(left: frozenset[Field], asked: frozenset[Field] = frozenset()) -> bool:
            return (types is None or any(owner in types for owner, _ in left)) and (
                field is None or field in left or field in asked
            )

        orders = [order for left, order in self._orders if concerned(left)]
        conditions = [
            (holds, clash, asked)
            for left, holds, clash, asked in self._conditions
            if concerned(left, asked)
        ]
        for record in of_type if orders or conditions else ():
            for order in orders:
                yield from order.broken(record)
            for holds, clash, asked in conditions:
                if holds(Frame({self._name: record})) is True:
                    facts = (
                        fact for path in clash.fields for fact in _facts(record, path, self._schema)
                    )
                    yield Doubt(tuple(facts), clash.why, asked, _breach(record, clash.duty))


def _breach(record: Record, duty: str | None) -> tuple[Record, str] | None:
    return None if duty is None else (record, duty)


def _facts(record: Record, path: str, schema: Schema) -> Iterator[Fact]:
    """The facts that a declared path names: one, or one of each element of a list."""
    if path in schema.types[record.type].fields:
        yield record, path
    elif path.startswith(OF_PARENT):
        if record.parent is not None:
            yield from _facts(record.parent, path.removeprefix(OF_PARENT), schema)
    else:
        name, _, rest = path.partition(".")
        items = record.elements(name).items
        for item in (one for one in items if isinstance(one, Record)):
            yield from _facts(item, rest, schema)


class _Order:
    """One declared order, ready to look at records of its type."""

    def __init__(self, order: Order, schema: Schema, name: str) -> None:
        self.order, self.schema = order, schema
        fields = schema.types[name].fields
        self._own = order.first in fields and order.then in fields
        self._last = 0 if order.same_day == "allowed" else 1

    def broken(self, record: Record) -> Iterator[Doubt]:
        """The doubts that this order raises about a record."""
        first, then = self.order.first, self.order.then
        breach = _breach(record, self.order.duty)
        if self._own:
            if self._before(record.values.get(then), record.values.get(first)):
                facts = ((record, first), (record, then))
                yield Doubt(facts, self.order.why, breach=breach)
            return
        for one in _facts(record, first, self.schema):
            for other in _facts(record, then, self.schema):
                if self._before(other[0].values.get(other[1]), one[0].values.get(one[1])):
                    yield Doubt((one, other), self.order.why, breach=breach)

    def _before(self, then: State | Elements | None, first: State | Elements | None) -> bool:
        """Whether `then` lies before `first` for certain, or on its day where that is doubtful."""
        latest, earliest = _bound(then, last=True), _bound(first, last=False)
        if latest is None or earliest is None:
            return False
        return latest.toordinal() - earliest.toordinal() < self._last


def _bound(state: State | Elements | None, *, last: bool) -> dt.date | None:
    """The last or the first day that a date field may mean; None where it is open."""
    if isinstance(state, Unknown):
        state = state.hi if last else state.lo
    return state if isinstance(state, dt.date) else None


def in_doubt(records: Records, found: Iterable[Doubt]) -> Records:
    """Copies of the records with every fact in doubt unknown."""
    changes: dict[int, dict[str, State | Elements]] = {}
    for doubt in found:
        for record, path in doubt.facts:
            changes.setdefault(id(record), {})[path] = unknown(
                record.values.get(path), Cause.CONTRADICTED
            )
    return altered(records, changes)


def resting(requirements: Sequence[Requirement], found: Iterable[Doubt]) -> list[Requirement]:
    """The requirements that read a fact in doubt of some record."""
    fields = {field for doubt in found for field in doubt.fields}
    return [requirement for requirement in requirements if requirement.reads & fields]


def settled(
    stands: Outcome, doubted: Outcome, *, own: bool = False, breached: bool = False
) -> Outcome:
    """The outcome of what `stands` as read and is `doubted` without the facts in doubt.

    `own`: a gap that rests on nothing but doubts of the requirement's own matter. `breached`:
    the facts that can't all be so are themselves what the requirement forbids.
    """
    if breached and Outcome.FAILED not in (stands, doubted):
        return Outcome.GAP
    if stands is doubted or stands not in _RESTING:
        return stands
    if doubted is Outcome.FAILED:
        return doubted
    return stands if stands is Outcome.GAP and own else Outcome.BORDERLINE


class OwnMatter:
    """Tells whether a gap is what the requirement asks about: how facts in doubt stand together.

    Such are the doubts that hold by nothing but what `require` reads, and those declared to be a
    breach of the requirement; their facts stay as read, whatever else they are in doubt for. A
    gap that falls with the other facts in doubt accuses by facts that may be wrong.
    """

    def __init__(
        self, requirement: Requirement, records: Records, found: Sequence[Doubt], measure: Measurer
    ) -> None:
        read = {field for text in requirement.texts for field in t.fields_of(text.require)}
        self._subject, self._measure, self._as_read = requirement.subject, measure, records
        self._broken: set[int] = set()
        own: list[Doubt] = []
        others: list[Doubt] = []
        for doubt in found:
            if doubt.breach is not None and doubt.breach[1] == requirement.id:
                self._broken.add(id(doubt.breach[0]))
                own.append(doubt)
            else:
                mine = not doubt.presumed and (doubt.asked or doubt.fields) <= read
                (own if mine else others).append(doubt)
        kept = {(id(record), path) for doubt in own for record, path in doubt.facts}
        rest = (fact for doubt in others for fact in doubt.facts)
        self._others = Doubt(tuple(f for f in rest if (id(f[0]), f[1]) not in kept), "")
        self._any = bool(own)

    @cached_property
    def _records(self) -> Sequence[Record]:
        return in_doubt(self._as_read, [self._others])[self._subject]

    def gap(self, position: int) -> bool:
        """Whether the subject at `position` has a gap whatever the other facts in doubt are."""
        return self._any and self._measure.outcome(self._records[position]) is Outcome.GAP

    def breached(self, position: int) -> bool:
        """Whether it breaches what applies to it whatever the other facts in doubt are."""
        if id(self._as_read[self._subject][position]) not in self._broken:
            return False
        return self._measure.measures(self._records[position]).applies is True
