"""From columns to the tables that are judged: keys, lists, links, what one cell tells of another.

All that can't be told of them is open, and unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.tables import ID, PARENT
from engine.judging.sql.whole.statement import Columns, Statement, joined, selected, within
from engine.model.field import FieldKind, FieldType
from engine.model.record_type import OF_PARENT
from tables.lists import edges_of, empty, link_columns, nested_columns
from tables.names import (
    BAD,
    HOMELESS,
    ITEM_OF,
    KEY,
    KEYED,
    NAMED,
    ONE,
    OWN,
    PLACE,
    READ,
    ROW,
    SOURCE,
    TABLE,
    TWIN,
    TWINS,
    UNIT,
    VALUE,
    WHOLE,
    folded,
)
from tables.reading import Read, read, text_of
from tables.source import Held, Source
from tables.tabled import Tabled
from tables.told import field_columns, set_columns

_MAY_BE_EMPTY: Final = (Held.TEXT, Held.OTHER)
"""What is something and may show as the empty text."""


@dataclass
class Prepared(Tabled):
    """The statements that make the tables which are judged."""

    def statements(self) -> Iterator[Statement]:
        """In the order in which they run."""
        self.needs.states |= self.needs.fields.keys()
        names = sorted(self.needs.types - {"place"})
        mapped = [name for name in names if name in self.sources]
        for name in sorted(mapped, key=self._depth):
            yield from self._read(self.sources[name])
        for name in mapped:
            if self.sources[name].type.parent is not None:
                yield self._homeless(name)
        for name in mapped:
            yield self._whole(name)
        for place in sorted(self.needs.lists):
            if place[0] != "place":
                yield edges_of(self, place)
        for name in names:
            yield self._rows(name) if name in mapped else self._nothing(name)

    def _depth(self, name: str) -> int:
        """How many record types are above one: what belongs to others is read after them."""
        above = self.schema.types[name].parent
        return 0 if above is None else 1 + self._depth(above)

    # cells

    def _read(self, source: Source) -> Iterator[Statement]:
        name = source.type.type
        table, held = name + TABLE, name + SOURCE
        number: exp.Expression = n.column(ROW, "raw")
        if self.ordered:
            keys = [source.columns[path] for path in source.type.key if path in source.columns]
            # by anything rather than by nothing: Spark numbers no rows without an order
            order = keys or [*source.columns.values()]
            by = exp.Order(expressions=[exp.Ordered(this=n.column(one.name)) for one in order])
            number = n.minus(exp.Window(this=exp.RowNumber(), order=by), n.integer(1))
        columns = [(ID, number)]
        for path, _, column in self.mapped(source):
            raw = n.column(column.name, "raw")
            columns.append((path, text_of(raw) if column.held is Held.TEXT else raw))
        for label, said in ((NAMED, source.parent), (PLACE, source.place)):
            if said is not None:
                columns.append((label, text_of(n.column(said.name, "raw"))))
        yield Statement(held, selected(columns, table, "raw"), kept=False)
        yield Statement(name + READ, self._cells(source, held))
        yield Statement(name + TWINS, self._keys(source, ">"))
        yield self._keyed(name)

    def _cells(self, source: Source, table: str) -> exp.Select:
        columns: Columns = [(ID, n.column(ID, "raw"))]
        values: Columns = []
        bad: exp.Expression = n.integer(0)
        for path, spec, column in self.mapped(source):
            value = n.column(path + VALUE, "raw")
            found = read(spec, n.column(path, "raw"), column.held, self.agencies, value)
            values.append((path + VALUE, found.value))
            columns += _columns(path, spec, replace(found, value=value))
            bad = n.plus(bad, n.case((found.bad, n.integer(1)), default=n.integer(0)))
            columns.append((path + BAD, found.bad))
        owner = source.columns.get(source.type.owner or "")
        unit = (
            n.null("VARCHAR")
            if owner is None
            else n.cast(n.column(source.type.owner or "", "raw"), "VARCHAR")
        )
        columns.append((UNIT, unit))
        columns.append((BAD, bad))
        columns.append(
            (PLACE, n.null("VARCHAR") if source.place is None else n.column(PLACE, "raw"))
        )
        parts = [
            n.cast(n.column(path, "raw"), "VARCHAR")
            for path in source.type.key
            if path in source.columns
        ]
        key: exp.Expression = n.null("VARCHAR")
        if parts and len(parts) == len(source.type.key):
            key = parts[0]
            for part in parts[1:]:
                key = exp.DPipe(this=exp.DPipe(this=key, expression=n.text("/")), expression=part)
        columns += [(KEY, key), (OWN, self._known_key(source))]
        joins: list[exp.Join] = []
        if source.type.parent is not None:
            named = folded(n.column(NAMED, "raw")) if source.parent else n.null("VARCHAR")
            columns.append((NAMED, named))
            above = self.sources.get(source.type.parent)
            if above is None:
                columns.append((PARENT, n.null("BIGINT")))
            else:
                columns.append((PARENT, n.column(ID, "above")))
                joins.append(self._above(above, self._placed(source, named)))
        # a row in which nothing is written is none
        inner = selected(values, table, "raw", where=n.surely(n.either(*self._filled(source))))
        return within(columns, _with_all(inner, "raw"), "raw", joins=joins)

    def _filled(self, source: Source) -> Iterator[exp.Expression]:
        """Whether something is written, for each of the columns."""
        for path, _, column in self.mapped(source):
            raw = n.column(path, "raw")
            yield _something(raw) if column.held in _MAY_BE_EMPTY else n.not_null(raw)
        if source.parent is not None:
            # whatever a row is of has one more, though nothing else is written
            yield _something(n.column(NAMED, "raw"))

    # keys and parents

    def _known_key(self, source: Source) -> exp.Expression:
        """The key as others name it; NULL where a part of it is not known."""
        paths = source.type.key
        if len(paths) != 1 or paths[0] not in source.columns:
            return n.null("VARCHAR")
        return self._placed(source, folded(n.column(paths[0] + VALUE, "raw")))

    def _placed(self, source: Source, name: exp.Expression) -> exp.Expression:
        """A name as it is known over all places: each numbers its own records."""
        if source.place is None:
            return name
        place = n.column(PLACE, "raw")
        where = exp.DPipe(this=place, expression=n.text("|"))
        known = n.compare("!=", place, n.text(""))
        return n.case((known, exp.DPipe(this=where, expression=name)))

    def _keys(self, source: Source, many: str) -> exp.Select:
        """The keys that one row has, or more than one (`many`), each with the first of its rows."""
        own = n.column(OWN, "keys")
        return exp.Select(
            expressions=[n.alias(own, OWN), n.alias(n.call("MIN", n.column(ID, "keys")), ID)],
            where=exp.Where(this=n.not_null(own)),
            group=exp.Group(expressions=[own]),
            having=exp.Having(this=n.compare(many, exp.Count(this=exp.Star()), n.integer(1))),
        ).from_(n.table(source.type.type + READ, "keys"), copy=False)

    def _above(self, above: Source, named: exp.Expression) -> exp.Join:
        """The parents that a key names, each only where it is the only one."""
        alone = exp.TableAlias(this=n.name("above"))
        held = exp.Subquery(this=self._keys(above, "=="), alias=alone)
        return exp.Join(this=held, side="LEFT", on=n.compare("==", n.column(OWN, "above"), named))

    def _keyed(self, name: str) -> Statement:
        """Rows with whether their key is theirs alone."""
        twins = joined(
            name + TWINS, "twins", (n.column(OWN, "twins"), n.column(OWN, "row")), left=True
        )
        twin = [(TWIN, n.not_null(n.column(OWN, "twins")))]
        select = selected(twin, name + READ, "row", joins=[twins])
        return Statement(name + KEYED, _with_all(select, "row"), kept=False)

    def _homeless(self, name: str) -> Statement:
        """Rows of a list whose record isn't there or may be one of several: they belong nowhere."""
        columns = [(each, n.column(each, "row")) for each in (ID, NAMED, PLACE)]
        lost = n.is_null(n.column(PARENT, "row"))
        return Statement(name + HOMELESS, selected(columns, name + KEYED, "row", where=lost))

    def _whole(self, name: str) -> Statement:
        """Whether a table is declared whole and nothing speaks against that: one row.

        For the lists of it, and for each link to it: by fields that are known in every row.
        """
        source = self.sources[name]
        doubtful: list[exp.Expression] = [n.column(TWIN, "row")]
        if source.type.key:  # a row that nobody can name may be any of those named
            doubtful.append(n.is_null(n.column(OWN, "row")))
        if source.type.parent is not None:
            doubtful.append(n.is_null(n.column(PARENT, "row")))
        columns = [(ONE, self._undoubted(name, doubtful))]
        for record_type in self.schema.types.values():
            for path, link in record_type.links.items():
                if link.to == name:
                    untold = [
                        n.negate(self._told_of(name, theirs))
                        for theirs in (*link.on, *link.without)
                    ]
                    whole = self._undoubted(name, [*doubtful, *untold])
                    columns.append((f"{record_type.type}.{path}", whole))
        return Statement(
            name + WHOLE, selected(columns, name + KEYED, "row", joins=self.ups(name, "row"))
        )

    def _undoubted(self, name: str, doubtful: Iterable[exp.Expression]) -> exp.Expression:
        count = n.count(n.surely(n.either(*doubtful)))
        declared = n.TRUE if name in self.closed else n.FALSE
        return n.case((n.compare("==", count, n.integer(0)), declared), default=n.FALSE)

    def _told_of(self, name: str, path: str) -> exp.Expression:
        """Whether a row tells what a link goes by: a value, or that there is none."""
        alias, holder = "row", name
        if path.startswith(OF_PARENT):
            alias, holder = "row up", self.schema.types[name].parent or ""
            path = path.removeprefix(OF_PARENT)
        source = self.sources.get(holder)
        if source is None or path not in source.columns:
            return n.FALSE
        state = n.column(path + c.STATE, alias)
        return n.surely(n.among(state, [n.integer(c.KNOWN), n.integer(c.IS_ABSENT)]))

    # whole rows

    def _rows(self, name: str) -> Statement:
        source = self.sources[name]
        record_type = source.type
        columns: Columns = [(each, n.column(each, "row")) for each in (ID, KEY, PLACE, BAD, TWIN)]
        joins: list[exp.Join] = []
        where = None
        unit: exp.Expression = n.column(UNIT, "row")
        if record_type.parent is not None:
            columns.append((PARENT, n.column(PARENT, "row")))
            where = n.not_null(n.column(PARENT, "row"))
            joins += self.ups(name, "row")
            if joins:
                unit = n.or_else(unit, n.column(UNIT, "row up"))
        columns.append((UNIT, unit))
        for path, spec in record_type.fields.items():
            if spec.type is FieldKind.OBJECT or (
                path not in source.columns and (name, path) not in self.needs.places
            ):
                continue
            if spec.type is FieldKind.SET:
                columns += set_columns(self, source, path, spec)
            else:
                columns += field_columns(self, source, path, spec)
        for owner, path in sorted(self.needs.fields):  # what a person answers stands in no table
            if owner == name and path not in record_type.fields:
                columns += [
                    (path, n.null(c.SQL_TYPES[self.needs.fields[owner, path]])),
                    (path + c.STATE, n.integer(c.OTHER)),
                ]
        for owner, path in sorted(self.needs.lists):
            if owner == name and path in record_type.nested:
                columns += nested_columns(self, name, path, record_type.nested[path], joins)
            elif owner == name and path in record_type.links:
                columns += link_columns(self, name, path, record_type.links[path], joins)
        unique = list({join.alias_or_name: join for join in joins}.values())
        # beside one row rows are as they were: there is nothing to keep
        kept = any(join.kind != "CROSS" for join in unique)
        select = selected(columns, name + KEYED, "row", joins=unique, where=where)
        return Statement(name, select, kept=kept)

    def _nothing(self, name: str) -> Statement:
        """A table without rows, of a type that no source holds."""
        columns = [(ID, "BIGINT"), (PARENT, "BIGINT"), (KEY, "VARCHAR"), (UNIT, "VARCHAR")]
        for (owner, path), kind in sorted(self.needs.fields.items()):
            if owner == name:
                columns += [(path, c.SQL_TYPES[kind]), (path + c.STATE, "BIGINT")]
        for owner, path in sorted(self.needs.lists):
            if owner == name:
                columns += [(path + c.CLOSED, "BOOLEAN"), (path + c.NONE, "BOOLEAN")]
                columns += [(path + c.STATE, "BIGINT")]
        return Statement(name, empty(columns))


def _with_all(select: exp.Select, alias: str) -> exp.Select:
    """The same with all columns of the table that goes by `alias` before its own."""
    every = exp.Column(this=exp.Star(), table=n.name(alias))
    select.set("expressions", [every, *select.expressions])
    return select


def _something(raw: exp.Expression) -> exp.Expression:
    """Whether anything is written in a column, whatever it holds."""
    return n.compare("!=", n.cast(raw, "VARCHAR"), n.text(""))


def _columns(path: str, spec: FieldType, found: Read) -> Columns:
    if spec.type is not FieldKind.SET:
        made = [(path, found.value), (path + c.STATE, found.state)]
        if spec.told_by is not None:
            empty = n.either(
                n.is_null(n.column(path, "raw")),
                n.compare("==", n.cast(n.column(path, "raw"), "VARCHAR"), n.text("")),
            )
            made.append((path + "|empty", empty))
        return made
    items = [(path + ITEM_OF + value, there) for value, there in found.items.items()]
    return [
        (path + c.CLOSED, found.value), (path + c.NONE, found.none), (path + c.STATE, found.state),
        *items,
    ]  # fmt: skip
