"""The lists of records: nested rows, links, sets; whether there can be more of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.tables import EDGE, ID, ITEM, OWNER, PARENT, edges
from engine.judging.sql.whole.statement import Columns, Statement, selected
from engine.model.field import FieldKind
from engine.model.record_type import OF_PARENT, Link, Nested
from tables.names import ITEM_OF, KEYED, ONE, OWN, PLACE, TWIN, WHOLE, folded
from tables.tabled import Tabled
from tables.told import plain

_ROWS: Final = 2**31
"""More than a table has rows."""


def edges_of(made: Tabled, place: tuple[str, str]) -> Statement:
    """The elements of a list, each with its owner."""
    name, path = place
    record_type, target = made.schema.types[name], made.needs.lists[place]
    held = edges(place)
    if name not in made.sources or (target is not None and target not in made.sources):
        return Statement(held, empty(_edge_columns(target)))
    if target is None:
        return Statement(held, _items(made, name, path))
    if path in record_type.nested:
        item = n.column(ID, "item")  # an element of one list alone: its number is the edge's
        parts = [(EDGE, item), (OWNER, n.column(PARENT, "item")), (ITEM, item)]
        there = n.not_null(n.column(PARENT, "item"))
        select = selected(parts, target + KEYED, "item", where=there)
        return Statement(held, select)
    return Statement(held, _linked(made, name, record_type.links[path]))


def _items(made: Tabled, name: str, path: str) -> exp.Select:
    values = made.schema.types[name].fields[path].values
    source = made.sources[name]
    if path not in source.columns or not values:
        return empty(_edge_columns(None))
    each = [
        selected(
            [
                (EDGE, _edge(n.column(ID, "row"), n.integer(number))),
                (OWNER, n.column(ID, "row")),
                (ITEM, n.cast(n.text(value), "VARCHAR")),
            ],
            name + KEYED,
            "row",
            where=n.both(
                n.column(path + ITEM_OF + value, "row"), n.negate(made.unsure(source, path))
            ),
        )
        for number, value in enumerate(values)
    ]
    union: exp.Expression = each[0]
    for other in each[1:]:
        union = exp.Union(this=union, expression=other, distinct=False)
    alias = exp.TableAlias(this=n.name("item"))
    return exp.Select(
        expressions=[n.alias(n.column(each, "item"), each) for each in (EDGE, OWNER, ITEM)]
    ).from_(exp.Subquery(this=union, alias=alias), copy=False)


def _side(made: Tabled, name: str, path: str, alias: str) -> tuple[exp.Expression, str]:
    """A field that a link goes by, and the record type whose row has it."""
    record_type = made.schema.types[name]
    if path == "parent" or path.startswith(OF_PARENT):
        above = record_type.parent or ""
        source = made.sources.get(above)
        if source is None:
            return n.null("VARCHAR"), above
        if path == "parent":
            return n.column(OWN, alias + " up"), above
        name, path = above, path.removeprefix(OF_PARENT)
        source = made.sources[name]
        alias += " up"
    else:
        source = made.sources[name]
    if path not in source.columns:
        return n.null("VARCHAR"), name
    return folded(n.column(path, alias)), name


def _linked(made: Tabled, name: str, link: Link) -> exp.Select:
    joins = made.ups(name, "row")
    tests = []
    ups: list[exp.Join] = []
    if _placed_apart(made, name, link):
        return empty(_edge_columns(link.to))
    if made.sources[name].place is not None:
        tests.append(n.compare("==", n.column(PLACE, "item"), n.column(PLACE, "row")))
    for theirs, mine in link.on.items():
        tests.append(
            n.compare(
                "==", _side(made, link.to, theirs, "item")[0], _side(made, name, mine, "row")[0]
            )
        )
    fits = [n.negate(n.column(TWIN, "item"))]
    key = made.sources[link.to].type.key
    if len(key) == 1:
        # what has no name of its own is nobody's: the ledgers lose such a row too
        fits.append(n.not_null(n.column(OWN, "item")))
    for path, value in link.without.items():
        if path in made.sources[link.to].columns:
            same = n.compare("==", n.column(path, "item"), n.text(value))
            fits.append(n.negate(n.surely(same)))
    item = exp.Join(this=n.table(link.to + KEYED, "item"), on=n.both(*tests, *fits))
    if any(theirs.startswith(OF_PARENT) for theirs in link.on):
        # the elements' parents must be there before they are held against anything
        item = exp.Join(this=n.table(link.to + KEYED, "item"), on=n.both(*fits))
        ups = made.ups(link.to, "item")
    where = n.both(*tests) if ups else None
    own, other = n.column(ID, "row"), n.column(ID, "item")
    parts = [(EDGE, _edge(own, other)), (OWNER, own), (ITEM, other)]
    return selected(parts, name + KEYED, "row", joins=[*joins, item, *ups], where=where)


def _placed_apart(made: Tabled, name: str, link: Link) -> bool:
    """Whether one side says of which place a record is and the other doesn't."""
    return (made.sources[name].place is None) != (made.sources[link.to].place is None)


