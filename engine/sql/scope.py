"""A scope: the rows an expression is computed for, and the columns computed so far.

The root scope has a row per subject. A macro over a list opens a child scope with a row per
element; what the macro yields is aggregated and joined back by the outer row's key. No query is
correlated: DuckDB would turn it into a join of its own choosing, at worst with every pair.

Columns are computed in stages, each a query over the one before, so that a value used twice is
written and computed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from sqlglot import exp

from engine.language import tree as t
from engine.schema import Schema
from engine.sql import nodes as n
from engine.sql.canonical import variable
from engine.sql.tables import EDGE, ID, ITEM, OWNER, PARENT, edges

_PLACE: Final = "place"


@dataclass(frozen=True, slots=True)
class _Join:
    table: str
    alias: str
    on: exp.Expression | None


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a variable stands for: a row of a type's table, or (without type) a string."""

    type: str | None
    alias: str
    number: exp.Expression


@dataclass
class _Stage:
    columns: list[tuple[str, exp.Expression]] = field(default_factory=list)
    joins: list[_Join] = field(default_factory=list)


class Scope:
    """The rows for which every variable in sight has one value."""

    def __init__(
        self,
        schema: Schema,
        subject: str,
        place: int,
        steps: Sequence[t.Path] = (),
        serial: count[int] | None = None,
    ) -> None:
        self.schema, self.subject, self.place, self.steps = schema, subject, place, tuple(steps)
        self._serial = count(1) if serial is None else serial
        self._bound = {subject: _Bound(subject, "subject", n.column(ID, "subject"))}
        self._joins: dict[str, _Join] = {"subject": _Join(subject, "subject", None)}
        self._keys = [n.column(ID, "subject")]
        self._stages = [_Stage()]
        self._stage_of: dict[str, int] = {}
        self._read: dict[tuple[str, str], exp.Column] = {}
        self._children: dict[t.Path, Scope] = {}
        self._aggregates: list[tuple[str, exp.Expression]] = []
        for depth, step in enumerate(self.steps):
            self._enter(step, depth)

    def _enter(self, step: t.Path, depth: int) -> None:
        alias = f"edge{depth}"
        on = n.compare("==", n.column(OWNER, alias), self._number(step.var, step.up))
        self._joins[alias] = _Join(edges((step.record, step.field)), alias, on)
        self._keys.append(n.column(EDGE, alias))
        item = n.column(ITEM, alias)
        self._bound[variable(depth)] = _Bound(step.target, f"item{depth}", item)

    # rows

    def _number(self, var: str, up: int) -> exp.Expression:
        """The row number of a record: of the one bound to `var`, or of an ancestor."""
        if var == _PLACE:
            return n.integer(self.place)
        return self._bound[var].number if not up else n.column(PARENT, self._row(var, up - 1))

    def _row(self, var: str, up: int) -> str:
        """The alias of a record's table, joined when first asked for."""
        if var == _PLACE:
            kind, alias = _PLACE, "the place"
        else:
            bound = self._bound[var]
            kind = bound.type or ""
            for _ in range(up):
                kind = self.schema.types[kind].parent or ""
            alias = f"{bound.alias} up {up}" if up else bound.alias
        if alias not in self._joins:
            on = n.compare("==", n.column(ID, alias), self._number(var, up))
            self._joins[alias] = _Join(kind, alias, on)
        return alias

    # columns

    def read(self, path: t.Path, suffix: str = "") -> exp.Column:
        """A column of the record that `path` reads; NULL where there is no such record."""
        alias = self._row(path.var, path.up)
        return self._base(alias, path.field + suffix)

    def element(self, var: str) -> exp.Column:
        """The string bound to `var`."""
        number = self._bound[var].number
        return self._base(number.text("table"), ITEM)

    def _base(self, alias: str, name: str) -> exp.Column:
        if (alias, name) not in self._read:
            self._read[alias, name] = self._define(0, n.column(name, alias))
        return self._read[alias, name]

    def _define(self, stage: int, value: exp.Expression) -> exp.Column:
        name = f"c{next(self._serial)}"
        while len(self._stages) <= stage:
            self._stages.append(_Stage())
        self._stages[stage].columns.append((name, value))
        self._stage_of[name] = stage
        return n.column(name)

    def let(self, value: exp.Expression) -> exp.Expression:
        """A column that holds `value`, which is then computed once however often it is used."""
        constant = isinstance(value, exp.Cast) and isinstance(value.this, (exp.Literal, exp.Null))
        if constant or isinstance(value, (exp.Column, exp.Boolean, exp.Literal)):
            return value
        return self._define(self._after(value), value)

    def _after(self, value: exp.Expression) -> int:
        used = [self._stage_of[found.name] for found in value.find_all(exp.Column)]
        return 1 + max(used, default=-1)

    def look_up(
        self, table: str, key: str, value: exp.Expression, *wanted: str
    ) -> list[exp.Column]:
        """Columns of the row of `table` whose `key`, which is unique in it, equals `value`."""
        alias = f"look{next(self._serial)}"
        stage = max(self._after(value), 1)
        found = [self._define(stage, n.column(each, alias)) for each in wanted]
        on = n.compare("==", n.column(key, alias), value)
        self._stages[stage].joins.append(_Join(table, alias, on))
        return found

    # lists

    def child(self, source: t.Path) -> Scope:
        """The scope of the elements of a list that is read in this scope."""
        if source not in self._children:
            steps = (*self.steps, source)
            child = Scope(self.schema, self.subject, self.place, steps, self._serial)
            self._children[source] = child
        return self._children[source]

    def gather(
        self, child: Scope, aggregate: exp.Expression, none: exp.Expression
    ) -> exp.Expression:
        """An aggregate over a child's rows, `none` where there are none."""
        name = f"c{next(self._serial)}"
        child._aggregates.append((name, aggregate))
        return self._define(0, n.or_else(n.column(name), none))

    # queries

    def query(self, wanted: Sequence[exp.Expression]) -> exp.Select:
        """The wanted columns of every row, by the rows' keys."""
        rows = n.subquery(self._rows(), "rows")
        named = [n.alias(value, f"o{i}") for i, value in enumerate(wanted)]
        ordered = exp.Order(expressions=[exp.Ordered(this=n.column("k0"))])
        select = exp.Select(expressions=named, order=ordered)
        return select.from_(rows, copy=False)

    def _rows(self) -> exp.Select:
        keys = [n.alias(key, f"k{i}") for i, key in enumerate(self._keys)]
        first, *joins = self._joins.values()
        select = exp.Select(
            expressions=[*keys, *_aliased(self._stages[0].columns)],
            joins=[_joined(join) for join in joins]
            + [self._grouped(child, i) for i, child in enumerate(self._children.values())],
        ).from_(_table(first), copy=False)
        for stage in self._stages[1:]:
            inner = n.subquery(select, "rows")
            everything = exp.Column(this=exp.Star(), table=n.name("rows"))
            select = exp.Select(
                expressions=[everything, *_aliased(stage.columns)],
                joins=[_joined(join) for join in stage.joins],
            ).from_(inner, copy=False)
        return select

    def _grouped(self, child: Scope, number: int) -> exp.Join:
        alias = f"group{number}"
        keys = [n.column(f"k{i}") for i in range(len(self._keys))]
        rows = n.subquery(child._rows(), "rows")
        grouped = exp.Select(
            expressions=[*keys, *_aliased(child._aggregates)],
            group=exp.Group(expressions=keys),
        ).from_(rows, copy=False)
        on = n.both(
            *(n.compare("==", n.column(f"k{i}", alias), key) for i, key in enumerate(self._keys))
        )
        this = n.subquery(grouped, alias)
        return exp.Join(this=this, side="LEFT", on=on)


def _aliased(columns: Sequence[tuple[str, exp.Expression]]) -> list[exp.Expression]:
    return [n.alias(value, name) for name, value in columns]


def _table(join: _Join) -> exp.Table:
    return exp.Table(this=n.name(join.table), alias=exp.TableAlias(this=n.name(join.alias)))


def _joined(join: _Join) -> exp.Join:
    # An edge has its item, so only a parent can be missing; an element's row must not be lost.
    side = None if join.alias.startswith("edge") else "LEFT"
    return exp.Join(this=_table(join), side=side, on=join.on)
