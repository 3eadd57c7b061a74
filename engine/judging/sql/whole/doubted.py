"""Facts that can't all be so, found by statements, and the tables without them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlglot import exp

from engine.judging.reference import Reading
from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.compiler import Compiler, Mode
from engine.judging.sql.needs import Needs, needs_in
from engine.judging.sql.scope import Scope
from engine.judging.sql.tables import EDGE, ID, ITEM, OWNER, PARENT, Place, edges
from engine.judging.sql.whole.ahead import emptied, opened
from engine.judging.sql.whole.shape import Shape
from engine.judging.sql.whole.statement import Columns, Statement, joined, of_rows, selected
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.field import FieldKind
from engine.model.record_type import OF_PARENT
from engine.model.schema import Schema
from engine.model.world import World
from engine.ruleset.contradictions import contradictions
from engine.ruleset.model import Requirement

_FOUND: Final = "|doubts"


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared order or contradiction of a record type: which facts fall, and by what.

    `asked` and `duty` as in `engine.judging.doubt`; `paths` are those of the declaration. An
    order has `days`, first and then, and how many days must lie between; a contradiction `when`.
    """

    name: str
    of: str
    paths: tuple[str, ...]
    fields: frozenset[Place]
    asked: frozenset[Place]
    duty: str | None
    when: t.Expr | None
    apart: int = 0


def declared(schema: Schema, types: Collection[str]) -> list[Declared]:
    """All that record types of these declare that can't be so."""
    found = []
    clashes = contradictions(schema)
    for of, record_type in sorted(schema.types.items()):
        for number, order in enumerate(record_type.order):
            paths = (order.first, order.then)
            apart = 0 if order.same_day == "allowed" else 1
            found.append(
                Declared(f"order{number}", of, paths, _places(schema, of, paths), frozenset(),
                         order.duty, None, apart)
            )  # fmt: skip
        for number, (node, clash) in enumerate(clashes.get(of, ())):
            found.append(
                Declared(f"clash{number}", of, clash.fields, _places(schema, of, clash.fields),
                         t.fields_of(node), clash.duty, node)
            )  # fmt: skip
    return [each for each in found if any(place[0] in types for place in each.fields)]


def _places(schema: Schema, of: str, paths: Iterable[str]) -> frozenset[Place]:
    held = (schema.holder(schema.types[of], path) for path in paths)
    return frozenset((holder.type, name) for holder, name in held)


def doubts_read(schema: Schema, doubts: Iterable[Declared]) -> Needs:
    """What must be there besides, for it to be told which facts can't all be so."""
    needs = Needs()
    for each in doubts:
        if each.when is not None:
            needs.take(needs_in(each.of, [(each.when, False)], schema))
        for path in each.paths:
            _path_read(schema, each.of, path, needs)
    return needs


def _path_read(schema: Schema, of: str, path: str, needs: Needs) -> None:
    needs.types.add(of)
    record_type = schema.types[of]
    head, _, rest = path.partition(".")
    if path in record_type.fields:
        target = path_of(schema, of, path)
        if target.kind in t.LISTS:
            needs.lists[of, path] = None
        else:
            needs.fields[of, path] = target.kind
    elif path.startswith(OF_PARENT):
        needs.parents.add(of)
        _path_read(schema, record_type.parent or "", rest, needs)
    else:
        target_type = record_type.list_target(head) or ""
        needs.lists[of, head] = target_type
        _path_read(schema, target_type, rest, needs)


_KINDS: Final = {FieldKind.ENUM: t.Kind.STRING, FieldKind.SET: t.Kind.STRINGS}


