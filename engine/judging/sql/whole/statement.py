"""A statement makes a table of others; how its parts are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.query import query
from engine.judging.sql.scope import Scope
from engine.judging.sql.tables import ID

Columns: TypeAlias = list[tuple[str, exp.Expression]]
"""Columns of a table to be, by name."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A table to be made, and the query it is made of; queries run in the order of statements.

    What is not `kept` is looked through once or twice: a view does.
    """

    name: str
    select: exp.Select
    kept: bool = True


def of_rows(
    scope: Scope, wanted: Mapping[str, exp.Expression], tables: Mapping[str, str]
) -> exp.Select:
    """A row per row of the scope: its id, and the columns wanted by name.

    `tables` says which table stands for each that the scope names.
    """
    select = query(scope, list(wanted.values()))
    select.set("order", None)
    named = zip(wanted, select.expressions, strict=True)
    values = [n.alias(made.this, name) for name, made in named]
    select.set("expressions", [n.alias(n.column("k0"), ID), *values])
    for table in select.find_all(exp.Table):
        if table.name in tables:
            table.set("this", n.name(tables[table.name]))
    return select


def selected(
    columns: Iterable[tuple[str, exp.Expression]],
    table: str,
    alias: str,
    *,
    joins: Sequence[exp.Join] = (),
    where: exp.Expression | None = None,
) -> exp.Select:
    """Named columns of a table that goes by `alias`."""
    return exp.Select(
        expressions=[n.alias(value, name) for name, value in columns],
        joins=list(joins),
        where=None if where is None else exp.Where(this=where),
    ).from_(n.table(table, alias), copy=False)


def within(
    columns: Iterable[tuple[str, exp.Expression]],
    inner: exp.Select,
    alias: str,
    *,
    joins: Sequence[exp.Join] = (),
) -> exp.Select:
    """Named columns of what another query yields, which goes by `alias`."""
    held = exp.Subquery(this=inner, alias=exp.TableAlias(this=n.name(alias)))
    return exp.Select(
        expressions=[n.alias(value, name) for name, value in columns], joins=list(joins)
    ).from_(held, copy=False)


def every(selects: Sequence[exp.Select]) -> exp.Query:
    """The rows of one query after those of another."""
    found: exp.Query = selects[0]
    for other in selects[1:]:
        found = exp.Union(this=found, expression=other, distinct=False)
    return found


def joined(
    table: str, alias: str, on: tuple[exp.Expression, exp.Expression], *, left: bool = False
) -> exp.Join:
    """A table joined where two columns are the same; the rows without one kept, if `left`."""
    side = "LEFT" if left else None
    return exp.Join(this=n.table(table, alias), side=side, on=n.compare("==", *on))
