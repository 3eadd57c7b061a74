"""From columns to the tables that are judged: keys, lists, links, what one cell tells of another.

All that can't be told of them is open, and unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.needs import Needs
from engine.judging.sql.tables import EDGE, ID, ITEM, OWNER, PARENT, Tables, edges
from engine.judging.sql.whole.statement import Columns, Statement, joined, selected
from engine.model.field import FieldKind, FieldType, Holds
from engine.model.record_type import OF_PARENT, Link, Nested
from engine.model.schema import Schema
from tables.reading import Read, matches, read, text_of, unmapped
from tables.source import Column, Held, Source

KEY: Final = "|key"
UNIT: Final = "|unit"
PLACE: Final = "|place"
BAD: Final = "|bad"
TWIN: Final = "|twin"
NAMED: Final = "|named"
"""Columns of a table beside its facts: what the row is called, whose matter it is and of which
place, how many of its cells can't be read, whether another row has its key, its parent's key."""

TABLE: Final = "|table"
SOURCE: Final = "|source"
READ: Final = "|read"
KEYED: Final = "|keyed"
HOMELESS: Final = "|homeless"
WHOLE: Final = "|whole"
_ITEM: Final = "|item "
_ONE: Final = "one"


@dataclass
class Prepared:
    """The statements that make the tables which are judged, and what these hold."""

    schema: Schema
    sources: Mapping[str, Source]
    needs: Needs
    closed: Collection[str] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False
    tables: Tables = field(default_factory=Tables)

    def statements(self) -> Iterator[Statement]:
        """In the order in which they run."""
        self.needs.states |= self.needs.fields.keys()
        names = sorted(self.needs.types - {"place"})
        mapped = [name for name in names if name in self.sources]
        for name in mapped:
            yield from self._read(self.sources[name])
        for name in mapped:
            yield self._keyed(self.sources[name])
            if self.sources[name].type.parent is not None:
                yield self._homeless(name)
        for name in mapped:
            yield self._whole(name)
        for place in sorted(self.needs.lists):
            if place[0] != "place":
                yield self._edges(place)
        for name in names:
            yield self._rows(name) if name in mapped else self._nothing(name)

    # cells

    def _mapped(self, source: Source) -> list[tuple[str, FieldType, Column]]:
        fields = source.type.fields
        torn = {mine for nested in source.type.nested.values() for mine in nested.tally}
        return [
            (path, fields[path], column)
            for path, column in source.columns.items()
            if path not in torn
        ]

    def _read(self, source: Source) -> Iterator[Statement]:
        name = source.type.type
        table, held = name + TABLE, name + SOURCE
        order = [
            n.column(source.columns[path].name)
            for path in source.type.key
            if path in source.columns
        ]
        over = exp.Window(
            this=exp.RowNumber(),
            order=exp.Order(expressions=[exp.Ordered(this=each) for each in order])
            if self.ordered and order
            else None,
        )
        columns = [(ID, n.minus(over, n.integer(1)))]
        for path, _, column in self._mapped(source):
            raw = n.column(column.name, "raw")
            columns.append((path, text_of(raw) if column.held is Held.TEXT else raw))
        for label, said in ((NAMED, source.parent), (PLACE, source.place)):
            if said is not None:
                columns.append((label, text_of(n.column(said.name, "raw"))))
        yield Statement(held, selected(columns, table, "raw"), kept=False)
        yield Statement(name + READ, self._cells(source, held), kept=False)

    def _cells(self, source: Source, table: str) -> exp.Select:
        columns: Columns = [(ID, n.column(ID, "raw"))]
        bad: exp.Expression = n.integer(0)
        for path, spec, column in self._mapped(source):
            found = read(spec, n.column(path, "raw"), column.held, self.agencies)
            columns += _columns(path, spec, found)
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
        columns.append((KEY, key))
        if source.type.parent is not None:
            columns.append(
                (NAMED, _folded(n.column(NAMED, "raw")) if source.parent else n.null("VARCHAR"))
            )
        filled = [
            n.compare("!=", n.cast(n.column(path, "raw"), "VARCHAR"), n.text(""))
            for path, _, _ in self._mapped(source)
        ]
        # a row in which nothing is written is none
        return selected(columns, table, "raw", where=n.surely(n.either(*filled)))

    # keys and parents

    def _known_key(self, source: Source, alias: str) -> exp.Expression:
        """The key as others name it; NULL where a part of it is not known."""
        paths = source.type.key
        if len(paths) != 1 or paths[0] not in source.columns:
            return n.null("VARCHAR")
        return self._placed(source, _folded(n.column(paths[0], alias)), alias)

    def _placed(self, source: Source, name: exp.Expression, alias: str) -> exp.Expression:
        """A name as it is known over all places: each numbers its own records."""
        if source.place is None:
            return name
        where = exp.DPipe(this=n.column(PLACE, alias), expression=n.text("|"))
        known = n.compare("!=", n.column(PLACE, alias), n.text(""))
        return n.case((known, exp.DPipe(this=where, expression=name)))

    def _keyed(self, source: Source) -> Statement:
        """Rows with their parents' and with whether their key is theirs alone."""
        name, record_type = source.type.type, source.type
        own = self._known_key(source, "row")
        many = exp.Window(this=exp.Count(this=exp.Star()), partition_by=[own])
        twin = n.both(n.not_null(own), n.compare(">", many, n.integer(1)))
        columns: Columns = [
            ("*", exp.Column(this=exp.Star(), table=n.name("row"))),
            (TWIN, twin),
            ("|own", own),
        ]
        joins = []
        above = self.sources.get(record_type.parent or "")
        if record_type.parent is not None:
            if above is None:
                columns.append((PARENT, n.null("BIGINT")))
            else:
                joins.append(self._above(above, source))
                columns.append((PARENT, n.column(ID, "above")))
        select = selected(columns[1:], name + READ, "row", joins=joins)
        select.set("expressions", [columns[0][1], *select.expressions])
        return Statement(name + KEYED, select)

    def _above(self, above: Source, source: Source) -> exp.Join:
        """The parents that a key names, each only where it is the only one."""
        key = self._known_key(above, "parents")
        grouped = exp.Select(
            expressions=[n.alias(key, "|own"), n.alias(n.call("MIN", n.column(ID, "parents")), ID)],
            where=exp.Where(this=n.not_null(key)),
            group=exp.Group(expressions=[key]),
            having=exp.Having(this=n.compare("==", exp.Count(this=exp.Star()), n.integer(1))),
        ).from_(n.table(above.type.type + READ, "parents"), copy=False)
        alias = exp.TableAlias(this=n.name("above"))
        named = self._placed(source, n.column(NAMED, "row"), "row")
        on = n.compare("==", n.column("|own", "above"), named)
        return exp.Join(this=exp.Subquery(this=grouped, alias=alias), side="LEFT", on=on)

    def _homeless(self, name: str) -> Statement:
        """Rows of a list whose record isn't there or may be one of several: they belong nowhere."""
        columns = [(ID, n.column(ID, "row")), (NAMED, n.column(NAMED, "row"))]
        lost = n.is_null(n.column(PARENT, "row"))
        return Statement(name + HOMELESS, selected(columns, name + KEYED, "row", where=lost))

    def _whole(self, name: str) -> Statement:
        """Whether a table is declared whole and nothing in it speaks against that: one row."""
        source = self.sources[name]
        doubtful = [n.compare(">", n.column(BAD, "row"), n.integer(0)), n.column(TWIN, "row")]
        if source.type.parent is not None:
            doubtful.append(n.is_null(n.column(PARENT, "row")))
        asked = {
            theirs
            for record_type in self.schema.types.values()
            for link in record_type.links.values()
            if link.to == name
            for theirs in (*link.on, *link.without)
            if theirs in source.type.fields
        }
        for path in sorted(asked):
            state = (
                n.column(path + c.STATE, "row") if path in source.columns else n.integer(c.OTHER)
            )
            settled = n.among(state, [n.integer(c.KNOWN), n.integer(c.IS_ABSENT)])
            doubtful.append(n.negate(settled))
        count = n.count(n.surely(n.either(*doubtful)))
        declared = n.TRUE if name in self.closed else n.FALSE
        whole = n.case((n.compare("==", count, n.integer(0)), declared), default=n.FALSE)
        return Statement(name + WHOLE, selected([(_ONE, whole)], name + KEYED, "row"))

    # lists

    def _edges(self, place: tuple[str, str]) -> Statement:
        name, path = place
        record_type, target = self.schema.types[name], self.needs.lists[place]
        held = edges(place)
        if name not in self.sources or (target is not None and target not in self.sources):
            return Statement(held, _empty(_edge_columns(target)))
        if target is None:
            return Statement(held, self._items(name, path))
        if path in record_type.nested:
            parts = [(OWNER, n.column(PARENT, "item")), (ITEM, n.column(ID, "item"))]
            there = n.not_null(n.column(PARENT, "item"))
            select = selected(_numbered(parts), target + KEYED, "item", where=there)
            return Statement(held, select)
        return Statement(held, self._linked(name, record_type.links[path]))

    def _items(self, name: str, path: str) -> exp.Select:
        values = self.schema.types[name].fields[path].values
        source = self.sources[name]
        if path not in source.columns or not values:
            return _empty(_edge_columns(None))
        each = [
            selected(
                [(OWNER, n.column(ID, "row")), (ITEM, n.cast(n.text(value), "VARCHAR"))],
                name + KEYED,
                "row",
                where=n.column(path + _ITEM + value, "row"),
            )
            for value in values
        ]
        union: exp.Expression = each[0]
        for other in each[1:]:
            union = exp.Union(this=union, expression=other, distinct=False)
        alias = exp.TableAlias(this=n.name("item"))
        parts = [(OWNER, n.column(OWNER, "item")), (ITEM, n.column(ITEM, "item"))]
        return exp.Select(
            expressions=[n.alias(value, label) for label, value in _numbered(parts)]
        ).from_(exp.Subquery(this=union, alias=alias), copy=False)

    def _side(self, name: str, path: str, alias: str) -> tuple[exp.Expression, str]:
        """A field that a link goes by, and the record type whose row has it."""
        record_type = self.schema.types[name]
        if path == "parent" or path.startswith(OF_PARENT):
            above = record_type.parent or ""
            source = self.sources.get(above)
            if source is None:
                return n.null("VARCHAR"), above
            if path == "parent":
                return n.column("|own", alias + " up"), above
            name, path = above, path.removeprefix(OF_PARENT)
            source = self.sources[name]
            alias += " up"
        else:
            source = self.sources[name]
        if path not in source.columns:
            return n.null("VARCHAR"), name
        return _folded(n.column(path, alias)), name

    def _linked(self, name: str, link: Link) -> exp.Select:
        joins = self._ups(name, "row")
        tests = []
        ups: list[exp.Join] = []
        if self._placed_apart(name, link):
            return _empty(_edge_columns(link.to))
        if self.sources[name].place is not None:
            tests.append(n.compare("==", n.column(PLACE, "item"), n.column(PLACE, "row")))
        for theirs, mine in link.on.items():
            tests.append(
                n.compare(
                    "==", self._side(link.to, theirs, "item")[0], self._side(name, mine, "row")[0]
                )
            )
        fits = [n.negate(n.column(TWIN, "item"))]
        for path, value in link.without.items():
            if path in self.sources[link.to].columns:
                same = n.compare("==", n.column(path, "item"), n.text(value))
                fits.append(n.negate(n.surely(same)))
        item = exp.Join(this=n.table(link.to + KEYED, "item"), on=n.both(*tests, *fits))
        if any(theirs.startswith(OF_PARENT) for theirs in link.on):
            # the elements' parents must be there before they are held against anything
            item = exp.Join(this=n.table(link.to + KEYED, "item"), on=n.both(*fits))
            ups = self._ups(link.to, "item")
        where = n.both(*tests) if ups else None
        parts = [(OWNER, n.column(ID, "row")), (ITEM, n.column(ID, "item"))]
        return selected(
            _numbered(parts), name + KEYED, "row", joins=[*joins, item, *ups], where=where
        )

    def _placed_apart(self, name: str, link: Link) -> bool:
        """Whether one side says of which place a record is and the other doesn't."""
        return (self.sources[name].place is None) != (self.sources[link.to].place is None)

    def _ups(self, name: str, alias: str) -> list[exp.Join]:
        above = self.schema.types[name].parent
        if above is None or above not in self.sources:
            return []
        up = alias + " up"
        return [joined(above + KEYED, up, (n.column(ID, up), n.column(PARENT, alias)), left=True)]

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
            joins += self._ups(name, "row")
            if joins:
                unit = n.or_else(unit, n.column(UNIT, "row up"))
        columns.append((UNIT, unit))
        for path, spec in record_type.fields.items():
            if spec.type is FieldKind.OBJECT or (
                path not in source.columns and (name, path) not in self.needs.places
            ):
                continue
            if spec.type is FieldKind.SET:
                columns += self._set_columns(source, path, spec)
            else:
                columns += self._field(source, path, spec)
        for owner, path in sorted(self.needs.fields):  # what a person answers stands in no table
            if owner == name and path not in record_type.fields:
                columns += [
                    (path, n.null(c.SQL_TYPES[self.needs.fields[owner, path]])),
                    (path + c.STATE, n.integer(c.OTHER)),
                ]
        for owner, path in sorted(self.needs.lists):
            if owner == name and path in record_type.nested:
                columns += self._nested_columns(name, path, record_type.nested[path], joins)
            elif owner == name and path in record_type.links:
                columns += self._link_columns(name, path, record_type.links[path], joins)
        unique = list({join.alias_or_name: join for join in joins}.values())
        return Statement(name, selected(columns, name + KEYED, "row", joins=unique, where=where))

    def _plain(self, source: Source, path: str) -> tuple[exp.Expression, exp.Expression]:
        """A field's value and state as its column has them."""
        spec = source.type.fields[path]
        if path not in {each for each, _, _ in self._mapped(source)}:
            found = unmapped(spec)
            return found.value, found.state
        return n.column(path, "row"), n.column(path + c.STATE, "row")

    def _field(self, source: Source, path: str, spec: FieldType) -> Columns:
        """A field with what other cells of its row tell of it."""
        value, state = self._plain(source, path)
        if spec.told_by is not None:
            value, state = self._told(source, path, spec, value, state)
        if spec.of is not None and spec.of in source.columns:
            paper = n.column(spec.of + c.STATE, "row")
            # of a paper that is said not to be there, or can't be read, nobody knows the day
            sure = n.among(paper, [n.integer(c.KNOWN), n.integer(c.BLANK)])
            value = n.case((sure, value))
            fallen = n.both(n.negate(sure), n.compare("==", state, n.integer(c.KNOWN)))
            state = n.case((fallen, n.integer(c.OTHER)), default=state)
        made: Columns = [(path, value), (path + c.STATE, state)]
        if spec.planned is not None and spec.planned in source.columns:
            day, _ = self._plain(source, spec.planned)
            empty = n.compare("==", state, n.integer(c.BLANK))
            empty = empty if path in source.columns else n.TRUE
            plan = n.case((empty, day))
            waits = n.both(empty, n.not_null(day))
            made[1] = (path + c.STATE, n.case((waits, n.integer(c.OTHER)), default=state))
            made.append((path + c.PLAN, plan))
            self.tables.columns.add((source.type.type, path + c.PLAN))
        return made

    def _told(
        self,
        source: Source,
        path: str,
        spec: FieldType,
        value: exp.Expression,
        state: exp.Expression,
    ) -> tuple[exp.Expression, exp.Expression]:
        """What a unit or a ground tells of a field in which nothing is written."""
        by = spec.told_by or ""
        teller, teller_state = self._plain(source, by)
        if spec.holds is Holds.ARTICLE:
            ground = n.both(
                n.not_null(teller), matches(teller, "第[0-9〇零一二三四五六七八九十百千]+条")
            )
            said = n.case((ground, teller))
        else:
            said = _by_name(spec, teller)
        told_state = n.case(
            (n.not_null(said), n.integer(c.KNOWN)),
            (n.not_null(teller), n.integer(c.IS_ABSENT)),
            default=n.case(
                (n.compare("==", teller_state, n.integer(c.KNOWN)), n.integer(c.OTHER)),
                default=teller_state,
            )
            if spec.holds is Holds.ARTICLE
            else n.integer(c.OTHER),
        )
        if path not in source.columns:
            return said, told_state
        empty = n.compare("==", n.column(path + "|empty", "row"), n.TRUE)
        against = n.both(n.compare("==", state, n.integer(c.IS_ABSENT)), n.not_null(said))
        return (
            n.case((empty, said), default=value),
            n.case((empty, told_state), (against, n.integer(c.OTHER)), default=state),
        )

    def _set_columns(self, source: Source, path: str, spec: FieldType) -> Columns:
        if path in source.columns and spec.values:
            ends = (c.CLOSED, c.NONE, c.STATE)
            return [(path + end, n.column(path + end, "row")) for end in ends]
        return _open_list(path)

    def _nested_columns(
        self, name: str, path: str, nested: Nested, joins: list[exp.Join]
    ) -> Columns:
        if nested.of not in self.sources:
            return _open_list(path)
        source, below = self.sources[name], self.sources[nested.of]
        alias = "list " + path
        told = below.type.key or below.type.distinct
        counts = [
            n.alias(n.column(PARENT, "item"), OWNER),
            n.alias(exp.Count(this=exp.Star()), "many"),
        ]
        parts: list[exp.Expression] = [
            n.column(each, "item") for each in told if each in below.columns
        ]
        torn: exp.Expression = n.FALSE
        if told:
            if len(parts) < len(told):
                torn = n.TRUE
            else:
                parted = parts[0] if len(parts) == 1 else _joined_text(parts)
                distinct = exp.Count(this=exp.Distinct(expressions=[parted]))
                counts.append(n.alias(distinct, "different"))
                torn = n.compare("<", n.column("different", alias), n.column("many", alias))
        grouped = exp.Select(
            expressions=counts,
            where=exp.Where(this=n.not_null(n.column(PARENT, "item"))),
            group=exp.Group(expressions=[n.column(PARENT, "item")]),
        ).from_(n.table(nested.of + KEYED, "item"), copy=False)
        held = exp.Subquery(this=grouped, alias=exp.TableAlias(this=n.name(alias)))
        on = n.compare("==", n.column(OWNER, alias), n.column(ID, "row"))
        joins.append(exp.Join(this=held, side="LEFT", on=on))
        many = n.or_else(n.column("many", alias), n.integer(0))
        none = n.compare("==", many, n.integer(0))
        branches: list[tuple[exp.Expression, exp.Expression]] = [(n.surely(torn), n.FALSE)]
        absent: exp.Expression = n.FALSE
        if nested.count in source.columns:
            count, state = self._plain(source, nested.count or "")
            absent = n.both(n.compare("==", state, n.integer(c.IS_ABSENT)), none)
            branches += [(absent, n.TRUE), (n.not_null(count), n.compare("==", count, many))]
        if nested.any in source.columns:
            asked, _ = self._plain(source, nested.any or "")
            branches.append((n.negate(asked), none))
        whole = self._is_whole(nested.of, joins)
        if nested.shown_by or nested.any is not None or nested.count is not None:
            whole = n.both(whole, n.negate(none))
        closed = n.surely(n.case(*branches, default=whole))
        return _list(path, closed, absent, n.integer(c.OTHER))

    def _is_whole(self, name: str, joins: list[exp.Join]) -> exp.Expression:
        table = name + WHOLE
        joins.append(exp.Join(this=n.table(table, table), kind="CROSS"))
        return n.column(_ONE, table)

    def _link_columns(self, name: str, path: str, link: Link, joins: list[exp.Join]) -> Columns:
        if link.to not in self.sources or self._placed_apart(name, link):
            return _open_list(path)
        sides = [self._side(name, mine, "row") for mine in link.on.values()]
        joins += self._ups(name, "row")
        known = n.both(*(n.not_null(value) for value, _ in sides))
        if self.sources[name].place is not None:
            known = n.both(known, n.surely(n.compare("!=", n.column(PLACE, "row"), n.text(""))))
        states = [
            n.column(mine + c.STATE, "row")
            for mine in link.on.values()
            if mine in self.sources[name].columns
        ]
        absent = n.either(*(n.compare("==", each, n.integer(c.IS_ABSENT)) for each in states))
        blank = n.either(*(n.compare("==", each, n.integer(c.BLANK)) for each in states))
        whole: exp.Expression = n.FALSE
        if not link.shown_by and link.count is None:
            whole = self._is_whole(link.to, joins)
        closed = n.either(absent, n.both(known, whole))
        opens = n.case((blank, n.integer(c.BLANK)), default=n.integer(c.OTHER))
        return _list(path, n.surely(closed), n.surely(absent), opens)

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
        return Statement(name, _empty(columns))


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
    items = [(path + _ITEM + value, there) for value, there in found.items.items()]
    return [
        (path + c.CLOSED, found.value), (path + c.NONE, found.none), (path + c.STATE, found.state),
        *items,
    ]  # fmt: skip