def path_of(schema: Schema, of: str, path: str) -> t.Path:
    """The tree that reads a field of a record, or of its parent."""
    up, name, holder = 0, path, of
    while name not in schema.types[holder].fields:
        up, name = up + 1, name.removeprefix(OF_PARENT)
        holder = schema.types[holder].parent or ""
    kind = schema.types[holder].fields[name].type
    return t.Path(of, up, holder, name, _KINDS.get(kind) or t.Kind(kind.value))


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where it stands which rows a doubt concerns: a table by id; a column of it, if not all."""

    doubt: Declared
    table: str
    column: str | None = None

    def test(self) -> exp.Expression:
        """Whether it concerns the row that the table is joined to; never NULL."""
        if self.column is None:
            return n.not_null(n.column(ID, self.table))
        return n.surely(n.column(self.column, self.table))


@dataclass
class Doubts:
    """The doubts about the rows of tables, and by field where it stands whom they concern."""

    shape: Shape
    hits: dict[Place, list[_Hit]] = field(default_factory=dict)

    def asking(self) -> dict[Declared, exp.Select]:
        """For each doubt a query of how many rows it concerns."""
        asked = {}
        for hits in self.hits.values():
            for hit in hits:
                where = None if hit.column is None else exp.Where(this=n.column(hit.column))
                counted = exp.Select(expressions=[n.count(n.TRUE)], where=where)
                asked[hit.doubt] = counted.from_(n.table(hit.table), copy=False)
        return asked

    def only(self, found: Collection[Declared]) -> None:
        """Forget all doubts but these."""
        kept = {
            place: [hit for hit in hits if hit.doubt in found] for place, hits in self.hits.items()
        }
        self.hits = {place: hits for place, hits in kept.items() if hits}

    def breaks(self, requirement: Requirement) -> exp.Expression | None:
        """Whether a row breaks what a requirement asks for by declared duty; None if none can."""
        of = requirement.subject
        found = {hit.doubt for hits in self.hits.values() for hit in hits}
        broken = [
            n.surely(n.column(doubt.name, found_in(of)))
            for doubt in sorted(found, key=lambda each: each.name)
            if doubt.duty == requirement.id and doubt.of == of
        ]
        return n.either(*broken) if broken else None

    def without(
        self,
        suffix: str,
        fallen: Collection[Declared],
        kept: Collection[Declared] = (),
        types: Collection[str] | None = None,
    ) -> tuple[Shape, list[Statement]]:
        """The tables with what falls by doubts unknown, but for the facts of those `kept`.

        Of these types alone, where they are named.
        """
        shape = replace(self.shape, names=dict(self.shape.names))
        made: list[Statement] = []
        for name in sorted(shape.needs.types if types is None else types):
            made += _without(_Falling(self, fallen, kept), shape, name, suffix)
        return shape, made


@dataclass(frozen=True, slots=True)
class _Falling:
    """What falls by which doubts, but for the facts of those kept."""

    doubts: Doubts
    fallen: Collection[Declared]
    kept: Collection[Declared]

    def dubious(self, place: Place, joins: dict[str, exp.Join]) -> exp.Expression:
        """Whether a field falls; what must be joined to the rows for it goes into `joins`."""
        hits = self.doubts.hits.get(place, ())
        for hit in hits:
            on = (n.column(ID, hit.table), n.column(ID, "row"))
            joins.setdefault(hit.table, joined(hit.table, hit.table, on, left=True))
        falls = n.either(*(hit.test() for hit in hits if hit.doubt in self.fallen))
        stays = n.either(*(hit.test() for hit in hits if hit.doubt in self.kept))
        return n.both(falls, n.negate(stays))


def _without(falling: _Falling, shape: Shape, name: str, suffix: str) -> Iterator[Statement]:
    table = shape.table(name)
    columns: Columns = [(key, n.column(key, "row")) for key in shape.keys(name)]
    joins: dict[str, exp.Join] = {}
    emptied_sets = []
    changed = False

    for path, _ in shape.fields(name):
        falls = falling.dubious((name, path), joins)
        changed = changed or falls is not n.FALSE
        columns += emptied(shape, (name, path), falls)
    for path, target in shape.lists(name):
        falls = falling.dubious((name, path), joins) if target is None else n.FALSE
        columns += opened(path, falls)
        if falls is not n.FALSE:
            changed = True
            emptied_sets.append(path)
            columns.append((path + suffix, falls))
    if not changed:
        return
    made = name + suffix
    yield Statement(made, selected(columns, table, "row", joins=list(joins.values())), kept=False)
    for path in emptied_sets:
        place = edges((name, path))
        own = joined(made, "owner", (n.column(ID, "owner"), n.column(OWNER, "edge")))
        parts = [(each, n.column(each, "edge")) for each in (EDGE, OWNER, ITEM)]
        stay = n.negate(n.column(path + suffix, "owner"))
        left = selected(parts, shape.table(place), "edge", joins=[own], where=stay)
        yield Statement(place + suffix, left, kept=False)
        shape.names[place] = place + suffix
    shape.names[name] = made


def found_in(of: str) -> str:
    """The table that says which rows of a type break what it declares."""
    return of + _FOUND


def doubted(
    shape: Shape, world: World, place: int, found: Sequence[Declared]
) -> tuple[Doubts, list[Statement]]:
    """Statements that find which rows are in doubt, and for what."""
    doubts = Doubts(shape)
    made: list[Statement] = []
    foreign: list[Statement] = []
    for of in sorted({each.of for each in found}):
        scope = Scope(shape.schema, of, place)
        compiler = Compiler(shape.tables, world)
        wanted: dict[str, exp.Expression] = {}
        for each in (one for one in found if one.of == of):
            pairs = _pairs(shape, each)
            if pairs is not None:
                foreign.append(pairs)
            elif each.when is None:
                wanted[each.name] = _broken(compiler, scope, each)
            else:
                truth = compiler.truth(scope, canonical(each.when), Mode(Reading.JUDGE))
                wanted[each.name] = n.surely(truth)
            for path in each.paths:
                hit, more = _hit(shape, each, path, pairs)
                foreign += more
                holder, name = shape.schema.holder(shape.schema.types[of], path)
                doubts.hits.setdefault((holder.type, name), []).append(hit)
        if wanted:
            made.append(Statement(found_in(of), of_rows(scope, wanted, shape.names)))
    return doubts, [*made, *foreign]


def _hit(
    shape: Shape, doubt: Declared, path: str, pairs: Statement | None
) -> tuple[_Hit, list[Statement]]:
    """Where it stands whom a doubt concerns by one of its paths, and what that is made by."""
    of, record_type = doubt.of, shape.schema.types[doubt.of]
    own = path in record_type.fields
    if own and pairs is None:
        return _Hit(doubt, found_in(of), doubt.name), []
    table = f"{of}.{doubt.name}.{path}"
    if pairs is not None:
        column = OWNER if own else ITEM
        return _Hit(doubt, table), [Statement(table, _each(pairs.name, "pair", column, []))]
    found = found_in(of)
    holds = n.surely(n.column(doubt.name, found))
    if path.startswith(OF_PARENT):
        join = joined(found, found, (n.column(ID, found), n.column(ID, "row")))
        select = _each(shape.table(of), "row", PARENT, [join], holds)
    else:
        head, _, _ = path.partition(".")
        join = joined(found, found, (n.column(ID, found), n.column(OWNER, "edge")))
        select = _each(shape.edges((of, head)), "edge", ITEM, [join], holds)
    return _Hit(doubt, table), [Statement(table, select)]


def _each(
    table: str,
    alias: str,
    column: str,
    joins: list[exp.Join],
    where: exp.Expression | None = None,
) -> exp.Select:
    """The values of a column, each once, as ids."""
    select = selected([(ID, n.column(column, alias))], table, alias, joins=joins, where=where)
    select.set("distinct", exp.Distinct())
    return select


def _pairs(shape: Shape, doubt: Declared) -> Statement | None:
    """The owners and elements of a list whose days are in a wrong order; None of other doubts."""
    record_type = shape.schema.types[doubt.of]
    named = [
        path
        for path in doubt.paths
        if path not in record_type.fields and not path.startswith(OF_PARENT)
    ]
    if doubt.when is not None or not named:
        return None
    head, _, _ = named[0].partition(".")
    target = record_type.list_target(head) or ""
    days = []
    for path, last in zip(doubt.paths, (False, True), strict=True):
        listed = path in named
        place = (target, path.partition(".")[2]) if listed else (doubt.of, path)
        days.append(_day(shape, place, "item" if listed else "owner", last=last))
    joins = [
        joined(shape.table(doubt.of), "owner", (n.column(ID, "owner"), n.column(OWNER, "edge"))),
        joined(shape.table(target), "item", (n.column(ID, "item"), n.column(ITEM, "edge"))),
    ]
    columns = [(OWNER, n.column(OWNER, "edge")), (ITEM, n.column(ITEM, "edge"))]
    wrong = _before(days[1], days[0], doubt.apart)
    select = selected(columns, shape.edges((doubt.of, head)), "edge", joins=joins, where=wrong)
    return Statement(f"{doubt.of}.{doubt.name}", select)


def _day(shape: Shape, place: Place, alias: str, *, last: bool) -> exp.Expression:
    """The first or the last day that a field may mean."""
    upper = last and shape.tables.has(place[0], place[1] + c.HI)
    column = n.column(place[1] + (c.HI if upper else ""), alias)
    dated = shape.schema.types[place[0]].fields[place[1]].type is FieldKind.DATE
    return column if dated else n.cast(column, "DATE")


def _before(then: exp.Expression, first: exp.Expression, apart: int) -> exp.Expression:
    """Whether the later event is known to lie before the earlier, or on its day, if `apart`."""
    return n.surely(n.compare("<=" if apart else "<", then, first))


def _broken(compiler: Compiler, scope: Scope, doubt: Declared) -> exp.Expression:
    days = []
    for path, last in zip(doubt.paths, (False, True), strict=True):
        read = path_of(scope.schema, doubt.of, path)
        upper = last and compiler.tables.has(read.record, read.field + c.HI)
        day = scope.read(read, c.HI if upper else "")
        days.append(day if read.kind is t.Kind.DATE else n.cast(day, "DATE"))
    return _before(days[1], days[0], doubt.apart)