def nested_columns(
    made: Tabled, name: str, path: str, nested: Nested, joins: list[exp.Join]
) -> Columns:
    """Whether a list of nested rows is closed, absent, or why not."""
    if nested.of not in made.sources:
        return open_list(path)
    source, below = made.sources[name], made.sources[nested.of]
    alias = "list " + path
    told = below.type.key or below.type.distinct
    # without anything that tells them apart, two rows that say the same may be one
    named = told or tuple(
        path + (c.CLOSED if spec.type is FieldKind.SET else "")
        for path, spec, _ in made.mapped(below)
    )
    there = all(path in below.columns for path in told)
    parts: list[exp.Expression] = [
        n.or_else(n.cast(n.column(each, "item"), "VARCHAR"), n.text("")) for each in named if there
    ]
    distinct = exp.Count(this=exp.Distinct(expressions=[_joined_text([n.text(""), *parts])]))
    counts = [
        n.alias(n.column(PARENT, "item"), OWNER),
        n.alias(exp.Count(this=exp.Star()), "many"),
        n.alias(distinct, "different"),
    ]
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
        count, state = plain(made, source, nested.count or "")
        absent = n.both(n.compare("==", state, n.integer(c.IS_ABSENT)), none)
        branches += [(absent, n.TRUE), (n.not_null(count), n.compare("==", count, many))]
    if nested.any in source.columns:
        asked, _ = plain(made, source, nested.any or "")
        branches.append((n.negate(asked), none))
    whole = _is_whole(nested.of, joins)
    if nested.shown_by or nested.any is not None or nested.count is not None:
        whole = n.both(whole, n.negate(none))
    closed = n.surely(n.case(*branches, default=whole))
    return list_columns(path, closed, absent, n.integer(c.OTHER))


def _is_whole(name: str, joins: list[exp.Join], link: str = ONE) -> exp.Expression:
    table = name + WHOLE
    joins.append(exp.Join(this=n.table(table, table), kind="CROSS"))
    return n.column(link, table)


def link_columns(made: Tabled, name: str, path: str, link: Link, joins: list[exp.Join]) -> Columns:
    """Whether a list of linked records is closed, absent, or why not."""
    if link.to not in made.sources or _placed_apart(made, name, link):
        return open_list(path)
    sides = [_side(made, name, mine, "row") for mine in link.on.values()]
    joins += made.ups(name, "row")
    known = n.both(*(n.not_null(value) for value, _ in sides))
    if made.sources[name].place is not None:
        known = n.both(known, n.surely(n.compare("!=", n.column(PLACE, "row"), n.text(""))))
    states = [
        n.column(mine + c.STATE, "row")
        for mine in link.on.values()
        if mine in made.sources[name].columns
    ]
    absent = n.either(*(n.compare("==", each, n.integer(c.IS_ABSENT)) for each in states))
    blank = n.either(*(n.compare("==", each, n.integer(c.BLANK)) for each in states))
    whole: exp.Expression = n.FALSE
    if not link.shown_by and link.count is None:
        whole = _is_whole(link.to, joins, f"{name}.{path}")
    closed = n.either(absent, n.both(known, whole))
    opens = n.case((blank, n.integer(c.BLANK)), default=n.integer(c.OTHER))
    return list_columns(path, n.surely(closed), n.surely(absent), opens)


def list_columns(
    path: str, closed: exp.Expression, absent: exp.Expression, opens: exp.Expression
) -> Columns:
    """The columns of a list that says whether it is closed and absent, and else why not."""
    state = n.case((closed, n.integer(c.KNOWN)), default=opens)
    return [(path + c.CLOSED, closed), (path + c.NONE, absent), (path + c.STATE, state)]


def open_list(path: str) -> Columns:
    """The columns of a list of which nobody knows whether there is more."""
    return list_columns(path, n.FALSE, n.FALSE, n.integer(c.OTHER))


def _edge_columns(target: str | None) -> list[tuple[str, str]]:
    return [(EDGE, "BIGINT"), (OWNER, "BIGINT"), (ITEM, "VARCHAR" if target is None else "BIGINT")]


def empty(columns: Iterable[tuple[str, str]]) -> exp.Select:
    """A table without rows, of columns of these types."""
    one = exp.Select(expressions=[n.alias(n.integer(1), ONE)])
    alias = exp.TableAlias(this=n.name(ONE))
    nothing = n.compare("==", n.column(ONE, ONE), n.integer(0))
    return exp.Select(
        expressions=[n.alias(n.null(kind), name) for name, kind in columns],
        where=exp.Where(this=nothing),
    ).from_(exp.Subquery(this=one, alias=alias), copy=False)


def _edge(owner: exp.Expression, item: exp.Expression) -> exp.Expression:
    """The number of an edge: that of its owner and its element, without a sort."""
    return n.plus(n.times(owner, n.integer(_ROWS)), item)


def _joined_text(parts: list[exp.Expression]) -> exp.Expression:
    text: exp.Expression = n.cast(parts[0], "VARCHAR")
    for part in parts[1:]:
        slash = exp.DPipe(this=text, expression=n.text("/"))
        text = exp.DPipe(this=slash, expression=n.cast(part, "VARCHAR"))
    return text