def _list(
    path: str, closed: exp.Expression, absent: exp.Expression, opens: exp.Expression
) -> Columns:
    state = n.case((closed, n.integer(c.KNOWN)), default=opens)
    return [(path + c.CLOSED, closed), (path + c.NONE, absent), (path + c.STATE, state)]


def _open_list(path: str) -> Columns:
    return _list(path, n.FALSE, n.FALSE, n.integer(c.OTHER))


def _edge_columns(target: str | None) -> list[tuple[str, str]]:
    return [(EDGE, "BIGINT"), (OWNER, "BIGINT"), (ITEM, "VARCHAR" if target is None else "BIGINT")]


def _empty(columns: Iterable[tuple[str, str]]) -> exp.Select:
    one = exp.Select(expressions=[n.alias(n.integer(1), _ONE)])
    alias = exp.TableAlias(this=n.name(_ONE))
    nothing = n.compare("==", n.column(_ONE, _ONE), n.integer(0))
    return exp.Select(
        expressions=[n.alias(n.null(kind), name) for name, kind in columns],
        where=exp.Where(this=nothing),
    ).from_(exp.Subquery(this=one, alias=alias), copy=False)


def _numbered(parts: Sequence[tuple[str, exp.Expression]]) -> Columns:
    order = exp.Order(expressions=[exp.Ordered(this=value) for _, value in parts])
    return [(EDGE, exp.Window(this=exp.RowNumber(), order=order)), *parts]


def _folded(value: exp.Expression) -> exp.Expression:
    """A value as others name it."""
    return exp.Upper(this=n.cast(value, "VARCHAR"))


def _joined_text(parts: list[exp.Expression]) -> exp.Expression:
    text: exp.Expression = n.cast(parts[0], "VARCHAR")
    for part in parts[1:]:
        slash = exp.DPipe(this=text, expression=n.text("/"))
        text = exp.DPipe(this=slash, expression=n.cast(part, "VARCHAR"))
    return text


def _by_name(spec: FieldType, unit: exp.Expression) -> exp.Expression:
    """What the name of a unit tells, by how it ends or by what stands in it."""
    branches = []
    for said, endings in spec.endings.items():
        ends = n.either(*(exp.Like(this=unit, expression=n.text(f"%{each}")) for each in endings))
        branches.append((ends, n.text(said)))
    for said, parts in spec.parts.items():
        has = n.either(*(exp.Like(this=unit, expression=n.text(f"%{each}%")) for each in parts))
        branches.append((has, n.text(said)))
    return n.case(*branches)
