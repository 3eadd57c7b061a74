"""What has not come about by the day of the check, left out by statements.

A record whose day lies ahead is in no list, and all but its key and its days is unknown; so is
what is dated by a day ahead. The lists that lose a record stay open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import database as db
from engine.judging.sql import nodes as n
from engine.judging.sql.needs import Needs
from engine.judging.sql.tables import EDGE, ID, ITEM, OWNER, Place, edges
from engine.judging.sql.whole.shape import Shape
from engine.judging.sql.whole.statement import Columns, Statement, joined, selected
from engine.language import tree as t
from engine.model.field import FieldKind
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.world import World

_SUFFIX: Final = "|come"
_LEFT: Final = "|left"


def days_read(schema: Schema, needs: Needs) -> Needs:
    """What must be there besides, for it to be told what has come about."""
    more = Needs()
    for name in needs.types:
        record_type = schema.types[name]
        for path in _days(record_type, needs):
            more.fields[name, path] = _kind(record_type, path)
        if more.fields.keys() & {(name, path) for path in record_type.fields}:
            touched = [place for place in needs.fields if place[0] == name]
            more.states |= {*touched, *(place for place in more.fields if place[0] == name)}
    return more


def _days(record_type: RecordType, needs: Needs) -> Iterator[str]:
    """The fields whose days tell what of a type has come about, of all that is read of it."""
    if record_type.happens is not None:
        yield record_type.happens
    for path, spec in record_type.fields.items():
        if spec.dated is not None and (record_type.type, path) in needs.places:
            yield spec.dated


def _kind(record_type: RecordType, path: str) -> t.Kind:
    moment = record_type.fields[path].type is FieldKind.DATETIME
    return t.Kind.DATETIME if moment else t.Kind.DATE


def come(shape: Shape, world: World) -> Iterator[Statement]:
    """The tables as they stand on the day of the check; those that nothing changes are kept."""
    stage = _Stage(shape, world)
    made: list[tuple[str, Statement]] = []
    for name in sorted(shape.needs.types):
        for place in [(name, path) for path, _ in shape.lists(name)]:
            made += stage.listed(place)
    for name in sorted(shape.needs.types):
        made += stage.rows(name)
    for stands_for, statement in made:
        if stands_for:
            shape.names[stands_for] = statement.name
        yield statement


class _Stage:
    def __init__(self, shape: Shape, world: World) -> None:
        self.shape, self.world = shape, world
        self.thinned: set[Place] = set()

    def _ahead(self, name: str, path: str | None, alias: str) -> exp.Expression:
        """Whether the day in a field lies after the check; never NULL."""
        if path is None or (name, path) in self.world.assumed:
            return n.FALSE
        kind = _kind(self.shape.schema.types[name], path)
        day: exp.Expression = n.column(path, alias)
        if self.shape.tables.has(name, path + c.PLAN):
            day = n.or_else(n.column(path + c.PLAN, alias), day)
        day = n.cast(day, "DATE") if kind is t.Kind.DATETIME else day
        return n.surely(n.compare(">", day, n.call(db.AS_OF)))

    def _unsaid(self, name: str, path: str, alias: str) -> exp.Expression:
        """Whether what a field says lies ahead: with its record, or by the day it is dated by."""
        record_type = self.shape.schema.types[name]
        spec = record_type.fields.get(path)
        if spec is None:  # an answer given by a person
            return n.FALSE
        gone: exp.Expression = n.FALSE
        if path not in record_type.key and spec.time is None:
            gone = self._ahead(name, record_type.happens, alias)
        return n.either(gone, self._ahead(name, spec.dated, alias))

    def listed(self, place: Place) -> Iterator[tuple[str, Statement]]:
        """The elements that have come about, and the owners that lost one."""
        name, path = place
        held, target = edges(place), self.shape.needs.lists[place]
        if target is None:
            ahead = self._unsaid(name, path, "owner")
            join = joined(name, "owner", (n.column(ID, "owner"), n.column(OWNER, "edge")))
        else:
            ahead = self._ahead(target, self.shape.schema.types[target].happens, "item")
            join = joined(target, "item", (n.column(ID, "item"), n.column(ITEM, "edge")))
        if ahead is n.FALSE:
            return
        self.thinned.add(place)
        columns = [(each, n.column(each, "edge")) for each in (EDGE, OWNER, ITEM)]
        kept = selected(columns, held, "edge", joins=[join], where=n.negate(ahead))
        yield held, Statement(held + _SUFFIX, kept)
        lost = selected([(OWNER, n.column(OWNER, "edge"))], held, "edge", joins=[join], where=ahead)
        lost.set("distinct", exp.Distinct())
        yield "", Statement(held + _LEFT, lost)

    def rows(self, name: str) -> Iterator[tuple[str, Statement]]:
        """The rows of a type with what has come about; nothing where nothing can lie ahead."""
        shape = self.shape
        columns: Columns = [(key, n.column(key, "row")) for key in shape.keys(name)]
        changed = False
        for path, _ in shape.fields(name):
            place = (name, path)
            unsaid = self._unsaid(name, path, "row")
            if unsaid is n.FALSE:
                columns += _kept(shape, place)
                continue
            changed = True
            state = n.column(path + c.STATE, "row")
            unsaid = n.both(unsaid, n.compare("==", state, n.integer(c.KNOWN)))
            columns += emptied(shape, place, unsaid)
        joins = []
        for path, _ in shape.lists(name):
            ends = [path + c.CLOSED, path + c.NONE, path + c.STATE]
            if (name, path) not in self.thinned:
                columns += [(end, n.column(end, "row")) for end in ends]
                continue
            changed = True
            table = edges((name, path)) + _LEFT
            joins.append(
                joined(table, table, (n.column(OWNER, table), n.column(ID, "row")), left=True)
            )
            columns += opened(path, n.not_null(n.column(OWNER, table)))
        if changed:
            yield (
                name,
                Statement(name + _SUFFIX, selected(columns, name, "row", joins=joins), kept=False),
            )


def _kept(shape: Shape, place: Place) -> list[tuple[str, exp.Expression]]:
    state = shape.state(place)
    names = [*shape.bounds(place), *([] if state is None else [state])]
    return [(each, n.column(each, "row")) for each in names]


def emptied(
    shape: Shape, place: Place, unknown: exp.Expression
) -> list[tuple[str, exp.Expression]]:
    """The columns of a field, that of a row holding nothing where `unknown` is true."""
    known = n.negate(unknown)
    columns: list[tuple[str, exp.Expression]] = [
        (each, n.case((known, n.column(each, "row")))) for each in shape.bounds(place)
    ]
    state = shape.state(place)
    if state is not None:
        columns.append(
            (state, n.case((unknown, n.integer(c.OTHER)), default=n.column(state, "row")))
        )
    return columns


def opened(path: str, unknown: exp.Expression) -> list[tuple[str, exp.Expression]]:
    """The columns of a list, open where `unknown` is true."""
    return [
        (path + c.CLOSED, n.case((unknown, n.FALSE), default=n.column(path + c.CLOSED, "row"))),
        (path + c.NONE, n.case((unknown, n.FALSE), default=n.column(path + c.NONE, "row"))),
        (
            path + c.STATE,
            n.case((unknown, n.integer(c.OTHER)), default=n.column(path + c.STATE, "row")),
        ),
    ]
